import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readVersion } from './arguments';
import { cacheFolder } from './cache';
import { installPackage } from './packageInstall';
import { DEFAULT_N8N, prepareN8n } from './prepare';
import { toEnvironment, type Prepared } from './prepared';

/** Tests that run in an n8n with the package installed. */
export interface Suite {
	/** The file with the configuration of jest. */
	config: string;
	/** Prepares what the tests need besides that. */
	prepare(): Promise<Omit<Prepared, 'n8n' | 'modules'>>;
}

/**
 * Prepares a suite, runs it as the arguments of this process say, and ends this process with what
 * jest says of it.
 */
export function runSuite(suite: Suite): void {
	run(suite).then(
		(code) => process.exit(code),
		(error: Error) => {
			process.stderr.write(`${error.stack ?? error.message}\n`);
			process.exit(1);
		},
	);
}

async function run(suite: Suite): Promise<number> {
	const { version, rest } = readVersion(process.argv.slice(2), DEFAULT_N8N);
	const n8n = await prepareN8n(version);
	const more = await suite.prepare();
	const folder = await mkdtemp(join(tmpdir(), 'e2e-package-'));
	const home = await mkdtemp(join(tmpdir(), 'e2e-home-'));
	try {
		const modules = await installPackage(folder);
		process.stderr.write(`Testing in n8n ${version}\n`);
		const jest = spawn(
			process.execPath,
			[require.resolve('jest/bin/jest'), '--config', suite.config, '--runInBand', ...rest],
			{
				stdio: 'inherit',
				// a process group of its own: whatever is left of it in the end can be ended
				detached: true,
				env: {
					...process.env,
					...homeAt(home),
					E2E_CACHE: cacheFolder(),
					...toEnvironment({ n8n, modules, ...more }),
				},
			},
		);
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => endGroup(jest));
		}
		const [code] = (await once(jest, 'exit')) as [number | null];
		endGroup(jest);
		return code ?? 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
		await rm(home, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** A home folder for all that the tests start: a browser, for one, writes into it whatever its profile. */
function homeAt(folder: string): Record<string, string> {
	return {
		HOME: folder,
		XDG_CONFIG_HOME: join(folder, '.config'),
		XDG_CACHE_HOME: join(folder, '.cache'),
		XDG_DATA_HOME: join(folder, '.local/share'),
	};
}

function endGroup({ pid }: ChildProcess): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// nothing was left
	}
}
