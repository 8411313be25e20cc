import type { RunningN8n } from './n8n';

/** What n8n says of a credential. */
export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** Presses the Test button of a credential. Older versions of n8n test none that they have not stored. */
export async function pressTest(
	n8n: Pick<RunningN8n, 'createCredential' | 'rest'>,
	type: string,
	data: object,
): Promise<TestResult> {
	const { id, name } = await n8n.createCredential(type, 'Tested', { ...data });
	const credentials = { id, name, type, data };
	return await n8n.rest.send('POST', '/credentials/test', { credentials });
}
