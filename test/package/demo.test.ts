import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');
const DEMO = [require.resolve('tsx/cli'), join(ROOT, 'test', 'demo', 'demo.ts')];
// jest's own variables would tell the engine that it is under test
const env = { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined };

test('the demo logs in, shows the mailbox and three links, and ends well', async () => {
	const { stdout, stderr } = await promisify(execFile)(process.execPath, DEMO, { cwd: ROOT, env });

	expect(stderr).toBe('');
	expect(stdout.match(/https:\/\/\S+\/login\/\?session=\S+/g)).toHaveLength(3);
	expect(stdout).toContain('“Webmail - anna@example.com”');
}, 60_000);

test('the demo stays up on request, serves a login page, and ends on Ctrl+C', async () => {
	const demo = spawn(process.execPath, [...DEMO, '--serve'], { cwd: ROOT, env });
	try {
		const ended = new Promise((resolve) => demo.once('exit', resolve));
		const url = await new Promise<string>((resolve, reject) => {
			let output = '';
			demo.stdout.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				const page = /Open (http:\S+) in a browser/.exec(output)?.[1];
				if (page !== undefined) resolve(page);
			});
			demo.once('exit', () => reject(new Error(`The demo ended: ${output}`)));
		});
		const page = await fetch(url);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('Open Webmail');
		demo.kill('SIGINT');
		expect(await ended).toBe(0);
	} finally {
		demo.kill('SIGKILL');
	}
}, 60_000);
