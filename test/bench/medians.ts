import type { Measured } from './jobs';

/** The median of each figure over some runs. */
export function medians(runs: Measured[]): Measured {
	const of = (figure: keyof Measured): number => median(runs.map((run) => run[figure]));
	return {
		wall: of('wall'),
		cpu: of('cpu'),
		memory: of('memory'),
		failed: of('failed'),
		handshakes: of('handshakes'),
		mostSockets: of('mostSockets'),
		meanQueue: of('meanQueue'),
	};
}

/** The middle one; the upper of two. */
export function median(numbers: number[]): number {
	return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}
