/* Everything that `npm test` checks. The rules are checked beside the tests: one processor is not enough for both. */
import { spawn } from 'node:child_process';

/** Runs commands one after the other, to the first that fails. */
async function steps(...commands) {
	for (const [command, ...args] of commands) {
		const code = await run(command, args, 'inherit');
		if (code !== 0) return code;
	}
	return 0;
}

const rules = run('npm', ['run', '--silent', 'lint'], 'pipe');
const tests = await steps(
	['node', 'test/engines/install.mjs'],
	['npm', 'run', '--silent', 'build'],
	['npx', 'jest', '--coverage', '--silent', '--maxWorkers=2', ...process.argv.slice(2)],
);
process.exitCode = (await rules) || tests;

/** Runs a command to its end. @returns its exit code; with `pipe` its output is shown when it has ended */
function run(command, args, output) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
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
