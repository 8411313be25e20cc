import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { cached } from './cache';
import { command } from './command';
import { findProgram, installDebianPackages, mayInstallPackages } from './debian';

/** The version of n8n that is tested unless another is asked for: the newest that can be installed. */
export const DEFAULT_N8N = '2.41.1';

/** What runs the versions of n8n that the running Node.js is too old for. */
const NODE_FOR_N8N = '24';

const INSTALL_TIMEOUT = 15 * 60_000;

/** An n8n that can be started. */
export interface PreparedN8n {
	version: string;
	/** The folder with its `node_modules`. */
	folder: string;
	/** The program that runs it. */
	node: string;
}

/** Installs a version of n8n into the cache, and a Node.js that can run it. */
export async function prepareN8n(version: string): Promise<PreparedN8n> {
	const folder = await cached(`n8n-${version}`, (path) => installN8n(version, path));
	return { version, folder, node: await nodeFor(folder) };
}

/** Finds Chromium, or installs it where that can be done. */
export async function prepareChromium(): Promise<string> {
	const found = findChromium();
	if (found) return found;
	if (mayInstallPackages()) await installDebianPackages('chromium');
	const installed = findChromium();
	if (installed) return installed;
	throw new Error(
		'There is no Chromium. Install it, or name its program in the environment variable CHROMIUM.',
	);
}

async function installN8n(version: string, folder: string): Promise<void> {
	// older versions fetch xlsx from a server of its own; npm has it, too
	const project = { private: true, overrides: { xlsx: '0.18.5' } };
	await writeFile(join(folder, 'package.json'), JSON.stringify(project));
	await command('npm', [...install, `n8n@${version}`], { cwd: folder, timeout: INSTALL_TIMEOUT });

	// the one script that is needed: without its binary there is no database
	const node = await nodeFor(folder);
	const headers = dirname(dirname(node));
	const nodedir = existsSync(join(headers, 'include/node/node_api.h')) ? headers : undefined;
	await command('npm', ['rebuild', '--ignore-scripts=false', 'sqlite3'], {
		cwd: folder,
		env: nodedir ? { npm_config_nodedir: nodedir } : {},
		timeout: INSTALL_TIMEOUT,
	});
	await command(node, ['--eval', "require('sqlite3')"], { cwd: folder, timeout: INSTALL_TIMEOUT });
}

const install = [
	'install',
	'--ignore-scripts',
	'--save-exact',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
];

/** The running Node.js where n8n supports it, otherwise one from the cache. */
async function nodeFor(n8nFolder: string): Promise<string> {
	const manifest = join(n8nFolder, 'node_modules/n8n/package.json');
	const { engines } = JSON.parse(await readFile(manifest, 'utf8')) as { engines: { node: string } };
	const semver = createRequire(manifest)('semver') as {
		satisfies(version: string, range: string): boolean;
	};
	if (semver.satisfies(process.version, engines.node)) return process.execPath;

	const system = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${system}-${process.arch}`;
	const folder = await cached(`node-${NODE_FOR_N8N}`, async (path) => {
		await writeFile(join(path, 'package.json'), JSON.stringify({ private: true }));
		await command('npm', [...install, `${name}@${NODE_FOR_N8N}`], {
			cwd: path,
			timeout: INSTALL_TIMEOUT,
		});
	});
	return join(folder, 'node_modules', name, 'bin/node');
}

function findChromium(): string | undefined {
	return (
		process.env['CHROMIUM'] ??
		['chromium', 'chromium-browser', 'google-chrome'].map((name) => findProgram(name)).find(Boolean)
	);
}
