import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { attend, dismiss, type Attendant } from './attendants';

/** How long a process may take to end by itself, in milliseconds. */
const GRACE = 10_000;

/** A program that runs until it is stopped. */
export interface RunningProcess {
	/** Everything it wrote so far. */
	log: () => string;
	/** Whether it has ended, wanted or not. */
	ended(): boolean;
	/** Ends it, by force if it takes too long. */
	stop(): Promise<void>;
	/** Ends it at once, with no time to put anything in order. */
	kill(): Promise<void>;
}

export interface ProcessOptions {
	name: string;
	cwd: string;
	/** All of its environment; nothing is inherited. */
	env: Record<string, string>;
	/** Whom it runs as, where that is not who runs the tests. */
	user?: { uid: number; gid: number };
	/** Asks it to end; SIGTERM unless given. */
	stopSignal?: NodeJS.Signals;
	/** Is given what the program writes, as it writes it. */
	onOutput?: (text: string) => void;
}

/** Starts a program and keeps what it writes. */
export function startProcess(
	program: string,
	args: string[],
	options: ProcessOptions,
): RunningProcess {
	const child = spawn(program, args, {
		...options.user,
		cwd: options.cwd,
		env: options.env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
			options.onOutput?.(chunk.toString());
		});
	}

	const log = () => Buffer.concat(chunks).toString('utf8');
	const attendant: Attendant = { name: options.name, log, kill: () => child.kill('SIGKILL') };
	attend(attendant);
	return {
		log,
		ended: () => hasEnded(child),
		async stop() {
			await end(child, options.stopSignal ?? 'SIGTERM');
			dismiss(attendant);
		},
		async kill() {
			await end(child, 'SIGKILL');
		},
	};
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (hasEnded(child)) return;
	const exit = once(child, 'exit');
	child.kill(signal);
	const force = setTimeout(() => child.kill('SIGKILL'), GRACE);
	await exit;
	clearTimeout(force);
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}
