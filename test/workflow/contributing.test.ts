import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { INodeType } from 'n8n-workflow';

import { useCpsrvd } from './harness/cpanel';
import { EVERY_WAY, runChainBy } from './harness/ways';
import { PACKAGE_ROOT, loadPackage } from '../engine/nodeTypes';
import type { LoadedPackage } from '../engine/nodeTypes';

/** Inside the project, so that the copy finds n8n-workflow as the sources do. */
const CACHE = join(PACKAGE_ROOT, 'node_modules', '.cache');
const TYPES = join(PACKAGE_ROOT, 'node_modules', '@types');

const cpsrvd = useCpsrvd();

let folder: string;
let withOperation: LoadedPackage;

beforeAll(async () => {
	await mkdir(CACHE, { recursive: true });
	folder = await mkdtemp(join(CACHE, 'contributing-'));
	await addOperation(await codeBlocks());
	await compile();
	const file = join(folder, 'built/CpanelSession/CpanelSession.node.js');
	const { CpanelSession } = createRequire(file)(file) as { CpanelSession: new () => INodeType };
	const { nodes, credentials } = await loadPackage();
	withOperation = {
		nodes: new Map([...nodes, ['cpanelSession', new CpanelSession()]]),
		credentials,
	};
}, 120_000);
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function readGuide(): Promise<string> {
	return await readFile(join(PACKAGE_ROOT, 'CONTRIBUTING.md'), 'utf8');
}

/** The worked example: the operation's file, the line that its index gets, its test and its row in the smoke test. */
async function codeBlocks(): Promise<{ file: string; line: string }> {
	const blocks = (await readGuide()).matchAll(/ {3}```ts\n([\s\S]+?) {3}```/g);
	const [file = '', line = '', ...more] = [...blocks].map(([, code = '']) =>
		code.replace(/^ {3}/gm, ''),
	);
	expect(more).toEqual([
		expect.stringMatching(/^test\.each/),
		expect.stringMatching(/^getManyLocales/),
	]);
	return { file, line };
}

async function addOperation({ file, line }: { file: string; line: string }): Promise<void> {
	await cp(join(PACKAGE_ROOT, 'nodes'), join(folder, 'nodes'), { recursive: true });
	const operations = join(folder, 'nodes/CpanelSession/operations');
	await writeFile(join(operations, 'getManyLocales.ts'), file);
	const index = await readFile(join(operations, 'index.ts'), 'utf8');
	await writeFile(
		join(operations, 'index.ts'),
		line + index.replace(/( = \[)/, '$1\n\tgetManyLocales,'),
	);
}

/** Compiles the copy as strictly as the package is. */
async function compile(): Promise<void> {
	const project = {
		extends: join(PACKAGE_ROOT, 'tsconfig.json'),
		compilerOptions: { rootDir: 'nodes', outDir: 'built', typeRoots: [TYPES] },
		include: ['nodes'],
		exclude: [],
	};
	await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
	const compiler = require.resolve('typescript/bin/tsc');
	const findings = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).then(
		() => '',
		({ stdout }: { stdout: string }) => stdout,
	);
	expect(findings).toBe('');
}

test.each(EVERY_WAY)('the operation of CONTRIBUTING.md works with %s', async (_name, way) => {
	const run = async (direction: string) =>
		await runChainBy(way, cpsrvd(), {
			items: [{}, {}],
			nodesFrom: withOperation,
			steps: [{ type: 'cpanelSession', parameters: { operation: 'getManyLocales', direction } }],
		});

	const all = await run('any');
	expect(all.thrown).toEqual([]);
	const items = all.output(0) ?? [];
	const half = items.length / 2;
	expect(half).toBeGreaterThan(1);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map((_, index) => ({ item: index < half ? 0 : 1 })),
	);
	expect(items[0]?.json).toEqual({
		locale: expect.any(String),
		name: expect.any(String),
		direction: expect.stringMatching(/^(ltr|rtl)$/),
	});

	const some = (await run('rtl')).output(0) ?? [];
	expect(some).toEqual(items.filter(({ json }) => json.direction === 'rtl'));
});

test('the form shows the fields of the operation, and its entry comes first', () => {
	const properties = withOperation.nodes.get('cpanelSession')?.description.properties ?? [];
	const own = properties.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes('getManyLocales'),
	);
	expect(own.map(({ name }) => name)).toEqual(['account', 'direction', 'options']);
	expect(properties.find(({ name }) => name === 'operation')?.options?.[0]).toMatchObject({
		value: 'getManyLocales',
	});
});

test('CONTRIBUTING.md names files that are there, and what it names in them', async () => {
	const guide = await readGuide();
	const files = [...guide.matchAll(/`((?:test|docs|nodes)\/[\w./-]+\.(?:ts|md))`/g)].map(
		([, file = '']) => file,
	);
	const ownFile = 'nodes/CpanelSession/operations/getManyLocales.ts';
	const texts = await Promise.all(
		files
			.filter((file) => file !== ownFile)
			.map(async (file) => [file, await readFile(join(PACKAGE_ROOT, file), 'utf8')] as const),
	);
	const textOf = Object.fromEntries(texts);
	for (const [file, name] of [
		['test/cpsrvd/uapi-account.ts', 'localeModule'],
		['test/cpsrvd/execute.ts', 'MODULES'],
		['test/cpsrvd/execute.ts', 'FOR_MAILBOXES'],
		['test/unit/form.test.ts', 'known'],
		['test/unit/anyInput/fields.ts', 'RIGHT'],
		['test/workflow/built/smoke.test.ts', 'operations'],
	] as const) {
		expect(guide).toContain(`\`${name}\``);
		expect(textOf[file]).toContain(`const ${name}`);
	}
});
