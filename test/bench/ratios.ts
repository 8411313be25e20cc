import type { Case, VariantName } from './jobs';
import type { Row } from './rows';
import type { WorldName } from './worlds';

/** A comparison of rows, with what it was meant to come to. */
export interface Ratio {
	what: string;
	measured: string;
	meant: string;
	reached: boolean;
}

/** The comparisons for which there are rows. */
export function ratios(rows: Row[]): Ratio[] {
	const find = (
		world: WorldName,
		variant: VariantName,
		more: Partial<Case> = {},
	): Row | undefined =>
		rows.find((row) => {
			const wanted = { task: 'session', items: 1_000, lanes: 5, ...more, world, variant };
			return Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value);
		});
	const found = <Needed extends Array<Row | undefined>>(
		needed: [...Needed],
		compare: (...present: { [Index in keyof Needed]: Row }) => Ratio,
	): Ratio[] =>
		needed.includes(undefined)
			? []
			: [compare(...(needed as unknown as { [Index in keyof Needed]: Row }))];

	const kept = find('loopback', 'undici');
	const helper = find('loopback', 'helper');
	const nothing = find('loopback', 'nothing');
	const pool = find('loopback', 'pool');
	const modelKept = find('model', 'undici', { lanes: 10 });
	const modelRequest = find('model', 'httpRequest');
	return [
		...found([kept], ({ handshakes, lanes }) => ({
			what: 'Same machine, 1,000 items: handshakes of kept connections',
			measured: String(handshakes),
			meant: `${lanes}, one for each lane`,
			reached: handshakes === lanes,
		})),
		...found([kept, helper], (a, b) =>
			atLeast(2, b.wall / a.wall, 'Same machine: helper’s time ÷ kept connections’'),
		),
		...found([kept, helper, nothing], (a, b, e) =>
			atLeast(
				5,
				(b.wall - e.wall) / (a.wall - e.wall),
				'Same machine, without the engine’s own time: helper’s time ÷ kept connections’',
			),
		),
		...found([kept, helper, nothing], (a, b, e) =>
			atLeast(
				5,
				(b.cpu - e.cpu) / (a.cpu - e.cpu),
				'Same machine, without the engine’s own CPU: helper’s CPU ÷ kept connections’',
			),
		),
		...found([kept, pool, nothing], (a, d, e) =>
			atMost(
				1.5,
				(a.wall - e.wall) / d.wall,
				'Same machine, without the engine’s own time: kept connections’ time ÷ a bare pool’s',
			),
		),
		...found([find('distant', 'undici'), find('distant', 'helper')], (a, b) =>
			atLeast(1.8, b.wall / a.wall, '40 ms away: helper’s time ÷ kept connections’'),
		),
		...found([find('model', 'undici'), find('model', 'helper')], (a, b) =>
			atLeast(1.3, b.wall / a.wall, '4 workers: helper’s time ÷ kept connections’'),
		),
		...found([modelKept, modelRequest], (a, c) =>
			atMost(1, a.wall / c.wall, '4 workers, 10 lanes: time ÷ HTTP Request’s'),
		),
		...found([modelKept, modelRequest], (a, c) =>
			atMost(2 / 3, a.memory / c.memory, '4 workers, 10 lanes: memory ÷ HTTP Request’s'),
		),
		...found(
			[
				kept,
				nothing,
				find('loopback', 'undici', { items: 10_000 }),
				find('loopback', 'nothing', { items: 10_000 }),
			],
			(a, e, more, moreNothing) =>
				atMost(
					1.1,
					(more.memory - moreNothing.memory) / 10_000 / ((a.memory - e.memory) / 1_000),
					'Same machine, without the engine’s own memory: memory per item at 10,000 items ÷ at 1,000',
				),
		),
		...found(
			[find('loopback', 'undici', { items: 1 }), find('loopback', 'helper', { items: 1 })],
			(a, b) => ({
				what: 'Same machine, one item: kept connections’ time less the helper’s',
				measured: `${(a.wall - b.wall).toFixed(1)} ms`,
				meant: 'at most 10 ms',
				reached: a.wall - b.wall <= 10,
			}),
		),
	];
}

function atLeast(limit: number, ratio: number, what: string): Ratio {
	return { what, measured: ratio.toFixed(2), meant: `at least ${limit}`, reached: ratio >= limit };
}

function atMost(limit: number, ratio: number, what: string): Ratio {
	const meant = `at most ${Number(limit.toFixed(2))}`;
	// a hundredth is less than runs differ
	return { what, measured: ratio.toFixed(2), meant, reached: ratio <= limit + 0.01 };
}
