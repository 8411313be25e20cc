import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..');
const BUILD = [join(ROOT, 'gulpfile.js')];
const DEMO = [require.resolve('tsx/cli'), join(ROOT, 'test', 'demo', 'demo.ts')];
/** A suite of every project that runs n8n's engine: its nodes ask for secrets of the instance. */
const ENGINES = [
	require.resolve('jest/bin/jest'),
	...['--runInBand', '--silent', '--coverage=false'],
	...['--selectProjects', 'sources in n8n-core 2.8.1', 'build in n8n-core 2.41.1'],
	...['--testPathPattern', 'test/workflow/(pages|built/smoke)'],
];

let folder: string;
let home: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'home-'));
	home = join(folder, 'home');
	// programs that leave an empty home alone may well use what is there
	await mkdir(join(home, '.cache'), { recursive: true });
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test.each([
	['the build', BUILD],
	['the demo', DEMO],
	['the tests in n8n’s engines', ENGINES],
])(
	'%s: leaves the home folder of the user alone',
	async (_, program) => {
		const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, USERPROFILE: home };
		// other tests use what is built already
		env['DIST'] = join(folder, 'dist');
		for (const name of Object.keys(env)) {
			// what would lead elsewhere than to the home folder, and jest's own, under which n8n knows of a test
			if (/^(N8N_|XDG_|NODE_ENV$|JEST_)/.test(name)) delete env[name];
		}
		await promisify(execFile)(process.execPath, program, { cwd: ROOT, env });
		expect(await readdir(home, { recursive: true })).toEqual(['.cache']);
	},
	300_000,
);
