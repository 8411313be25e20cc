import type * as Workflow from 'n8n-workflow';

/** What the clocks show: milliseconds since the tests of the file began. */
let passed = 0;
/** What else happens while somebody sleeps. */
let meanwhile: (() => unknown) | undefined;

/** By how much each reading moves the clocks on: no two things happen at the same instant. */
const TICK = 0.001;

/**
 * n8n-workflow with a sleep that is over at once: the clocks move on by its length, those of the stand-in for
 * cPanel too. For `jest.mock`, in tests where a server wants to be left alone for a while.
 */
export function withPassingTime(workflow: typeof Workflow): typeof Workflow {
	return {
		...workflow,
		async sleep(milliseconds: number): Promise<void> {
			await meanwhile?.();
			passed += milliseconds;
			await new Promise((resolve) => setImmediate(resolve));
		},
	};
}

/**
 * Makes the clocks of a file's tests ones of their own: time passes where somebody sleeps, and however busy
 * the machine is, an answer takes none.
 */
export function usePassingTime(): void {
	beforeAll(() => {
		const [date, monotonic] = [Date.now(), performance.now()];
		const now = (): number => (passed += TICK);
		jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(date + now()));
		jest.spyOn(performance, 'now').mockImplementation(() => monotonic + now());
	});
	afterEach(() => (meanwhile = undefined));
	afterAll(() => jest.restoreAllMocks());
}

/** Has this happen, to its end, whenever somebody sleeps in the test. */
export function duringSleep(happens: () => unknown): void {
	meanwhile = happens;
}
