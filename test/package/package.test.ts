import { removeUserFolder } from '../engine/userFolder';

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeType } from 'n8n-workflow';

const ROOT = join(__dirname, '..', '..');
const run = promisify(execFile);

/** Inside the project, so that what is unpacked finds n8n-workflow as it does in n8n. */
const CACHE = join(ROOT, 'node_modules', '.cache');

/** n8n's own tool for community nodes, which `npm test` installs beside the packages of the root package.json. */
const N8N_NODE = join(__dirname, 'n8n-node/node_modules/@n8n/node-cli/bin/n8n-node.mjs');

/** What a fresh copy of the repository is without. */
const NOT_COPIED = new Set(['.git', 'node_modules', 'dist', 'coverage']);

let folder: string;
let unpacked: string;
let files: string[];

beforeAll(async () => {
	await mkdir(CACHE, { recursive: true });
	folder = await mkdtemp(join(CACHE, 'packed-'));
	const cache = ['--cache', join(folder, 'npm'), '--update-notifier=false'];
	const npm = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder, ...cache];
	const { stdout } = await run('npm', npm, { cwd: ROOT, shell: process.platform === 'win32' });
	const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
	await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
	unpacked = join(folder, 'package');
	files = await filesIn(unpacked);
}, 60_000);
afterAll(async () => {
	removeUserFolder();
	await rm(folder, { recursive: true, force: true });
});

/** The files in a folder and in those below it, by their paths from there. */
async function filesIn(top: string): Promise<string[]> {
	return (await readdir(top, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
}

test('the package holds what n8n loads, and nothing else', async () => {
	const foreign = files.filter(
		(file) =>
			!/^(package\.json|README\.md|LICENSE)$/.test(file) &&
			!/^dist\/(nodes|credentials)\/.+\.(js|svg|node\.json)$/.test(file),
	);
	expect(foreign).toEqual([]);
	expect(files.filter((file) => file.startsWith('dist/'))).toEqual(
		(await filesIn(join(ROOT, 'dist'))).map((file) => `dist/${file}`),
	);
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		expect(await readFile(join(unpacked, file), 'utf8')).not.toContain('sourceMappingURL');
	}
});

test('nothing is installed along with the package', async () => {
	const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as object;
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
});

test('n8n’s own “n8n-node build” makes the same of the sources', async () => {
	const room = await mkdtemp(join(tmpdir(), 'n8n-node-'));
	const [copy, home] = [join(room, 'repository'), join(room, 'home')];
	try {
		await mkdir(home);
		await cp(ROOT, copy, { recursive: true, filter: (file) => !NOT_COPIED.has(basename(file)) });
		await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
		await run(process.execPath, [N8N_NODE, 'build'], {
			cwd: copy,
			env: {
				...process.env,
				NODE_ENV: undefined,
				HOME: home,
				USERPROFILE: home,
				// it runs the compiler through npm
				npm_config_cache: join(room, 'npm'),
				npm_config_offline: 'true',
				npm_config_update_notifier: 'false',
				npm_config_user_agent: 'npm',
			},
		});
		expect(await filesIn(home)).toEqual([]);

		const theirs = await contentsOf(join(copy, 'dist'));
		const ours = await contentsOf(join(ROOT, 'dist'));
		const different = [...new Set([...theirs.keys(), ...ours.keys()])].filter(
			(file) => theirs.get(file) !== ours.get(file),
		);
		// it copies the pictures of the whole repository, and so those of the documentation
		const pictures = (await filesIn(join(ROOT, 'docs'))).filter((file) =>
			/\.(png|svg)$/.test(file),
		);
		expect(different.sort()).toEqual(pictures.map((file) => `docs/${file}`));
	} finally {
		await rm(room, { recursive: true, force: true });
	}
}, 300_000);

/** What every file in a folder, and in those below it, holds. */
async function contentsOf(top: string): Promise<Map<string, string>> {
	const names = await filesIn(top);
	const contents = names.map(async (name) => await readFile(join(top, name), 'latin1'));
	return new Map(
		(await Promise.all(contents)).map((content, index) => [names[index] ?? '', content]),
	);
}

test('n8n’s loader finds the nodes, the credentials, the icons and the codex files in it', async () => {
	const loader = new PackageDirectoryLoader(unpacked);
	await loader.loadAll();

	const [session, login, trigger] = [
		'cpanelSession',
		'cpanelWebmailLogin',
		'cpanelWebmailLoginTrigger',
	];
	expect(Object.keys(loader.known.nodes)).toEqual([session, login, trigger]);
	expect(loader.known.credentials).toMatchObject({
		cpanelApi: { className: 'CpanelApi', supportedNodes: [session, trigger] },
		cpanelWhmApi: { className: 'CpanelWhmApi', supportedNodes: [session, trigger] },
		cpanelAccessLinkApi: { className: 'CpanelAccessLinkApi', supportedNodes: [login, trigger] },
	});
	for (const name of Object.keys(loader.known.nodes)) {
		const { description } = loader.nodeTypes[name]?.type as INodeType;
		expect(description.codex?.categories).toContain('Communication');
		expect(description.codex?.alias).toEqual(expect.arrayContaining(['cpanel', 'webmail']));
		expect(description.usableAsTool).toBeUndefined();
		await expectIcons(description.iconUrl);
		// a trigger is no tool to n8n, and this one tells of who came in, with no secret in it
		if (name === trigger) continue;
		expect(Object.hasOwn(description, 'usableAsTool')).toBe(true);
		const sensitive = (description as { sensitiveOutputFields?: string[] }).sensitiveOutputFields;
		expect(sensitive).toEqual(expect.arrayContaining(['cookie', 'sessionUrl']));
	}
	for (const { type } of Object.values(loader.credentialTypes)) await expectIcons(type.iconUrl);
});

/** n8n serves the icons under the name of the package. */
async function expectIcons(urls: unknown): Promise<void> {
	const { light, dark } = urls as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const url of [light, dark]) {
		const file = url.replace('icons/n8n-nodes-cpanel-session/', '');
		expect(await readFile(join(unpacked, file), 'utf8')).toContain('<svg');
	}
}

test('n8n’s scanner has nothing against the sources nor against the package', async () => {
	// under jest's NODE_ENV n8n's rules take every file for a test of their own
	const env = { ...process.env, NODE_ENV: undefined };
	const { stdout } = await run(process.execPath, [join(__dirname, 'scan.mjs'), ROOT, unpacked], {
		cwd: ROOT,
		env,
	});
	const last = stdout.trim().split('\n').at(-1) ?? '';
	expect(JSON.parse(last)).toEqual({ source: { passed: true }, package: { passed: true } });
}, 120_000);
