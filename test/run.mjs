/*
 * Everything that `npm test` checks. The rules are checked beside the tests: one processor is not enough for both. The
 * tests have a home folder of their own, which has to be as empty at the end as it was: nothing of this project writes
 * to that of the user.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const JEST = ['--coverage', '--silent', '--maxWorkers=2', ...process.argv.slice(2)];

const home = join(await mkdtemp(join(tmpdir(), 'home-')), 'home');
// programs that leave an empty home alone may well use what is there
await mkdir(join(home, '.cache'), { recursive: true });

const rules = run('npm', ['run', '--silent', 'lint'], { output: 'pipe' });
const tests = await steps(
	['node', ['test/engines/install.mjs']],
	['node', ['test/engines/install.mjs', 'test/package/n8n-node']],
	['node', ['gulpfile.js', 'build'], { env: environment() }],
	['node', ['node_modules/jest/bin/jest.js', ...JEST], { env: environment() }],
);
const found = (await readdir(home, { recursive: true })).filter((entry) => entry !== '.cache');
await rm(join(home, '..'), { recursive: true, force: true });
if (found.length > 0) console.log(`Written to the home folder: ${found.join(', ')}`);
process.exitCode = (await rules) || tests || (found.length > 0 ? 1 : 0);

/** What the tests run in. The cache of npm is npm's own, and it says where that is itself. */
function environment() {
	const kept = Object.entries(process.env).filter(([name]) => !/^(XDG|N8N)_/.test(name));
	const cache = process.env.npm_config_cache ?? join(homedir(), '.npm');
	return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, npm_config_cache: cache };
}

/** Runs commands one after the other, to the first that fails. */
async function steps(...commands) {
	for (const [command, args, options] of commands) {
		const code = await run(command, args, options);
		if (code !== 0) return code;
	}
	return 0;
}

/** Runs a command to its end. @returns its exit code; with `pipe` its output is shown when it has ended */
function run(command, args, { output = 'inherit', env = process.env } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			env,
			stdio: ['ignore', output, output],
			shell: process.platform === 'win32',
		});
		let shown = '';
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (data) => (shown += data));
		child.on('error', reject);
		child.on('close', (code) => {
			if (shown !== '') console.log(`${command} ${args.join(' ')}\n${shown}`);
			resolve(code ?? 1);
		});
	});
}
