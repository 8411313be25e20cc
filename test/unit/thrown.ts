import { CpanelError } from '../../nodes/shared/errors';

/** The error that a call throws at once. */
export function thrownBy(call: () => unknown): CpanelError {
	try {
		call();
	} catch (error) {
		return ours(error);
	}
	throw new Error('Expected an error, and none was thrown');
}

/** The error that a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<CpanelError> {
	const outcome = await promise.then(
		() => 'fulfilled',
		(error: unknown) => ours(error),
	);
	if (outcome instanceof CpanelError) return outcome;
	throw new Error('Expected a rejection, and the promise was fulfilled');
}

/** An error of ours says what happened and, in sentences, what to do next. */
export function ours(error: unknown): CpanelError {
	if (!(error instanceof CpanelError)) throw error;
	expect(error.message).toMatch(/\S/);
	expect(error.hint).toMatch(/^\S.*[.?!]$/);
	return error;
}
