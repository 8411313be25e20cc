import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { command } from './command';

const REPOSITORY = resolve(__dirname, '../../..');

const TIMEOUT = 5 * 60_000;

/** The package under test, as n8n names its folder. */
export const PACKAGE = 'n8n-nodes-cpanel-session';

/**
 * Builds and packs the repository and installs what was packed, so that nothing leads back here.
 *
 * @param folder an empty folder
 * @returns the folder `node_modules` in which the package is
 */
export async function installPackage(folder: string): Promise<string> {
	await command('npm', ['run', 'build'], { cwd: REPOSITORY, timeout: TIMEOUT });
	const packed = await command('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: REPOSITORY,
		timeout: TIMEOUT,
	});
	const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
	return await installAsN8n(join(folder, filename), join(folder, 'by-n8n'));
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
