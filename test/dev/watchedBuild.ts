import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { command } from '../e2e/harness/command';
import { startProcess, type RunningProcess } from '../e2e/harness/runningProcess';
import { waitFor } from '../e2e/harness/wait';

const REPOSITORY = resolve(__dirname, '../..');
const GULPFILE = join(REPOSITORY, 'gulpfile.js');

/** Longer than the first build takes on a machine that is busy with other things, in milliseconds. */
const BUILD_TIMEOUT = 5 * 60_000;

/** `tsc -w` says this after each build, whether the build went well or not. */
const BUILT = /Found (\d+) errors?\. Watching for file changes/;

/** The package, built again whenever a file of it changes. */
export interface WatchedBuild {
	/** Ends the watching. What was built stays. */
	stop(): Promise<void>;
}

/**
 * Builds the package into a folder of its own, by the rules of `npm run build`, and goes on building.
 *
 * The folder is not that of the repository, although n8n would take a link to it, too: n8n follows every file
 * below the folder that it loads from, and Node.js would find n8n's modules in the `node_modules` of the
 * repository before those of the n8n that runs.
 *
 * @param folder an empty folder, which becomes the package
 * @param onOutput is given what the compiler says
 * @returns after the first build, when all files are there; a type error is told and does not end it
 */
export async function startWatchedBuild(
	folder: string,
	onOutput: (text: string) => void,
): Promise<WatchedBuild> {
	const dist = join(folder, 'dist');
	const env = { ...inherited(), DIST: dist };
	const tsc = require.resolve('typescript/bin/tsc');

	await copyFile(join(REPOSITORY, 'package.json'), join(folder, 'package.json'));
	await command(process.execPath, [GULPFILE, 'assets'], {
		cwd: REPOSITORY,
		env,
		timeout: BUILD_TIMEOUT,
	});
	const start = (name: string, args: string[]): RunningProcess =>
		startProcess(process.execPath, args, { name, cwd: REPOSITORY, env, onOutput });
	const compiler = start('tsc', [tsc, '--watch', '--preserveWatchOutput', '--outDir', dist]);
	const copier = start('gulp', [GULPFILE, 'watch-assets']);
	const stop = async (): Promise<void> => {
		await Promise.all([compiler.stop(), copier.stop()]);
	};
	try {
		await waitFor('the first build', BUILD_TIMEOUT, async () => {
			if (compiler.ended()) return true;
			return BUILT.test(compiler.log()) || undefined;
		});
		if (compiler.ended()) throw new Error(`The compiler ended: ${compiler.log()}`);
	} catch (error) {
		await stop();
		throw error;
	}
	return { stop };
}

function inherited(): Record<string, string> {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		),
	);
}
