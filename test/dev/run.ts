/*
 * A place to try things and to develop: n8n with this package, a stand-in for cPanel, and workflows that use
 * both, until Ctrl+C. An edit is in the editor within seconds. `npm run dev -- --n8n VERSION` takes another n8n.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readVersion } from '../e2e/harness/arguments';
import { linkIn, startMailServer } from '../e2e/harness/mailServer';
import { startN8n, type RunningN8n } from '../e2e/harness/n8n';
import { PACKAGE } from '../e2e/harness/packageInstall';
import { DEFAULT_N8N, prepareN8n } from '../e2e/harness/prepare';
import { storeCredentials } from './credentials';
import { startStandIn } from './standIn';
import { tellStandIn } from './tellStandIn';
import { aborted, whenStopped } from './untilStopped';
import { startWatchedBuild } from './watchedBuild';
import { importWorkflows, type DevWorkflow } from './workflows';

function say(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
	const stopped = whenStopped();
	/** What undoes what was done, in the order in which it was done. */
	const undoing: Array<() => Promise<void>> = [];
	try {
		await setUp(undoing, stopped);
		await aborted(stopped);
		say('', 'Ending …');
	} catch (error) {
		if (!stopped.aborted) throw error;
	} finally {
		for (const undo of undoing.reverse()) await undo();
	}
}

/** @throws when it is asked to stop before it is ready */
async function setUp(undoing: Array<() => Promise<void>>, stopped: AbortSignal): Promise<void> {
	const { version } = readVersion(process.argv.slice(2), DEFAULT_N8N);
	const prepared = await prepareN8n(version);
	stopped.throwIfAborted();

	const folder = await mkdtemp(join(tmpdir(), 'n8n-dev-'));
	undoing.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }));
	const server = await startStandIn();
	undoing.push(async () => await server.stop());
	const mails = await startMailServer((mail) => {
		say(`A mail: “${mail.subject}”, with the link ${linkIn(mail)}`);
	});
	undoing.push(async () => await mails.stop());

	say('Building …');
	const built = join(folder, PACKAGE);
	await mkdir(built);
	const build = await startWatchedBuild(built, (text) => process.stdout.write(text));
	undoing.push(async () => await build.stop());
	stopped.throwIfAborted();

	say(`Starting n8n ${version} …`);
	const authority = join(folder, 'cpsrvd.pem');
	await writeFile(authority, server.certificate);
	let isReady = false;
	const n8n = await startN8n({
		source: { n8n: prepared, install: async (modules) => await link(built, modules) },
		env: {
			NODE_EXTRA_CA_CERTS: authority,
			// n8n loads nodes again in development only
			NODE_ENV: 'development',
			N8N_DEV_RELOAD: 'true',
		},
		// what n8n says of its start is of no use to anybody
		onOutput: (text) => isReady && process.stdout.write(text),
	});
	undoing.push(async () => await n8n.stop());
	stopped.throwIfAborted();

	const credentials = await storeCredentials(n8n, server, mails.credential);
	const workflows = await importWorkflows(n8n, server, credentials);
	say('', ...tellN8n(n8n, workflows), '', ...tellStandIn(server), '');
	say('Mails that n8n sends are told of here, and so is what it writes to its log.');
	say(
		'An edit in nodes/ or credentials/ is in the editor within seconds. Ctrl+C ends everything.',
		'',
	);
	isReady = true;
}

/** Puts a link to the built package where n8n looks for community packages. */
async function link(built: string, modules: string): Promise<void> {
	await mkdir(modules, { recursive: true });
	await symlink(built, join(modules, PACKAGE), 'junction');
}

function tellN8n({ origin, owner, version }: RunningN8n, workflows: DevWorkflow[]): string[] {
	return [
		`n8n ${version} is at ${origin}`,
		`  user      ${owner.email}`,
		`  password  ${owner.password}`,
		'',
		'Workflows',
		...workflows.map(
			({ workflow, url, active }) => `  ${url}  ${workflow.name}${active ? ' (active)' : ''}`,
		),
	];
}

// whoever read what is written here may be gone
process.stdout.on('error', () => {});
// whatever happens, no process stays behind
globalThis.attendants = new Set();
process.once('exit', () => {
	for (const attendant of globalThis.attendants ?? []) attendant.kill();
});

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
