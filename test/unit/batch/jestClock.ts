/** Has everything that waits in the tests of a file wait by jest's clock, see {@link passTime}. */
export function useJestClock(): void {
	beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
	afterEach(() => void jest.useRealTimers());
}

/** Moves the clock on, from one thing that somebody waits for to the next, until this has come to its end. */
export async function passTime<Result>(running: Promise<Result>): Promise<Result> {
	let isOver = false;
	const over = (): void => void (isOver = true);
	running.then(over, over);
	while (!isOver) await jest.advanceTimersToNextTimerAsync();
	return await running;
}
