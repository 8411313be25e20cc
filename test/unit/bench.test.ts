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
		lanes: 5,
		runs: 5,
		wall: 500,
		cpu: 400,
		memory: 200,
		failed: 0,
		handshakes: 5,
		mostSockets: 5,
		...changes,
	};
}

describe('the counts of a benchmark', () => {
	it('are right with one handshake for each lane, or for each request where none is kept', () => {
		const rows = [
			row(),
			row({ items: 1, handshakes: 1 }),
			row({ items: 3, handshakes: 2 }),
			row({ task: 'session and login', handshakes: 8 }),
			row({ variant: 'pool' }),
			row({ variant: 'helper', handshakes: 1_000, mostSockets: 6 }),
			row({ variant: 'httpRequest', handshakes: 990, mostSockets: 800, failed: 10 }),
			row({ variant: 'nothing', handshakes: 0 }),
		];
		expect(miscounted(rows)).toEqual([]);
	});

	it.each<[Partial<Row>, string]>([
		[{ handshakes: 6 }, '6 handshakes, not 5'],
		[{ failed: 1 }, '1 failed'],
		[{ variant: 'helper', handshakes: 1_000, mostSockets: 40 }, '40 sockets, 5 lanes'],
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
			row({ variant: 'pool', wall: 250 }),
		];
		expect(ratios(rows).map(({ measured, reached }) => [measured, reached])).toEqual([
			['5', true],
			['4.60', true],
			['7.00', true],
			['9.00', true],
			['1.20', true],
		]);
	});

	it('are said not to be reached where they are not', () => {
		const rows = [row({ items: 1, wall: 20 }), row({ items: 1, variant: 'helper', wall: 5 })];
		expect(ratios(rows)).toEqual([
			expect.objectContaining({ measured: '15.0 ms', reached: false }),
		]);
	});
});
