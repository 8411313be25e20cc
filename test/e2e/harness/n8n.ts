import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LINK_TRIGGER } from './accessLinks';
import { Database } from './database';
import { finishedExecution, readExecutions, type Execution } from './executions';
import { freePort } from './network';
import type { PreparedN8n } from './prepare';
import { prepared } from './prepared';
import { Rest } from './rest';
import { startProcess, type RunningProcess } from './runningProcess';
import { waitFor } from './wait';
import { fillIn, type Filling, type StoredCredential, type WorkflowFile } from './workflowFile';

const START_TIMEOUT = 120_000;
const REGISTER_TIMEOUT = 30_000;

const OWNER = { email: 'owner@example.com', password: 'Owner-Passw0rd' } as const;

/** The triggers that are started by hand or by a webhook, of which they have so many. */
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
const WEBHOOKS: Record<string, number> = {
	'n8n-nodes-base.webhook': 1,
	'n8n-nodes-base.formTrigger': 2,
	// a link is looked at by GET and HEAD, and opened by POST
	[LINK_TRIGGER]: 3,
};

declare global {
	// set for each project of the tests
	var INSTALLATION: 'as by n8n itself' | 'without undici';
}

/** Which n8n is started, and how the package gets into it. */
export interface N8nSource {
	n8n: PreparedN8n;
	/**
	 * Puts the package where n8n looks for community packages.
	 *
	 * @param modules the folder `node_modules` of these packages, which is not there yet
	 */
	install(modules: string): Promise<void>;
}

/** How an n8n differs from a fresh one. */
export interface N8nOptions {
	/** That of this run of the tests unless given. */
	source?: N8nSource;
	/** Is given what n8n writes to its log, as it writes it. */
	onOutput?: (text: string) => void;
	/** More environment variables. */
	env?: Record<string, string>;
	/** Its database; a file of SQLite unless given. It is closed with n8n. */
	database?: Database;
}

/** A workflow in n8n. */
export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
}

/** A process of n8n with the package installed. */
export interface N8nProcess extends RunningProcess {
	/** For instance `n8n 2.8.4 worker`. */
	readonly name: string;
	/** Where its `.n8n` is. */
	readonly folder: string;
}

/** An n8n with the package installed and its owner signed in. */
export interface RunningN8n {
	readonly version: string;
	/** For instance `http://127.0.0.1:12345`. */
	readonly origin: string;
	/** Where its `.n8n` is. */
	readonly folder: string;
	readonly owner: { readonly email: string; readonly password: string };
	/** Of the owner's session, for a `Cookie` header or a browser. */
	readonly cookie: string;
	/** What n8n's editor uses. */
	readonly rest: Rest;
	/** n8n's database. */
	readonly database: Database;
	/** Stores a credential. */
	createCredential(
		type: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential>;
	/** Stores a workflow as a user does who imports it and fills in what is theirs. */
	importWorkflow(workflow: WorkflowFile, filling?: Filling): Promise<Workflow>;
	/** Activates a workflow, and waits until its webhooks are served. */
	activate(workflow: Workflow): Promise<void>;
	/** Starts a workflow at its manual trigger, and tells the id of the execution. */
	start(workflow: Workflow): Promise<string>;
	/** Runs a workflow from its manual trigger to its end. */
	run(workflow: Workflow): Promise<Execution>;
	/** The stored executions, in the order in which they began. */
	executions(): Promise<Execution[]>;
	/** Everything n8n has written to its log. */
	log(): string;
	/** Ends n8n and removes its folder. */
	stop(): Promise<void>;
}

/** Starts the n8n of this run on loopback, with a folder of its own. */
export async function startN8n(options: N8nOptions = {}): Promise<RunningN8n> {
	const { source = ofThisRun(), onOutput } = options;
	const { n8n } = source;
	const folder = await mkdtemp(join(tmpdir(), 'e2e-n8n-'));
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const env = { N8N_PORT: String(port), ...options.env };
	const running = await startN8nProcess(['start'], folder, env, { source, onOutput });
	const database =
		options.database ?? new Database(n8n, { sqlite: join(folder, '.n8n/database.sqlite') });
	const stop = async () => {
		await Promise.all([running.stop(), database.close()]);
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};

	const rest = new Rest(origin);
	try {
		await untilReady(running, `${origin}/rest/settings`);
		await rest.send('POST', '/owner/setup', { ...OWNER, firstName: 'Olga', lastName: 'Owner' });
	} catch (error) {
		process.stderr.write(`${running.log()}\n`);
		await stop();
		throw error;
	}

	const start = async (workflow: Workflow) => {
		const trigger = workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER);
		if (!trigger) throw new Error(`“${workflow.name}” has no manual trigger.`);
		const { executionId } = await rest.send<{ executionId: string }>(
			'POST',
			`/workflows/${workflow.id}/run`,
			{ workflowData: workflow, triggerToStartFrom: { name: trigger.name } },
		);
		return executionId;
	};

	return {
		version: n8n.version,
		origin,
		folder,
		owner: OWNER,
		cookie: rest.cookie,
		rest,
		database,
		async createCredential(type, name, data) {
			return await rest.send('POST', '/credentials', { type, name, data });
		},
		async importWorkflow(workflow, filling = {}) {
			return await rest.send('POST', '/workflows', { ...fillIn(workflow, filling), active: false });
		},
		async activate(workflow) {
			await activate(rest, workflow);
			const counts = workflow.nodes.map(({ type }) => WEBHOOKS[type] ?? 0);
			const count = counts.reduce((sum, each) => sum + each, 0);
			await untilWebhooksServed(database, workflow.id, count);
		},
		start,
		run: async (workflow) => await finishedExecution(database, await start(workflow)),
		executions: async () => await readExecutions(database),
		log: () => running.log(),
		stop,
	};
}

/**
 * Starts a process of n8n, with the package installed in a folder of its own.
 *
 * @param args the command of n8n and its options
 * @param folder an empty folder
 * @param env more environment variables
 */
export async function startN8nProcess(
	args: [command: string, ...options: string[]],
	folder: string,
	env: Record<string, string>,
	{ source = ofThisRun(), onOutput }: Pick<N8nOptions, 'source' | 'onOutput'> = {},
): Promise<N8nProcess> {
	const { n8n } = source;
	await source.install(join(folder, '.n8n/nodes/node_modules'));
	const name = `n8n ${n8n.version} ${args[0]}`;
	const program = join(n8n.folder, 'node_modules/n8n/bin/n8n');
	const running = startProcess(n8n.node, [program, ...args], {
		name,
		cwd: folder,
		env: { ...environment(folder, await freePort()), ...env },
		onOutput,
	});
	return { ...running, name, folder };
}

/** What was prepared for the tests. */
function ofThisRun(): N8nSource {
	const { n8n, modules } = prepared();
	return { n8n, install: async (target) => await installInto(target, modules) };
}

/** Installs the package in the way that the project of the test names. */
async function installInto(modules: string, installed: string): Promise<void> {
	await cp(installed, modules, { recursive: true });
	if (globalThis.INSTALLATION !== 'without undici') return;
	// as in the Docker image of n8n: this one is found before n8n's own, and cannot be loaded
	await mkdir(join(modules, 'undici'));
	await writeFile(join(modules, 'undici/package.json'), JSON.stringify({ main: 'missing.js' }));
}

function environment(folder: string, brokerPort: number): Record<string, string> {
	return {
		PATH: process.env['PATH'] ?? '',
		HOME: folder,
		TZ: 'UTC',
		N8N_USER_FOLDER: folder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// a browser gets the cookie although there is no TLS
		N8N_SECURE_COOKIE: 'false',
		// nothing leaves this machine
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
	};
}

/**
 * Waits until a process of n8n answers.
 *
 * @param url answered with JSON as soon as it is ready
 */
export async function untilReady(running: RunningProcess, url: string): Promise<void> {
	await waitFor('the start of n8n', START_TIMEOUT, async () => {
		if (running.ended()) return true;
		const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
		const isJson = response.headers.get('content-type')?.includes('json') === true;
		await response.arrayBuffer();
		return (response.ok && isJson) || undefined;
	});
	if (running.ended()) throw new Error('n8n ended while it started.');
}

async function activate(rest: Rest, workflow: Workflow): Promise<void> {
	const { id, versionId } = workflow;
	await rest.send('POST', `/workflows/${id}/activate`, { versionId });
}

/** n8n answers before the webhooks are there. */
async function untilWebhooksServed(
	database: Database,
	workflowId: string,
	count: number,
): Promise<void> {
	await waitFor(`${count} webhooks of workflow ${workflowId}`, REGISTER_TIMEOUT, async () => {
		const rows = await database.query(
			'SELECT "webhookPath" FROM webhook_entity WHERE "workflowId" = $1',
			workflowId,
		);
		return rows.length >= count || undefined;
	});
}
