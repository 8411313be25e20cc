import { miscounted } from '../bench/counts';
import { median } from '../bench/medians';
import type { Row } from '../bench/rows';
import { ratios } from '../bench/ratios';

function row(changes: Partial<Row> = {}): Row {
	return {
		world: 'loopback',
		variant: 'undici',
		task: 'session',
		items: 1_000,
		runs: 5,
		wall: 500,
		cpu: 400,
		memory: 200,
		failed: 0,
		handshakes: 32,
		mostSockets: 32,
		meanQueue: 0,
		...changes,
	};
}

describe('the counts of a benchmark', () => {
	it('are right with one handshake for each concurrent request, or for each request where none is kept', () => {
		const rows = [
			row(),
			row({ handshakes: 7, mostSockets: 7 }),
			row({ items: 1, handshakes: 1, mostSockets: 1 }),
			row({ task: 'session and login', handshakes: 35 }),
			row({ concurrency: 100, handshakes: 100, mostSockets: 100 }),
			row({ variant: 'pool', concurrency: 5, handshakes: 5, mostSockets: 5 }),
			row({ variant: 'helper', handshakes: 1_000, mostSockets: 33 }),
			row({ variant: 'helper', task: 'session and login', handshakes: 2_000 }),
			row({ variant: 'httpRequest', handshakes: 990, mostSockets: 800, failed: 10 }),
			row({ variant: 'nothing', handshakes: 0, mostSockets: 0 }),
		];
		expect(miscounted(rows)).toEqual([]);
	});

	it.each<[Partial<Row>, string]>([
		[{ handshakes: 33 }, '33 handshakes for 32 concurrent requests'],
		[{ handshakes: 33, mostSockets: 33 }, '33 sockets for a concurrency of 32'],
		[{ items: 3, handshakes: 4, mostSockets: 4 }, '4 sockets for a concurrency of 3'],
		[{ failed: 1 }, '1 failed'],
		[{ variant: 'nothing', failed: 1 }, '1 failed'],
		[{ variant: 'helper', handshakes: 990 }, '990 handshakes'],
		[
			{ variant: 'helper', handshakes: 1_000, mostSockets: 70 },
			'70 sockets for a concurrency of 32',
		],
	])('say what is wrong with %j', (changes, complaint) => {
		expect(miscounted([row(changes)])).toEqual([expect.stringContaining(complaint)]);
	});
});

describe('the figures of a benchmark', () => {
	it('are the middle ones', () => {
		expect(median([3, 100, 1, 2, 4])).toBe(3);
	});

	it('are compared without what the engine itself takes', () => {
		const rows = [
			row(),
			row({ variant: 'helper', wall: 2_300, cpu: 2_000 }),
			row({ variant: 'nothing', wall: 200, cpu: 200 }),
			row({ variant: 'pool', concurrency: 5, wall: 250 }),
		];
		expect(ratios(rows).map(({ measured, reached }) => [measured, reached])).toEqual([
			['32', true],
			['4.60', true],
			['7.00', true],
			['9.00', true],
			['1.20', true],
		]);
	});

	it('are compared with those of HTTP Request in the same world, and with what the server can do', () => {
		const rows = [
			row({ world: 'wide', wall: 2_400, mostSockets: 33 }),
			row({ world: 'wide', wall: 1_600, concurrency: 100 }),
			row({ world: 'wide', wall: 2_000, variant: 'httpRequest' }),
			row({ world: 'ten', wall: 10_900, meanQueue: 5 }),
			row({ world: 'ten', wall: 10_000, variant: 'httpRequest', meanQueue: 490 }),
		];
		expect(ratios(rows).map(({ measured, reached }) => [measured, reached])).toEqual([
			['1.20', true],
			['0.80', true],
			['1.09', true],
			['33', false],
			['5.00', true],
		]);
	});

	it('are said not to be reached where they are not', () => {
		const rows = [row({ items: 1, wall: 20 }), row({ items: 1, variant: 'helper', wall: 5 })];
		expect(ratios(rows)).toEqual([
			expect.objectContaining({ measured: '15.0 ms', reached: false }),
		]);
	});
});
