import type { Case, VariantName } from './jobs';
import type { WorldName } from './worlds';

/** Cases that are measured in alternation, since they are compared with each other. */
export interface Group {
	world: WorldName;
	rounds: number;
	/**
	 * How many cases of a round run at the same time, each with a server of its own. More than one only for long runs
	 * against a server that lets everybody wait: they leave the processors idle.
	 */
	sideBySide: number;
	cases: Case[];
}

/** The pool that is the floor has no more connections than it takes to keep both processors busy. */
const POOL_NEAR = { concurrency: 5 };
const POOL_FAR = { concurrency: 32 };

const OTHERS: VariantName[] = ['helper', 'httpRequest', 'httpRequestBatched'];

function cases(items: number, variants: VariantName[], more: Partial<Case> = {}): Case[] {
	return variants.map((variant) => ({ variant, task: 'session', items, ...more }));
}

function group(world: WorldName, ...parts: Case[][]): Group {
	return { world, rounds: 5, sideBySide: 1, cases: parts.flat() };
}

const chain = { task: 'session and login' } as const;

/** What `npm run bench` measures: about a quarter of an hour. */
export function fullPlan(): Group[] {
	return [
		group('loopback', cases(1, ['undici', 'helper', 'httpRequest'])),
		group(
			'loopback',
			cases(1_000, ['undici', ...OTHERS, 'nothing']),
			cases(1_000, ['pool'], POOL_NEAR),
			cases(1_000, ['undici', 'helper', 'httpRequest'], chain),
		),
		{ ...group('loopback', cases(10_000, ['undici', 'nothing'])), rounds: 3 },
		group(
			'wide',
			cases(1_000, ['undici', ...OTHERS]),
			cases(1_000, ['undici'], { concurrency: 100 }),
			cases(1_000, ['pool'], POOL_FAR),
		),
		group('wide', cases(100, ['undici', 'helper', 'httpRequest'], chain)),
		{ ...group('ten', cases(1_000, ['undici', 'httpRequestBatched', ...rest()])), sideBySide: 2 },
		{
			...group('twenty', cases(1_000, ['undici', 'httpRequestBatched', ...rest()])),
			sideBySide: 2,
		},
		group('four', cases(100, ['undici', 'httpRequest'])),
		{ ...group('four', cases(1_000, ['undici', ...OTHERS])), sideBySide: 4 },
		{ ...group('changing', cases(1_200, ['undici'])), rounds: 1 },
	];
}

/** The same in small: shows within two minutes that the bench runs, and how many connections are made. */
export function quickPlan(): Group[] {
	const groups = [
		group('loopback', cases(1, ['undici', 'helper'])),
		group(
			'loopback',
			cases(200, ['undici', ...OTHERS, 'nothing']),
			cases(200, ['pool'], POOL_NEAR),
			cases(200, ['undici', 'helper', 'httpRequest', 'nothing'], chain),
		),
		group(
			'wide',
			cases(200, ['undici', 'helper', 'httpRequest']),
			cases(200, ['undici'], { concurrency: 100 }),
		),
		{ ...group('ten', cases(200, ['undici', 'httpRequest'])), sideBySide: 2 },
		{ ...group('four', cases(50, ['undici', 'helper', 'httpRequest'])), sideBySide: 3 },
	];
	return groups.map((each) => ({ ...each, rounds: 1 }));
}

/** In this order each runs beside one that leaves the processors to it. */
function rest(): VariantName[] {
	return ['httpRequest', 'helper'];
}
