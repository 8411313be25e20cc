/** Characters of the shorter input: a square of the longer one takes seconds, and no more. */
const SHORT = 16_384;
const TIMES = 8;
/** Milliseconds; not every system tells less than that. */
const LEAST = 5;

/** Eight times the input takes eight times as long in proportion, and 64 times as a square: this is far from both. */
export const IN_PROPORTION = 24;

/**
 * How many times as long something takes with eight times the input. Both are measured in one run, and by what the
 * processor did for this process, so the speed of the machine and what else it does make no difference.
 */
export function growth(work: (length: number) => void): number {
	const [short, long] = [SHORT, SHORT * TIMES].map((length) =>
		// the best of three: whatever comes in between only adds to it
		Math.min(...[1, 2, 3].map(() => processorTime(() => work(length)))),
	) as [number, number];
	return long / Math.max(short, LEAST);
}

function processorTime(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
