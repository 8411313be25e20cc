import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { waitFor } from './wait';

/** Longer than the slowest preparation takes, in milliseconds. */
const LOCK_TIMEOUT = 20 * 60_000;

/** The folder in which everything is kept that takes long to prepare; not part of the repository. */
export function cacheFolder(): string {
	const users = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
	return process.env['E2E_CACHE'] ?? join(users, 'n8n-nodes-cpanel-session');
}

/**
 * A folder of the cache, filled the first time. A filling that was cut short is taken up again, and
 * two runs at the same time fill a folder once.
 *
 * @param name has the version in it, so that a folder never has to be updated
 * @param fill may find what an earlier attempt left
 * @returns the path of the folder
 */
export async function cached(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder(), name);
	const ready = join(folder, '.ready');
	if (existsSync(ready)) return folder;
	await mkdir(folder, { recursive: true });
	await locked(join(folder, '.lock'), async () => {
		if (existsSync(ready)) return;
		process.stderr.write(`Preparing ${folder} …\n`);
		await fill(folder);
		await writeFile(ready, '');
	});
	return folder;
}

async function locked(lock: string, work: () => Promise<void>): Promise<void> {
	await waitFor(`the lock ${lock}`, LOCK_TIMEOUT, async () => {
		if (await isAbandoned(lock)) await rm(lock, { force: true });
		// fails while somebody else has it
		await writeFile(lock, String(process.pid), { flag: 'wx' });
		return true;
	});
	try {
		await work();
	} finally {
		await rm(lock, { force: true });
	}
}

async function isAbandoned(lock: string): Promise<boolean> {
	if (!existsSync(lock)) return false;
	const owner = Number(await readFile(lock, 'utf8'));
	if (owner === 0) return false;
	try {
		process.kill(owner, 0);
		return false;
	} catch {
		return true;
	}
}
