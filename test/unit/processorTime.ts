/**
 * How long something takes, in milliseconds of this process's own time on the processor: how busy the machine
 * is with other things makes no difference.
 */
export function processorTime(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

/** What takes longer than this, in milliseconds, does not take time in proportion to its input. */
export const NO_LONG_TIME = 3_000;
