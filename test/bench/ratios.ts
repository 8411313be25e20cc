import { DEFAULT_CONCURRENCY } from '../../nodes/shared/n8n/parameters';
import type { Case, VariantName } from './jobs';
import type { Row } from './rows';
import type { WorldName } from './worlds';
import { WORLDS } from './worlds';

/** A comparison of rows, with what it was meant to come to. */
export interface Ratio {
	what: string;
	measured: string;
	meant: string;
	reached: boolean;
}

type Find = (world: WorldName, variant: VariantName, more?: Partial<Case>) => Row | undefined;

/** The comparisons for which there are rows. */
export function ratios(rows: Row[]): Ratio[] {
	const find: Find = (world, variant, more = {}) => {
		const wanted = { task: 'session', items: 1_000, ...more, world, variant };
		return rows.find(
			(row) =>
				(variant === 'pool' || row.concurrency === more.concurrency) &&
				Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value),
		);
	};
	return [...againstHttpRequest(find), ...atTheServer(find), ...onTheSameMachine(find)];
}

function againstHttpRequest(find: Find): Ratio[] {
	const times = (
		what: string,
		limit: number,
		world: WorldName,
		more: Partial<Case> = {},
	): Ratio[] =>
		found(
			[
				find(world, 'undici', more),
				find(world, 'httpRequest', { ...more, concurrency: undefined }),
			],
			(own, other) => atMost(limit, own.wall / other.wall, `${what}: time ÷ HTTP Request’s`),
		);
	return [
		...times('Any number at a time', 1.25, 'wide'),
		...times('Any number at a time, Max Concurrency 100', 0.8, 'wide', { concurrency: 100 }),
		...times('10 workers', 1.08, 'ten'),
		...times('4 workers', 1, 'four'),
		...times('4 workers, 100 items', 1.05, 'four', { items: 100 }),
		...found([find('four', 'undici'), find('four', 'httpRequest')], (own, other) =>
			atMost(2 / 3, own.memory / other.memory, '4 workers: memory ÷ HTTP Request’s'),
		),
	];
}

function atTheServer(find: Find): Ratio[] {
	const worlds: WorldName[] = ['ten', 'twenty', 'four'];
	return [
		...found([find('wide', 'undici')], ({ mostSockets }) => ({
			what: 'Any number at a time: most sockets',
			measured: String(mostSockets),
			meant: `at most ${DEFAULT_CONCURRENCY}`,
			reached: mostSockets <= DEFAULT_CONCURRENCY,
		})),
		...worlds.flatMap((world) =>
			found([find(world, 'undici')], ({ meanQueue }) => {
				const { workers } = WORLDS[world];
				return atMost(workers, meanQueue, `${workers} workers: requests in line, on average`);
			}),
		),
	];
}

function onTheSameMachine(find: Find): Ratio[] {
	const kept = find('loopback', 'undici');
	const helper = find('loopback', 'helper');
	const nothing = find('loopback', 'nothing');
	const many = { items: 10_000 };
	const one = { items: 1 };
	return [
		...found([kept], ({ handshakes, mostSockets }) => ({
			what: 'Same machine: handshakes of kept connections',
			measured: String(handshakes),
			meant: `${mostSockets}, one for each concurrent request`,
			reached: handshakes === mostSockets,
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
		...found([kept, find('loopback', 'pool'), nothing], (a, d, e) =>
			atMost(
				1.5,
				(a.wall - e.wall) / d.wall,
				'Same machine, without the engine’s own time: time ÷ a bare pool’s',
			),
		),
		...found(
			[kept, nothing, find('loopback', 'undici', many), find('loopback', 'nothing', many)],
			(a, e, more, moreNothing) =>
				atMost(
					1.1,
					(more.memory - moreNothing.memory) / 10_000 / ((a.memory - e.memory) / 1_000),
					'Same machine, without the engine’s own memory: memory per item at 10,000 items ÷ at 1,000',
				),
		),
		...found(
			[find('loopback', 'undici', one), find('loopback', 'helper', one)],
			({ wall }, helperOnce) => ({
				what: 'Same machine, one item: time less that with n8n’s helper',
				measured: `${(wall - helperOnce.wall).toFixed(1)} ms`,
				meant: 'at most 10 ms',
				reached: wall - helperOnce.wall <= 10,
			}),
		),
	];
}

function found<Needed extends Array<Row | undefined>>(
	needed: [...Needed],
	compare: (...present: { [Index in keyof Needed]: Row }) => Ratio,
): Ratio[] {
	return needed.includes(undefined)
		? []
		: [compare(...(needed as unknown as { [Index in keyof Needed]: Row }))];
}

function atLeast(limit: number, ratio: number, what: string): Ratio {
	return { what, measured: ratio.toFixed(2), meant: `at least ${limit}`, reached: ratio >= limit };
}

function atMost(limit: number, ratio: number, what: string): Ratio {
	const meant = `at most ${Number(limit.toFixed(2))}`;
	// a hundredth is less than runs differ
	return { what, measured: ratio.toFixed(2), meant, reached: ratio <= limit + 0.01 };
}
