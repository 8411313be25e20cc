let between = 0;
let later: (() => number) | undefined;

/**
 * From now on the monotonic clock shows more than a minute more, for which nodes remember refused sign-ins; also one
 * that a test has put in its place.
 */
export function letAMinutePass(): void {
	between += 61_000;
	if (performance.now === later) return;
	const now = performance.now.bind(performance);
	later = () => now() + between;
	performance.now = later;
}
