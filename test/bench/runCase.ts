import type { Job } from './jobs';

/**
 * Does what can be done before the clock runs.
 *
 * @returns runs so many items, and tells how many of them brought what they were to bring
 */
export async function prepareRun(job: Job): Promise<(items: number) => Promise<number>> {
	if (job.variant === 'pool') {
		const { runInPool } = await import('./pool');
		return async (items) => await runInPool(job.distant, items, job.concurrency ?? 1);
	}
	const { stepsOf } = await import('./steps');
	const { runWorkflow } = await import('./workflow');
	const steps = stepsOf(job);
	return async (items) => {
		const output = await runWorkflow(steps, job.distant, items);
		return job.variant === 'nothing' ? output.length : output.filter(isGood).length;
	};
}

/** Whether an item holds a session or a login, in the form of this package's nodes or of n8n's. */
function isGood({ json }: { json: Record<string, unknown> }): boolean {
	const { data, headers } = json as { data?: unknown; headers?: { location?: string } };
	const answer = (data ?? json) as { session?: unknown };
	return (
		typeof answer.session === 'string' ||
		json.loggedIn === true ||
		headers?.location?.startsWith('/cpsess') === true
	);
}
