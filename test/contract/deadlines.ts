/** A deadline that no request meets by itself, in seconds: the most that “Timeout” takes. */
export const NEVER = 300;

/**
 * Has the deadlines that are far away pass when the test says so: those that pass by themselves are too near
 * for what a busy machine has to do before.
 *
 * @returns ends the time of all requests that are under way
 */
export function useDeadlines(): () => void {
	const running = new Set<AbortController>();
	const passByThemselves = AbortSignal.timeout.bind(AbortSignal);
	let mocked: jest.SpyInstance | undefined;
	beforeEach(() => {
		running.clear();
		mocked = jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
			if (milliseconds < NEVER * 1_000) return passByThemselves(milliseconds);
			const deadline = new AbortController();
			running.add(deadline);
			return deadline.signal;
		});
	});
	afterEach(() => mocked?.mockRestore());
	return () => {
		for (const deadline of running) deadline.abort();
	};
}
