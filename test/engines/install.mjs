/*
 * Installs what stands beside the packages of the root package.json, where that was not done yet: a folder with a
 * package.json and a lock file of its own. Without an argument that is the newest engine of n8n.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [given] = process.argv.slice(2);
const folder = given ? resolve(given) : join(dirname(fileURLToPath(import.meta.url)), 'latest');
const { description } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
const installed = join(folder, 'node_modules', '.installed-lock.json');

if (read(installed) !== lock) {
	console.log(`Installing for the tests: ${description} …`);
	const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
		cwd: folder,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(installed, lock);
}

function read(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
