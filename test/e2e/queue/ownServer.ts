import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../harness/network';
import { startProcess, type ProcessOptions } from '../harness/runningProcess';
import { waitFor } from '../harness/wait';

export const HOST = '127.0.0.1';

const START_TIMEOUT = 60_000;

/** A server of a test's own, beside one that the system may run already. */
export interface OwnServer {
	/** At which it listens on loopback. */
	readonly port: number;
	/** Ends it and removes its folder. */
	stop(): Promise<void>;
}

export interface OwnServerOptions extends Pick<ProcessOptions, 'user' | 'stopSignal'> {
	name: string;
	program: string;
	/** Prepares its folder, and tells the arguments of the program. */
	prepare(folder: string, port: number): Promise<string[]>;
}

/** Starts a server at a free port, with a folder of its own, and waits until it listens. */
export async function startOwnServer(options: OwnServerOptions): Promise<OwnServer> {
	const { name, program, user, stopSignal } = options;
	const folder = await mkdtemp(join(tmpdir(), 'e2e-server-'));
	const removeFolder = async () => await rm(folder, { recursive: true, force: true });
	try {
		const port = await freePort();
		if (user) await chown(folder, user.uid, user.gid);
		const args = await options.prepare(folder, port);
		const running = startProcess(program, args, { name, cwd: folder, env: {}, user, stopSignal });
		try {
			await waitFor(`the start of ${name}`, START_TIMEOUT, async () => {
				if (!running.ended()) await reach(port);
				return true;
			});
			if (running.ended()) throw new Error(`${name} ended while it started.`);
		} catch (error) {
			process.stderr.write(`${running.log()}\n`);
			await running.stop();
			throw error;
		}
		return {
			port,
			async stop() {
				await running.stop();
				await removeFolder();
			},
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}

async function reach(port: number): Promise<void> {
	const socket = connect(port, HOST);
	try {
		await once(socket, 'connect');
	} finally {
		socket.destroy();
	}
}
