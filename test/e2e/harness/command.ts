import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MEBIBYTE = 1024 * 1024;

export interface CommandOptions {
	cwd?: string;
	/** Added to the environment of this process. */
	env?: Record<string, string>;
	/** Whom it runs as, where that is not who runs the tests. */
	user?: { uid: number; gid: number };
	/** In milliseconds. */
	timeout: number;
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to its standard output
 * @throws with what it wrote, when it fails or takes too long
 */
export async function command(
	program: string,
	args: string[],
	{ cwd, env, user, timeout }: CommandOptions,
): Promise<string> {
	try {
		const { stdout } = await run(program, args, {
			...user,
			cwd,
			env: { ...process.env, ...env },
			timeout,
			maxBuffer: 64 * MEBIBYTE,
		});
		return stdout;
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		const line = [program, ...args].join(' ');
		throw new Error(`“${line}” failed in ${cwd ?? process.cwd()}\n${stdout}${stderr}`, {
			cause: error,
		});
	}
}
