import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { command } from './command';

const REPOSITORY = resolve(__dirname, '../../..');

const TIMEOUT = 5 * 60_000;

/** The package under test, as n8n names its folder. */
export const PACKAGE = 'n8n-nodes-cpanel-session';

/** The ways in which the package is installed; each a folder `node_modules`. */
export interface InstalledModules {
	/** By n8n's own installer: the package alone. */
	byN8n: string;
	/** By `npm install`: with its optional dependency beside it. */
	byNpm: string;
}

/**
 * Builds and packs the repository and installs what was packed, so that nothing leads back here.
 *
 * @param folder an empty folder
 */
export async function installPackage(folder: string): Promise<InstalledModules> {
	await command('npm', ['run', 'build'], { cwd: REPOSITORY, timeout: TIMEOUT });
	const packed = await command('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: REPOSITORY,
		timeout: TIMEOUT,
	});
	const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
	const tarball = join(folder, filename);
	return {
		byN8n: await installAsN8n(tarball, join(folder, 'by-n8n')),
		byNpm: await installWithNpm(tarball, join(folder, 'by-npm')),
	};
}

/**
 * Unpacks the package the way n8n's installer for community packages does: without what it only wants
 * beside it.
 */
async function installAsN8n(tarball: string, folder: string): Promise<string> {
	const target = join(folder, 'node_modules', PACKAGE);
	await mkdir(target, { recursive: true });
	await command('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], {
		timeout: TIMEOUT,
	});
	const manifest = join(target, 'package.json');
	const content = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete content[key];
	}
	await writeFile(manifest, JSON.stringify(content, null, 2));
	await command(
		'npm',
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		{ cwd: target, timeout: TIMEOUT },
	);
	return join(folder, 'node_modules');
}

/** Installs the package as the README says. */
async function installWithNpm(tarball: string, folder: string): Promise<string> {
	await mkdir(folder);
	await command('npm', ['install', '--omit=peer', tarball], { cwd: folder, timeout: TIMEOUT });
	return join(folder, 'node_modules');
}
