import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');

/** Runs a program of Node.js in the project and reads the JSON that it prints. */
async function printed<Result>(program: string, ...args: string[]): Promise<Result> {
	const run = promisify(execFile);
	const options = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 };
	const { stdout } = await run(process.execPath, [join(ROOT, program), ...args], options);
	return JSON.parse(stdout) as Result;
}

type Import = [file: string, specifier: string];

const UPWARDS: Import[] = [
	['nodes/shared/errors.ts', './cpanel/input/host'],
	['nodes/shared/http/readResponse.ts', '../cpanel/response/pages'],
	['nodes/shared/http/openTransport.ts', './kept/undiciTransport'],
	['nodes/shared/cpanel/input/host.ts', '../response/pages'],
	['nodes/shared/cpanel/response/pages.ts', '../api/send'],
	['nodes/shared/cpanel/response/pages.ts', '../../n8n/nodeErrors'],
	['nodes/shared/cpanel/api/send.ts', '../login/signIn'],
	['nodes/shared/cpanel/login/signIn.ts', '../functions/tempUser'],
	['nodes/shared/cpanel/functions/tempUser.ts', '../accounts'],
	['nodes/shared/cpanel/accounts/tokenAccount.ts', '../../n8n/batch/ItemPlan'],
	['nodes/shared/n8n/lockout/SignInGuard.ts', '../batch/ItemPlan'],
	['nodes/shared/n8n/accounts.ts', '../http/kept'],
	['nodes/shared/n8n/parameters.ts', '../../CpanelSession/fields'],
	['nodes/CpanelSession/fields.ts', '../CpanelWebmailLogin/fields'],
	['credentials/CpanelApi.credentials.ts', '../nodes/CpanelSession/fields'],
];

const DOWNWARDS: Import[] = [
	['nodes/shared/http/openTransport.ts', './kept'],
	['nodes/shared/cpanel/response/pages.ts', '../input/host'],
	['nodes/shared/cpanel/accounts/tokenAccount.ts', '../login/signIn'],
	['nodes/shared/n8n/accounts.ts', '../cpanel/accounts'],
	['nodes/CpanelSession/fields.ts', '../shared/n8n/description'],
];

/** What the lint rule says of files that have one of these imports in place of their own text. */
async function findings(imports: Import[]): Promise<string[][]> {
	const texts = imports.map(([file, specifier]) => ({
		file,
		code: `import type { Something } from '${specifier}';\n\nexport type Anything = Something;\n`,
	}));
	const found = await printed<Array<{ messages: string[]; isInForce: boolean }>>(
		'test/package/lintTexts.mjs',
		JSON.stringify(texts),
	);
	expect(found.map(({ isInForce }) => isInForce)).toEqual(imports.map(() => true));
	return found.map(({ messages }) => messages);
}

it('an import upwards is refused with the direction that is allowed', async () => {
	const found = await findings(UPWARDS);
	expect(found).toHaveLength(UPWARDS.length);
	for (const messages of found) {
		expect(messages).toEqual([
			expect.stringMatching(/import(s|ed as) .+The way is: errors, http → input/),
		]);
	}
	expect(await findings(DOWNWARDS)).toEqual(DOWNWARDS.map(() => []));
}, 120_000);

it('no file imports itself by way of others', async () => {
	const ours = ['--include-only', '^(nodes|credentials)/'];
	const options = ['--no-config', '--ts-pre-compilation-deps', '--output-type', 'json', ...ours];
	const { modules } = await printed<{
		modules: Array<{
			source: string;
			dependencies: Array<{ resolved: string; circular: boolean }>;
		}>;
	}>(
		'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
		...options,
		'nodes',
		'credentials',
	);
	const imports = modules.flatMap(({ source, dependencies }) =>
		dependencies.map((dependency) => ({ ...dependency, source })),
	);
	expect(imports.length).toBeGreaterThan(100);
	const circular = imports.filter((dependency) => dependency.circular);
	expect(circular.map(({ source, resolved }) => `${source} → ${resolved}`)).toEqual([]);
}, 120_000);
