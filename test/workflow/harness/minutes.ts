let between = 0;
const now = performance.now.bind(performance);

/** From now on the monotonic clock shows more than a minute more, for which nodes remember refused sign-ins. */
export function letAMinutePass(): void {
	if (between === 0) performance.now = () => now() + between;
	between += 61_000;
}
