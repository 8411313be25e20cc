import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DEMO = [require.resolve('tsx/cli'), join(ROOT, 'test', 'demo', 'demo.ts')];
// jest's own variables would tell the engine that it is under test
const env = { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined };

test('the demo logs in, shows the mailbox and three links, stays up on request, and ends on Ctrl+C', async () => {
	const demo = spawn(process.execPath, [...DEMO, '--serve'], { cwd: ROOT, env });
	let output = '';
	let errors = '';
	demo.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	try {
		const ended = new Promise((resolve) => demo.once('exit', resolve));
		const url = await new Promise<string>((resolve, reject) => {
			demo.stdout.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				const page = /Open (http:\S+) in a browser/.exec(output)?.[1];
				if (page !== undefined) resolve(page);
			});
			demo.once('exit', () => reject(new Error(`The demo ended: ${output}`)));
		});
		expect(output.match(/https:\/\/\S+\/login\/\?session=\S+/g)).toHaveLength(3);
		expect(output).toContain('“Webmail - anna@example.com”');
		const page = await fetch(url);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('Open Webmail');
		demo.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(errors).toBe('');
	} finally {
		demo.kill('SIGKILL');
	}
});
