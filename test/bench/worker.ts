/*
 * One run of one case, in a process of its own: warms up, tells its parent that it is ready, and measures when
 * it is told to.
 */
import { once } from 'node:events';

import { useEngineOf } from './engineModules';
import type { Job, Measured } from './jobs';

/** What the client knows of a run; the rest is the server's. */
export type ClientMeasured = Omit<Measured, 'handshakes' | 'mostSockets' | 'meanQueue'>;

async function main(job: Job): Promise<void> {
	Object.assign(process, { noDeprecation: true });
	useEngineOf(job.n8nFolder, job.variant === 'helper');
	const { prepareRun } = await import('./runCase');

	const warmUp = await prepareRun({ ...job, distant: job.near });
	for (let nth = 0; nth < 20; nth++) await warmUp(1);
	// a process that has only seen single items stays one
	for (let nth = 0; job.items > 1 && nth < 2; nth++) await warmUp(100);

	const run = await prepareRun(job);
	process.once('disconnect', () => process.exit());
	process.send?.('ready');
	await once(process, 'message');
	const cpuBefore = process.cpuUsage();
	const before = performance.now();
	const good = await run(job.items);
	const wall = performance.now() - before;
	const { user, system } = process.cpuUsage(cpuBefore);
	process.send?.({
		wall,
		cpu: (user + system) / 1000,
		memory: process.resourceUsage().maxRSS / 1024,
		failed: job.items - good,
	} satisfies ClientMeasured);
}

main(JSON.parse(process.argv[2] ?? '') as Job).then(
	() => process.disconnect(),
	(thrown: Error) => {
		process.stderr.write(`${thrown.stack ?? thrown.message}\n`);
		process.exit(1);
	},
);
