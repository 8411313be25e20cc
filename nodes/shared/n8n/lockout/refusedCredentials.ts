import { createHash } from 'crypto';

import { CpanelError } from '../../errors';

/** One minute, in milliseconds. cPanel counts refused sign-ins over several, and locks out after a few. */
const REMEMBERED_FOR = 60_000;

/** Credentials that are remembered at once: more than an instance has that are wrong at the same time. */
const MAX_REMEMBERED = 1000;

/**
 * The credentials that a server refused a moment ago, over all executions of this process: whatever runs next is told
 * so without asking the server again. A credential that was changed is another one.
 */
export class RefusedCredentials {
	private readonly refusals = new Map<string, { error: CpanelError; until: number }>();

	/** @param now a clock in milliseconds that never goes back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * @param key see {@link credentialKey}
	 * @returns what the server said, as long as it is remembered
	 */
	recall(key: string): CpanelError | undefined {
		const refusal = this.refusals.get(key);
		if (refusal === undefined || refusal.until > this.now()) return refusal?.error;
		this.refusals.delete(key);
		return undefined;
	}

	/** @param error of kind `credential` */
	remember(key: string, error: CpanelError): void {
		this.refusals.delete(key);
		this.refusals.set(key, { error, until: this.now() + REMEMBERED_FOR });
		for (const oldest of this.refusals.keys()) {
			if (this.refusals.size <= MAX_REMEMBERED) break;
			this.refusals.delete(oldest);
		}
	}

	/** For whoever asks again all the same. */
	forget(key: string): void {
		this.refusals.delete(key);
	}

	/**
	 * Asks a server with a credential, unless it was refused a moment ago.
	 *
	 * @throws whatever `ask` throws, and what is remembered
	 */
	async guard<Result>(key: string, ask: () => Promise<Result>): Promise<Result> {
		const refusal = this.recall(key);
		if (refusal !== undefined) throw notAskedAgain(refusal);
		return await ask().catch((error: unknown) => {
			if (error instanceof CpanelError && error.kind === 'credential') this.remember(key, error);
			throw error;
		});
	}
}

/** Those of this process. */
export const refusedCredentials = new RefusedCredentials();

function notAskedAgain(refusal: CpanelError): CpanelError {
	return refusal.as('credential', {
		hint: `${refusal.hint} The server said so less than a minute ago, and is asked again when the minute is over or the credential was changed.`,
	});
}

/**
 * Names a credential by its content, without being of use to anybody who sees the name.
 *
 * @param stored as n8n hands it out
 */
export function credentialKey(stored: object): string {
	const fields = Object.entries(stored).sort(([one], [other]) => (one < other ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex');
}
