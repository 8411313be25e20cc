import type { Case, VariantName } from './jobs';
import type { WorldName } from './worlds';

/** Cases that are measured in alternation, since they are compared with each other. */
export interface Group {
	world: WorldName;
	rounds: number;
	/**
	 * Whether the cases of a round run at the same time, each with a server of its own. For long runs against a
	 * server that lets everybody wait: they leave the processors idle.
	 */
	sideBySide: boolean;
	cases: Case[];
}

const LANES = 5;

const ALL: VariantName[] = [
	'undici',
	'helper',
	'httpRequest',
	'httpRequestBatched',
	'pool',
	'nothing',
];
const CHAINS: VariantName[] = ['undici', 'helper', 'httpRequest', 'nothing'];
const FAR = ALL.filter((variant) => variant !== 'nothing');
const FAR_CHAINS = CHAINS.filter((variant) => variant !== 'nothing');

function cases(
	items: number,
	variants: VariantName[],
	{ task = 'session', lanes = LANES }: Partial<Case> = {},
): Case[] {
	return variants.map((variant) => ({ variant, task, items, lanes }));
}

function group(world: WorldName, ...parts: Case[][]): Group {
	return { world, rounds: 5, sideBySide: false, cases: parts.flat() };
}

const chain = { task: 'session and login' } as const;
const moreLanes = { lanes: 10 };

/** What `npm run bench` measures: about half an hour. */
export function fullPlan(): Group[] {
	return [
		group('loopback', cases(1, ALL), cases(1, CHAINS, chain)),
		group('loopback', cases(10, ALL)),
		group('loopback', cases(100, ALL), cases(100, CHAINS, chain)),
		group('loopback', cases(1_000, ALL), cases(1_000, CHAINS, chain)),
		group(
			'loopback',
			cases(10_000, ['undici', 'helper', 'httpRequest', 'pool', 'nothing']),
			cases(10_000, ['undici'], chain),
		),
		group('distant', cases(1, ['undici', 'helper', 'httpRequest', 'pool'])),
		group('distant', cases(10, ['undici', 'helper', 'httpRequest', 'pool'])),
		group('distant', cases(100, FAR), cases(100, FAR_CHAINS, chain)),
		{ ...group('distant', cases(1_000, ['undici', 'helper', 'pool'])), sideBySide: true },
		group('distant', cases(1_000, ['httpRequest'])),
		group(
			'model',
			cases(100, ['undici', 'helper', 'httpRequest']),
			cases(100, ['undici', 'helper'], moreLanes),
			cases(100, FAR_CHAINS, chain),
		),
		{
			...group(
				'model',
				cases(1_000, ['undici', 'helper', 'httpRequest']),
				cases(1_000, ['undici'], moreLanes),
			),
			sideBySide: true,
		},
	];
}

/** The same in small: shows within two minutes that the bench runs, and how many connections are made. */
export function quickPlan(): Group[] {
	const groups = [
		group('loopback', cases(1, ['undici', 'helper'])),
		group('loopback', cases(200, ALL), cases(200, CHAINS, chain)),
		group('distant', cases(50, FAR)),
		{
			...group('model', cases(50, ['undici', 'helper', 'httpRequest'])),
			sideBySide: true,
		},
	];
	return groups.map((each) => ({ ...each, rounds: 1 }));
}
