import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');
const NAME = 'n8n-nodes-cpanel-session';

/** The folder of n8n’s user. */
let folder: string;
let nodes: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-user-'));
	nodes = join(folder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({ private: true, dependencies: { [NAME]: '0.1.0' } }),
	);
	await installByN8n();
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** What n8n does when a package is installed or updated: its folder is replaced, without what it only wants beside it. */
async function installByN8n(): Promise<void> {
	const target = join(nodes, 'node_modules', NAME);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await cp(join(ROOT, 'dist'), join(target, 'dist'), { recursive: true });
	const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as object;
	const { devDependencies, peerDependencies, ...rest } = manifest as Record<string, unknown>;
	expect([devDependencies, peerDependencies]).not.toContain(undefined);
	await writeFile(join(target, 'package.json'), JSON.stringify(rest));
}

/** What `npm install undici --prefix ~/.n8n` leaves behind, from the copy that is here. */
async function addUndici(): Promise<void> {
	const source = dirname(require.resolve('undici/package.json'));
	const target = join(folder, '.n8n', 'node_modules', 'undici');
	await cp(source, target, { recursive: true });
}

/** Asks the package, for each line, why it does not keep connections: it has nothing to reach. */
const PROGRAM = `
	const { openTransport } = require(process.argv[1]);
	const yes = { ok: true, result: undefined };
	const helpers = {
		httpRequest: async () => { throw new Error('nothing is there'); },
		getSecureEgressFilter: () => ({
			validateUrl: async () => yes,
			validateConnectionHost: () => yes,
			createSecureLookup: () => undefined,
		}),
	};
	async function tell() {
		const options = { allowUnauthorizedCerts: true, keepConnections: true };
		const transport = openTransport(helpers, options);
		await transport.send({ method: 'GET', url: 'https://127.0.0.1:1/', timeout: 5000 }).catch(() => {});
		await transport.close();
		console.log(transport.notKept === 'noUndici' ? 'missing' : 'found');
	}
	require('node:readline').createInterface(process.stdin).on('line', tell);
`;

/** An n8n that runs on, and is asked for undici now and then. */
function startAsking() {
	const module = join(nodes, 'node_modules', NAME, 'dist/nodes/shared/http/openTransport.js');
	const child = spawn(process.execPath, ['-e', PROGRAM, module], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: {},
	});
	const lines = createInterface(child.stdout);
	return {
		async undici(): Promise<string> {
			child.stdin.write('\n');
			const [answer] = (await once(lines, 'line')) as [string];
			return answer;
		},
		async stop(): Promise<void> {
			child.stdin.end();
			await once(child, 'exit');
		},
	};
}

test('undici beside n8n’s folder for nodes is found without a restart, and outlasts an update', async () => {
	const n8n = startAsking();
	expect(await n8n.undici()).toBe('missing');
	await addUndici();
	expect(await n8n.undici()).toBe('found');
	await n8n.stop();

	await installByN8n();
	// as n8n runs it in the folder of each package
	await promisify(execFile)(
		'npm',
		['install', '--offline', '--audit=false', '--fund=false', '--package-lock=false'],
		{ cwd: join(nodes, 'node_modules', NAME), shell: process.platform === 'win32' },
	);
	const restarted = startAsking();
	expect(await restarted.undici()).toBe('found');
	await restarted.stop();
});
