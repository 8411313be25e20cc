import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { command } from './command';

const UPDATE_TIMEOUT = 5 * 60_000;
const INSTALL_TIMEOUT = 15 * 60_000;

let listsUpdated: Promise<unknown> | undefined;

/** Whether packages of Debian or of one of its descendants can be installed by this process. */
export function mayInstallPackages(): boolean {
	return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/** Installs packages of Debian with what they need, after an update of the lists they come from. */
export async function installDebianPackages(...packages: string[]): Promise<void> {
	process.stderr.write(`Installing ${packages.join(', ')} …\n`);
	// an image comes without lists, or with lists of versions that are gone
	listsUpdated ??= command('apt-get', ['update'], { timeout: UPDATE_TIMEOUT });
	await listsUpdated;
	await command('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
		env: { DEBIAN_FRONTEND: 'noninteractive' },
		timeout: INSTALL_TIMEOUT,
	});
}

/**
 * Finds a program.
 *
 * @param name of its file
 * @param folders looked through before those of the `PATH`
 */
export function findProgram(name: string, folders: string[] = []): string | undefined {
	const path = process.env['PATH']?.split(delimiter) ?? [];
	return [...folders, ...path].map((folder) => join(folder, name)).find((file) => existsSync(file));
}
