import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8nProcess, untilReady, type N8nProcess } from '../harness/n8n';
import { freePort } from '../harness/network';
import { leaks } from '../harness/secrets';
import { startWorld, type World } from '../harness/world';
import { HOST } from './ownServer';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** An n8n in queue mode beside a cPanel server: one for the editor, workers, and where it is asked for one for webhooks. */
export interface Queue extends World {
	readonly workers: readonly N8nProcess[];
}

export interface QueueOptions {
	workers: number;
	/** Executions that each worker runs at once. */
	concurrency: number;
	/** Whether a process of its own serves webhooks, in place of the one for the editor. */
	webhookProcessor?: boolean;
	/** More environment variables of all processes. */
	env?: Record<string, string>;
}

/**
 * How soon n8n notices that a worker is gone, in milliseconds: sooner than with its own settings of a
 * minute, and late enough for a worker that only has to wait for its turn on a busy machine.
 */
const NOTICES_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/** Starts all of it, with a Redis and a PostgreSQL of its own. */
export async function startQueue({
	workers,
	concurrency,
	webhookProcessor = false,
	env = {},
}: QueueOptions): Promise<Queue> {
	// in the order of the start; what depends on others ends before them
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async (): Promise<void> => {
		const last = running.pop();
		if (!last) return;
		try {
			await last.stop();
		} finally {
			await stop();
		}
	};
	try {
		const redis = await startRedis();
		running.push(redis);
		const postgres = await startPostgres();
		running.push(postgres);

		const shared = {
			...NOTICES_SOON,
			...postgres.environment,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			N8N_ENCRYPTION_KEY: 'one key for all',
			...env,
		};
		const world = await startWorld({
			database: postgres.database,
			env: { ...shared, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: String(webhookProcessor) },
		});
		running.push(world);

		const ofOthers = { ...shared, ...world.trust };
		const started: N8nProcess[] = [];
		for (let count = 0; count < workers; count += 1) {
			const worker = await startWorker(concurrency, ofOthers);
			running.push(worker);
			started.push(worker);
		}
		const webhooks = webhookProcessor ? await startWebhookProcessor(ofOthers) : undefined;
		if (webhooks) running.push(webhooks);
		const others = [...started, ...(webhooks ? [webhooks] : [])];
		return {
			...world,
			workers: started,
			others,
			webhookOrigin: webhooks?.origin ?? world.n8n.origin,
			async stop() {
				// before their folders are gone
				const found = await leaks(world.n8n, [], others).catch((error: Error) => [error.message]);
				await stop();
				if (found.length > 0) throw new Error(`n8n kept secrets: ${found.join(', ')}`);
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startWorker(concurrency: number, env: Record<string, string>): Promise<N8nProcess> {
	const port = await freePort();
	return await startOther(
		['worker', `--concurrency=${concurrency}`],
		{
			...env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: HOST,
		},
		`http://${HOST}:${port}`,
	);
}

async function startWebhookProcessor(
	env: Record<string, string>,
): Promise<N8nProcess & { origin: string }> {
	const port = String(await freePort());
	const origin = `http://${HOST}:${port}`;
	return { ...(await startOther(['webhook'], { ...env, N8N_PORT: port }, origin)), origin };
}

/** Starts a process that does a part of the work, and waits until it is ready. */
async function startOther(
	args: [command: string, ...options: string[]],
	env: Record<string, string>,
	origin: string,
): Promise<N8nProcess> {
	const folder = await mkdtemp(join(tmpdir(), `e2e-${args[0]}-`));
	const running = await startN8nProcess(args, folder, env);
	const stop = async () => {
		await running.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await untilReady(running, `${origin}/healthz/readiness`);
	} catch (error) {
		process.stderr.write(`${running.log()}\n`);
		await stop();
		throw error;
	}
	return { ...running, stop };
}
