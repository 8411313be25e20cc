import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { launchChromium } from '../browser/chromium';
import { Editor } from '../editor/editor';
import { prepared } from '../harness/prepared';
import { waitFor } from '../harness/wait';

const REPOSITORY = resolve(__dirname, '../../..');
/** What a developer has of the repository; the rest is not needed to develop. */
const SOURCES = [
	...['credentials', 'nodes', 'test', 'workflows', 'gulpfile.js', 'package.json', 'tsconfig.json'],
];
const OPERATION = 'nodes/CpanelSession/operations/createWebmailSessionForMailUser.ts';
/** Of the example “Read Webmail on the server”. */
const NODE = 'Session for a mailbox';
const EDITED = 'An edit that somebody has just made';

/** For what takes seconds where nothing else goes on, in milliseconds. */
const PATIENCE = 120_000;

/** A folder with room for a copy of the repository, and for all that a command could leave behind. */
let room: string;
let copy: string;
let browser: Browser;
let dev: ChildProcess | undefined;
let output = '';

beforeAll(async () => {
	room = await mkdtemp(join(tmpdir(), 'e2e-dev-'));
	copy = join(room, 'repository');
	for (const name of SOURCES) {
		await cp(join(REPOSITORY, name), join(copy, name), {
			recursive: true,
			filter: (file) => basename(file) !== 'node_modules',
		});
	}
	await symlink(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
	for (const name of ['home', 'temporary', 'npm']) await mkdir(join(room, name));
	browser = await launchChromium();
});

afterEach(async () => {
	if (dev?.pid === undefined || isOver()) return;
	process.kill(-dev.pid, 'SIGTERM');
	await waitFor('the end', PATIENCE, async () => isOver() || undefined);
});

afterAll(async () => {
	await browser?.close();
	if (dev?.pid !== undefined && !isOver()) process.kill(-dev.pid, 'SIGKILL');
	await rm(room, { recursive: true, force: true, maxRetries: 3 });
});

test('a developer starts, edits, sees the edit in the editor, and ends', async () => {
	const before = await snapshot(copy);
	const seconds: Array<[what: string, since: number]> = [];
	const clock = (what: string, start: number): void => {
		seconds.push([what, Math.round((Date.now() - start) / 100) / 10]);
	};

	const started = Date.now();
	startDev();
	const [origin = ''] = await printed(/^n8n \S+ is at (\S+)$/m);
	const [email = ''] = await printed(/^ {2}user {6}(\S+)$/m);
	const [password = ''] = await printed(/^ {2}password {2}(\S+)$/m);
	await printed(/Ctrl\+C ends everything/);
	clock('from the start until n8n is there', started);

	const page = await (await browser.newContext()).newPage();
	const editor = new Editor(page, { origin, owner: { email, password } });
	await editor.signIn();
	const [address = ''] = await printed(/(\S+) {2}Read Webmail on the server/);
	await editor.open({ id: basename(address) });
	const source = await readFile(join(copy, OPERATION), 'utf8');
	const [, described = ''] = /description: '([^']+)'/.exec(source) ?? [];
	await describes(page, editor, described);

	const edited = Date.now();
	await writeFile(join(copy, OPERATION), source.replace(described, EDITED));
	await describes(page, editor, EDITED);
	clock('from an edit until it is in the editor', edited);
	await writeFile(join(copy, OPERATION), source);

	const [cpanel = ''] = await printed(/^cPanel {3}(\S+)$/m);
	const ended = Date.now();
	// as the terminal does it: everybody gets Ctrl+C
	process.kill(-(dev?.pid ?? 0), 'SIGINT');
	await waitFor('the end', PATIENCE, async () => isOver() || undefined);
	clock('from Ctrl+C until all is stopped', ended);

	for (const url of [origin, cpanel]) {
		await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	}
	// what runs TypeScript keeps what it compiled
	const left = (await readdir(join(room, 'temporary'))).filter((name) => !/^tsx-/.test(name));
	expect(left).toEqual([]);
	expect(await readdir(join(room, 'home'))).toEqual([]);
	expect(await snapshot(copy)).toEqual(before);
	process.stdout.write(
		seconds.map(([what, number]) => `${number.toFixed(1).padStart(6)} s ${what}\n`).join(''),
	);
}, 600_000);

test('all is stopped as well where npm alone is told to end', async () => {
	startDev();
	await printed(/Ctrl\+C ends everything/);
	const [origin = ''] = await printed(/^n8n \S+ is at (\S+)$/m);
	dev?.kill('SIGTERM');
	await waitFor('the end', PATIENCE, async () => isOver() || undefined);
	await expect(fetch(origin)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	const left = (await readdir(join(room, 'temporary'))).filter((name) => !/^tsx-/.test(name));
	expect(left).toEqual([]);
}, 600_000);

function startDev(): void {
	output = '';
	const env: NodeJS.ProcessEnv = {
		...process.env,
		HOME: join(room, 'home'),
		TMPDIR: join(room, 'temporary'),
		npm_config_cache: join(room, 'npm'),
		npm_config_update_notifier: 'false',
	};
	for (const name of Object.keys(env))
		if (/^(NODE_ENV|JEST_.*|XDG_.*)$/.test(name)) delete env[name];
	dev = spawn('npm', ['run', 'dev', '--', '--n8n', prepared().n8n.version], {
		cwd: copy,
		env,
		// a process group, as a command in a terminal has one
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	for (const stream of [dev.stdout, dev.stderr]) {
		stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
}

/** Waits for something to be printed. @returns what its groups matched */
async function printed(pattern: RegExp): Promise<string[]> {
	try {
		return await waitFor(`“${pattern.source}”`, PATIENCE, async () => {
			const found = pattern.exec(output);
			if (!found && dev?.exitCode !== null) return [];
			return found?.slice(1);
		});
	} catch (error) {
		process.stderr.write(`${output}\n`);
		throw error;
	}
}

/** Whether the command and all that it started are gone. */
function isOver(): boolean {
	if (dev?.exitCode === null && dev.signalCode === null) return false;
	try {
		process.kill(-(dev?.pid ?? 0), 0);
		return false;
	} catch {
		return true;
	}
}

/** Looks, again and again, whether an operation of the node is described like this. */
async function describes(page: Page, editor: Editor, description: string): Promise<void> {
	await waitFor(`“${description}” in the editor`, PATIENCE, async () => {
		// an open node shows what was known when it was opened
		if (await page.getByTestId('ndv').isVisible()) await editor.closeNode();
		await editor.openNode(NODE);
		await page.getByTestId('parameter-input-operation').locator('input').first().click();
		await page.getByText(description).waitFor({ timeout: 1000 });
		return true;
	});
}

/** The files of the repository, without what is hidden or linked. */
async function snapshot(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}
