import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import type { PreparedN8n } from '../e2e/harness/prepare';
import type { Job, Measured } from './jobs';
import { medians } from './medians';
import type { Group } from './plan';
import type { Row } from './rows';
import type { Addresses, ServerCounts } from './server';
import type { ClientMeasured } from './worker';
import { WORLDS } from './worlds';

/** What was measured of a case. */
export interface CaseResult {
	row: Row;
	/** What its server saw in the first round. */
	course: ServerCounts['course'];
}

interface Result extends Measured, ServerCounts {}

/** Measures the cases of a group round by round, each run in a fresh process. */
export async function measure(
	{ world, rounds, sideBySide, cases }: Group,
	n8n: PreparedN8n,
): Promise<CaseResult[]> {
	const servers = await Promise.all(cases.map(async () => await startServer(n8n, world)));
	const results = cases.map((): Result[] => []);
	try {
		for (let round = 0; round < rounds; round++) {
			// nobody runs before everybody is warmed up
			const runs = await Promise.all(
				cases.map(async (each, index) => {
					const { process: server, addresses } = servers[index] ?? unknown();
					const job = { ...each, ...addresses, world: WORLDS[world], n8nFolder: n8n.folder };
					return await prepareRun(job, n8n, server);
				}),
			);
			const measured = await inTurns(runs, sideBySide);
			measured.forEach((result, index) => results[index]?.push(result));
		}
	} finally {
		for (const { process: server } of servers) server.kill();
	}
	return cases.map((each, index) => {
		const of = results[index] ?? [];
		return {
			row: { ...each, world, runs: rounds, ...medians(of) },
			course: of[0]?.course ?? [],
		};
	});
}

type Run = () => Promise<Result>;

/** Lets some run at the same time, and the next ones when they are done. */
async function inTurns(runs: Run[], sideBySide: number): Promise<Result[]> {
	const results: Result[] = [];
	for (let from = 0; from < runs.length; from += sideBySide) {
		const some = runs.slice(from, from + sideBySide);
		results.push(...(await Promise.all(some.map(async (run) => await run()))));
	}
	return results;
}

async function startServer(
	{ node }: PreparedN8n,
	world: Group['world'],
): Promise<{ process: ChildProcess; addresses: Addresses }> {
	const server = fork(require.resolve('./server.ts'), [JSON.stringify(WORLDS[world])], {
		execPath: node,
	});
	return { process: server, addresses: await answerOf<Addresses>(server) };
}

/** Starts and warms up the process of a case. @returns lets it run */
async function prepareRun(job: Job, { node }: PreparedN8n, server: ChildProcess): Promise<Run> {
	const client = fork(require.resolve('./worker.ts'), [JSON.stringify(job)], { execPath: node });
	await answerOf<'ready'>(client);
	return async () => {
		server.send('begin');
		await answerOf<'begun'>(server);
		client.send('go');
		const measured = await answerOf<ClientMeasured>(client);
		server.send('end');
		return { ...measured, ...(await answerOf<ServerCounts>(server)) };
	};
}

/** The next message of a process, which must not end before. */
async function answerOf<Message>(from: ChildProcess): Promise<Message> {
	const ended = new AbortController();
	try {
		return await Promise.race([
			once(from, 'message', { signal: ended.signal }).then(([message]) => message as Message),
			once(from, 'exit', { signal: ended.signal }).then(([code]) => {
				throw new Error(`A process of the benchmark ended with code ${String(code)}`);
			}),
		]);
	} finally {
		ended.abort();
	}
}

function unknown(): never {
	throw new Error('Every case has a server');
}
