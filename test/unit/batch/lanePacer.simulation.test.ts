import { meanLanes, simulate, varying } from './simulation/simulate';
import type { SimulatedWorld } from './simulation/simulate';

const ONE_THOUSAND = { items: 1_000, mostLanes: 32, roundTrip: 40 };
const WIDE = { ...ONE_THOUSAND, service: 20, workers: Infinity };
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

function allAtOnce(world: SimulatedWorld): number {
	return simulate({ ...world, mostLanes: undefined }).time;
}

describe('a batch that widens as long as answers stay fast', () => {
	it.each<[string, SimulatedWorld, { seconds: number; queue: number }]>([
		['any number at a time', WIDE, { seconds: 2.35, queue: 0 }],
		['any number, 100 lanes', { ...WIDE, mostLanes: 100 }, { seconds: 1.2, queue: 0 }],
		['10 workers', { ...ONE_THOUSAND, service: 100, workers: 10 }, { seconds: 10.6, queue: 5.2 }],
		[
			'20 workers, 120 ms away',
			{ ...ONE_THOUSAND, roundTrip: 120, service: 60, workers: 20 },
			{ seconds: 7, queue: 0.1 },
		],
		['4 workers', { ...ONE_THOUSAND, service: 150, workers: 4 }, { seconds: 38, queue: 2.8 }],
		['2 workers', { ...ONE_THOUSAND, service: 300, workers: 2 }, { seconds: 151, queue: 2 }],
		[
			'2 workers next door',
			{ ...ONE_THOUSAND, roundTrip: 0, service: 300, workers: 2 },
			{ seconds: 151, queue: 2 },
		],
		[
			'4 workers, 100 items',
			{ ...ONE_THOUSAND, items: 100, service: 150, workers: 4 },
			{ seconds: 4.2, queue: 4 },
		],
	])('%s: is about as fast as all at once, and waits in a short line', (_, world, most) => {
		const { time, meanQueue, connections } = simulate(world);
		expect(time / 1000).toBeLessThan(most.seconds);
		expect(meanQueue).toBeLessThanOrEqual(most.queue);
		expect(connections).toBeLessThanOrEqual(world.mostLanes ?? 0);
	});

	it.each([
		[10, 100],
		[4, 150],
		[2, 300],
	])('loses little against all at once on %i workers of %i ms', (workers, service) => {
		const world = { ...ONE_THOUSAND, service, workers };
		const { time, meanQueue } = simulate(world);
		expect(time / allAtOnce(world)).toBeLessThan(1.06);
		expect(meanQueue).toBeLessThanOrEqual(workers);
	});

	it('never takes more than it may', () => {
		for (const mostLanes of [1, 2, 3, 7, 100]) {
			const { course, connections } = simulate({ ...WIDE, items: 3_000, mostLanes });
			expect(Math.max(...course.map(({ lanes }) => lanes))).toBe(mostLanes);
			expect(connections).toBe(mostLanes);
		}
	});

	it('starts with five, and has at most twice as many as fast answers left beside', () => {
		const { course } = simulate(WIDE);
		const lanesAt = (time: number): number =>
			course.filter(({ at }) => at <= time).at(-1)?.lanes ?? 0;
		expect(course[0]).toEqual({ at: 140, lanes: 5 });
		// what is sent as soon as there are so many is answered after 60 ms
		for (const { at, lanes } of course.slice(1)) {
			expect(lanes).toBeLessThanOrEqual(2 * lanesAt(at - 60));
		}
	});

	it('finds the width where each request has to open a connection, too', () => {
		const wide = simulate({ ...WIDE, alwaysConnects: true });
		expect(meanLanes(wide, 1_000)).toBe(32);
		const narrow = { ...ONE_THOUSAND, service: 100, workers: 10, alwaysConnects: true };
		const { time, meanQueue } = simulate(narrow);
		expect(time / allAtOnce(narrow)).toBeLessThan(1.08);
		expect(meanQueue).toBeLessThan(10);
	});
});

describe('noise', () => {
	it.each(SEEDS)('of a wide server costs no lanes (%i)', (seed) => {
		const world = { ...WIDE, items: 5_000, roundTrip: 4, service: varying(60, 0.5, seed) };
		expect(meanLanes(simulate(world), 1_500)).toBeGreaterThan(27);
	});

	it.each(SEEDS)('of a narrow server leaves its workers busy and its line short (%i)', (seed) => {
		for (const workers of [10, 4, 2]) {
			const service = varying(100, 0.4, seed);
			const { time, meanQueue } = simulate({ ...ONE_THOUSAND, items: 3_000, service, workers });
			expect(time).toBeLessThan(1.08 * (3_000 / workers) * 100);
			expect(meanQueue).toBeLessThan(workers + 4);
		}
	});

	it('of one slow answer in ten does not end the search', () => {
		let nth = 0;
		const service = (): number => ((nth += 1) % 10 === 0 ? 2_000 : 20);
		expect(meanLanes(simulate({ ...WIDE, service, items: 2_000 }), 1_000)).toBeGreaterThan(30);
	});

	it('of a server that collects garbage now and then does not end the search', () => {
		// all that comes within some 80 ms of each second waits until they are over
		const service = (at: number): number => 20 + Math.max(0, 80 - (at % 1_000));
		expect(meanLanes(simulate({ ...WIDE, service, items: 4_000 }), 1_000)).toBeGreaterThan(28);
	});
});

describe('an n8n that has other things to do', () => {
	it('is not taken for a slow server', () => {
		const distractions = Array.from({ length: 10 }, (_, nth) => ({
			at: 250 + nth * 700,
			lasts: 300,
		}));
		const distracted = simulate({ ...WIDE, items: 3_000, work: 0.5, distractions });
		expect(meanLanes(distracted, 1_500)).toBe(32);
	});

	it('opens no lanes that it could not keep busy', () => {
		const world = { ...WIDE, roundTrip: 0.1, service: 0.15, work: 0.3 };
		const { connections, time } = simulate(world);
		expect(connections).toBe(5);
		expect(time).toBeLessThan(305);
	});
});

describe('a server that changes', () => {
	it('with half the workers gets about half the lanes', () => {
		const workers = (at: number): number => (at < 10_000 ? 10 : 5);
		const result = simulate({ ...ONE_THOUSAND, items: 2_000, service: 100, workers });
		expect(meanLanes(result, 5_000, 10_000)).toBeGreaterThan(14);
		expect(meanLanes(result, 12_000)).toBeLessThan(12);
		expect(meanLanes(result, 12_000)).toBeGreaterThan(7);
		// a thousand items by 10 s, and the others at half the pace
		expect(result.time).toBeLessThan(31_200);
	});

	it('and has its workers back gets its lanes back', () => {
		const workers = (at: number): number => (at >= 5_000 && at < 10_000 ? 3 : 10);
		const result = simulate({ ...ONE_THOUSAND, items: 2_000, service: 100, workers });
		expect(meanLanes(result, 7_000, 10_000)).toBeLessThan(8);
		expect(meanLanes(result, 13_000)).toBeGreaterThan(14);
	});

	it.each([1.5, 2, 4])('and takes %d times as long for everything keeps its lanes', (factor) => {
		const service = (at: number): number => (at < 2_000 ? 60 : 60 * factor);
		const result = simulate({ ...WIDE, roundTrip: 4, items: 5_000, service });
		expect(meanLanes(result, 5_000)).toBeGreaterThan(28);
	});
});
