import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { Agent, request } from 'undici';

const ROOT = join(__dirname, '..', '..');
const COMMAND = ['--import', 'tsx', join(ROOT, 'test', 'dev', 'cpsrvd.ts')];

test('“npm run cpsrvd” says where it is and who may sign in, and ends when it is told to', async () => {
	const command = spawn(process.execPath, COMMAND, { cwd: ROOT });
	const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
	try {
		const ended = new Promise((resolve) => command.once('exit', resolve));
		const output = await new Promise<string>((resolve, reject) => {
			let text = '';
			command.stdout.on('data', (chunk: Buffer) => {
				text += chunk.toString();
				if (text.includes('Ctrl+C')) resolve(text);
			});
			command.stderr.on('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
			command.once('exit', () => reject(new Error(`It ended: ${text}`)));
		});

		// what a person would copy from there
		const printed = (pattern: RegExp): string => pattern.exec(output)?.[1] ?? '';
		const [cpanel, whm] = [printed(/^cPanel +(https:\S+)$/m), printed(/^WHM +(https:\S+)$/m)];
		const alice = printed(/^ {2}alice[^]*?token (\S+)$/m);
		const root = printed(/^ {2}root +token (\S+)$/m);
		const asked = [
			[`${cpanel}/execute/Variables/get_user_information`, `cpanel alice:${alice}`],
			[`${whm}/json-api/version?api.version=1`, `whm root:${root}`],
		] as const;
		for (const [url, authorization] of asked) {
			const answer = await request(url, { dispatcher, headers: { authorization } });
			expect([url, answer.statusCode]).toEqual([url, 200]);
			await answer.body.dump();
		}
		expect(output).toMatch(/^Webmail +https:\S+$/m);
		expect(output).toContain('anna@example.com, password ');

		command.kill('SIGINT');
		expect(await ended).toBe(0);
	} finally {
		await dispatcher.close();
		command.kill('SIGKILL');
	}
}, 60_000);
