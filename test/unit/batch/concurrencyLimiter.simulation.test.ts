import { meanLimit, simulate, varying } from './simulation/simulate';
import type { Simulated, SimulatedWorld } from './simulation/simulate';

const ONE_THOUSAND = { items: 1_000, maxConcurrency: 32, roundTrip: 40 };
const WIDE = { ...ONE_THOUSAND, service: 20, workers: Infinity };
const TEN = { ...ONE_THOUSAND, service: 100, workers: 10 };
const FOUR = { ...ONE_THOUSAND, service: 150, workers: 4 };
const TWO = { ...ONE_THOUSAND, service: 300, workers: 2 };

describe('a batch through the limiter', () => {
	it.each<[string, SimulatedWorld, { ratio: number; queue: number }]>([
		['10 workers', TEN, { ratio: 1.1, queue: 10 }],
		['4 workers', FOUR, { ratio: 1.05, queue: 6 }],
		['4 workers, 100 items', { ...FOUR, items: 100 }, { ratio: 1.1, queue: 6 }],
		['2 workers', TWO, { ratio: 1.05, queue: 6 }],
		['2 workers next door', { ...TWO, roundTrip: 0 }, { ratio: 1.05, queue: 6 }],
		['10 workers, no kept connection', { ...TEN, alwaysConnects: true }, { ratio: 1.1, queue: 10 }],
	])('is about as fast as all at once, and leaves a short queue: %s', (_, world, most) => {
		const { time, meanQueue } = simulate(world);
		const allAtOnce = simulate({ ...world, maxConcurrency: undefined });
		expect(time / allAtOnce.time).toBeLessThanOrEqual(most.ratio);
		expect(meanQueue).toBeLessThanOrEqual(most.queue);
	});

	it.each<[string, SimulatedWorld]>([
		['any number at a time', WIDE],
		['any number, 100 at once', { ...WIDE, maxConcurrency: 100 }],
		['20 workers far away', { ...ONE_THOUSAND, roundTrip: 120, service: 60, workers: 20 }],
		['no kept connection', { ...WIDE, alwaysConnects: true }],
	])('reaches the highest limit within a few round trips: %s', (_, world) => {
		const { time, meanQueue } = simulate(world);
		const { items, maxConcurrency = 1, roundTrip, service, alwaysConnects } = world;
		const rtt = (alwaysConnects ? 3 : 1) * roundTrip + (service as number);
		expect(time).toBeLessThan((items / maxConcurrency + 12) * rtt);
		expect(meanQueue).toBe(0);
	});

	it('never has more in flight than it may', () => {
		for (const maxConcurrency of [1, 2, 3, 7, 100]) {
			const { limits, connections } = simulate({ ...WIDE, items: 3_000, maxConcurrency });
			expect(Math.max(...limits.map(({ limit }) => limit))).toBe(maxConcurrency);
			expect(connections).toBe(maxConcurrency);
		}
	});
});

/** Answers whose times vary more and more. */
function growingJitter(seed: number): (at: number) => number {
	const times = [0, 1, 2, 3, 4, 5, 6].map((tenth) => varying(60, tenth / 10, seed + tenth));
	return (at) => times[Math.min(6, Math.floor(at / 2_000))]!();
}

describe('jitter', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8])('is not taken for a queue, nor hides one (%i)', (seed) => {
		const wide = { ...WIDE, items: 5_000, roundTrip: 4 };
		const service = varying(60, 0.5, seed);
		expect(meanLimit(simulate({ ...wide, service }), 1_500)).toBeGreaterThan(22);
		const growing = simulate({ ...wide, items: 8_000, service: growingJitter(seed) });
		expect(meanLimit(growing, 1_500)).toBeGreaterThan(22);
		for (const workers of [10, 4, 2]) {
			const narrow = { ...ONE_THOUSAND, items: 3_000, service: varying(100, 0.4, seed), workers };
			const { time, meanQueue } = simulate(narrow);
			expect(time).toBeLessThan(1.1 * (3_000 / workers) * 100);
			expect(meanQueue).toBeLessThan(workers + 10);
		}
	});

	let nth = 0;
	it.each<[string, Partial<SimulatedWorld>]>([
		['one slow answer in ten', { service: () => ((nth += 1) % 10 === 0 ? 2_000 : 20) }],
		// all that comes within some 80 ms of each second waits until they are over
		['a garbage collection', { service: (at) => 20 + Math.max(0, 80 - (at % 1_000)) }],
		[
			'other work of n8n',
			{ work: 0.5, distractions: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ at: 700 * n, lasts: 300 })) },
		],
	])('of a moment costs nothing: %s', (_, changes) => {
		expect(meanLimit(simulate({ ...WIDE, items: 3_000, ...changes }), 1_000)).toBeGreaterThan(30);
	});
});

describe('a server that changes', () => {
	const meanLimits = (result: Simulated, ...from: number[]): number[] =>
		from.map((at) => meanLimit(result, at, at + 3_000));

	it('gets fewer at once with fewer workers, and as many again with as many', () => {
		const workers = (at: number): number => (at >= 5_000 && at < 10_000 ? 3 : 10);
		const result = simulate({ ...TEN, items: 2_000, workers });
		const [before, during, after] = meanLimits(result, 2_000, 7_000, 13_000);
		expect(before).toBeGreaterThan(14);
		expect(during).toBeLessThan(14);
		expect(after).toBeGreaterThan(14);
	});

	it.each([1.5, 2, 4])('and takes %d times as long keeps its limit', (factor) => {
		const service = (at: number): number => (at < 2_000 ? 60 : 60 * factor);
		const result = simulate({ ...WIDE, roundTrip: 4, items: 5_000, service });
		expect(meanLimits(result, 6_000)[0]).toBeGreaterThan(28);
	});
});
