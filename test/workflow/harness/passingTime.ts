import type * as Workflow from 'n8n-workflow';

/** By how many milliseconds the clocks were moved on. */
let ahead = 0;

/**
 * n8n-workflow with a sleep that is over at once: the clocks move on by its length, those of the stand-in for
 * cPanel too. For `jest.mock`, in tests where a server wants to be left alone for a while.
 */
export function withPassingTime(workflow: typeof Workflow): typeof Workflow {
	return {
		...workflow,
		async sleep(milliseconds: number): Promise<void> {
			ahead += milliseconds;
			await new Promise((resolve) => setImmediate(resolve));
		},
	};
}

/** Makes the clocks of a file's tests ones that can be moved on. */
export function usePassingTime(): void {
	beforeAll(() => {
		const [date, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
		jest.spyOn(Date, 'now').mockImplementation(() => date() + ahead);
		jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + ahead);
	});
	afterAll(() => jest.restoreAllMocks());
}
