import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8nProcess, untilReady } from '../harness/n8n';
import { freePort } from '../harness/network';
import type { RunningProcess } from '../harness/runningProcess';
import { startWorld, type World } from '../harness/world';
import { HOST } from './ownServer';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** An n8n in queue mode beside a cPanel server: one for the editor and the webhooks, and workers. */
export interface Queue extends World {
	readonly workers: readonly RunningProcess[];
}

export interface QueueOptions {
	workers: number;
	/** Executions that each worker runs at once. */
	concurrency: number;
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
export async function startQueue({ workers, concurrency }: QueueOptions): Promise<Queue> {
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
		};
		const world = await startWorld({ database: postgres.database, env: shared });
		running.push(world);

		const env = { ...shared, ...world.trust };
		const started: RunningProcess[] = [];
		for (let count = 0; count < workers; count += 1) {
			const worker = await startWorker(concurrency, env);
			running.push(worker);
			started.push(worker);
		}
		return { ...world, workers: started, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startWorker(
	concurrency: number,
	env: Record<string, string>,
): Promise<RunningProcess> {
	const folder = await mkdtemp(join(tmpdir(), 'e2e-worker-'));
	const healthPort = await freePort();
	const running = await startN8nProcess(['worker', `--concurrency=${concurrency}`], folder, {
		...env,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(healthPort),
		N8N_WORKER_SERVER_ADDRESS: HOST,
	});
	const stop = async () => {
		await running.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await untilReady(running, `http://${HOST}:${healthPort}/healthz/readiness`);
	} catch (error) {
		process.stderr.write(`${running.log()}\n`);
		await stop();
		throw error;
	}
	return { ...running, stop };
}
