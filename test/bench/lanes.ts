/*
 * Drives a batch through a server that slows down, turns requests away and recovers, and draws from the
 * server's journal how many requests were under way: docs/pictures/lanes.svg.
 *
 *   npm run bench:lanes
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SEED, startCpsrvd } from '../cpsrvd';
import type { Cpsrvd, Switches } from '../cpsrvd';
import { runChain } from '../engine/engine';
import { drawLanes } from './lanesPicture';
import type { Phase } from './lanesPicture';

const PICTURE = join(__dirname, '..', '..', 'docs', 'pictures', 'lanes.svg');
const MOST_LANES = 10;
const ITEMS = 700;

/** What becomes of the server, and after how many seconds. */
const WORLD: Array<Phase & { switches: Partial<Switches> }> = [
	{ from: 0, label: 'at its best', switches: { workers: 10, serviceTime: 150 } },
	{ from: 5, label: 'slow: answers queue up', switches: { workers: 3, serviceTime: 250 } },
	{
		from: 13,
		label: '429',
		switches: { busy: { status: 429, retryAfter: '2' } },
	},
	{
		from: 16,
		label: 'at its best again',
		switches: { workers: 10, serviceTime: 150, busy: null },
	},
];

async function main(): Promise<void> {
	Object.assign(process, { noDeprecation: true });
	const server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
	const startedAt = server.clock.now();
	const changes = WORLD.map(({ from, switches }) =>
		setTimeout(() => Object.assign(server.switches, switches), from * 1000),
	);
	try {
		const sessions = await createSessions(server);
		const { entries } = server.journal;
		const seconds = (at: number): number => (at - startedAt) / 1000;
		const turnedAway = entries.filter(({ status }) => status === 429);
		const summary = `${ITEMS} items with up to ${MOST_LANES} at once: ${sessions} sessions; ${turnedAway.length} requests turned away and sent again`;
		const picture = drawLanes({
			requests: entries.map(({ at, endedAt }) => [seconds(at), seconds(endedAt || at)]),
			turnedAway: turnedAway.map(({ at }) => seconds(at)),
			phases: WORLD,
			mostLanes: MOST_LANES,
			summary,
		});
		writeFileSync(PICTURE, picture);
		process.stdout.write(`${summary}\n${PICTURE}\n`);
		if (sessions !== ITEMS) throw new Error('Some items have no session');
	} finally {
		for (const change of changes) clearTimeout(change);
		await server.stop();
	}
}

/** @returns how many items got their session */
async function createSessions(server: Cpsrvd): Promise<number> {
	const typed = (value: string) => ({ __rl: true, mode: 'name', value });
	const { output } = await runChain({
		nodesFrom: 'build',
		items: Array.from({ length: ITEMS }, () => ({})),
		credential: {
			server: `${server.address}:${server.cpanelPort}`,
			username: 'alice',
			authentication: 'apiToken',
			apiToken: SEED.alice.apiToken,
			allowUnauthorizedCerts: true,
		},
		steps: [
			{
				type: 'cpanelSession',
				parameters: {
					domain: typed('example.com'),
					login: typed('anna'),
					options: { maxConcurrency: MOST_LANES },
				},
				onError: 'continueRegularOutput',
			},
		],
	});
	return (output(0) ?? []).filter(({ json }) => json.session !== undefined).length;
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
