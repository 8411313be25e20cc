import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Cpsrvd } from '../../cpsrvd';
import { storeCredentials } from '../../dev/credentials';
import { startStandIn } from '../../dev/standIn';
import { importWorkflows, type DevWorkflow } from '../../dev/workflows';
import type { Execution } from '../harness/executions';
import { linkIn, startMailServer, type MailServer } from '../harness/mailServer';
import { startN8n, type RunningN8n } from '../harness/n8n';
import { workflowOf, type Step } from '../harness/steps';
import { Visitor } from '../harness/visitor';
import { EXAMPLES, exampleWorkflow, type StoredCredential } from '../harness/workflowFile';

const MAY_NOT_LIST = 'Trouble: may not list';

/** Opens a session for a mailbox of `alice`, whoever asks. */
const SESSION: Step = {
	type: 'n8n-nodes-cpanel-session.cpanelSession',
	credentials: { cpanelApi: { id: null, name: '' } },
	parameters: {
		domain: { __rl: true, mode: 'name', value: 'example.com' },
		login: { __rl: true, mode: 'name', value: 'anna' },
	},
};

/** What “npm run dev” puts into n8n. */
describe('the n8n of a developer', () => {
	let folder: string;
	let server: Cpsrvd;
	let mails: MailServer;
	let n8n: RunningN8n;
	let credentials: StoredCredential[];
	let workflows: DevWorkflow[];

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'e2e-dev-world-'));
		server = await startStandIn();
		mails = await startMailServer();
		const authority = join(folder, 'cpsrvd.pem');
		await writeFile(authority, server.certificate);
		n8n = await startN8n({ env: { NODE_EXTRA_CA_CERTS: authority } });
		credentials = await storeCredentials(n8n, server, mails.credential);
		workflows = await importWorkflows(n8n, server, credentials);
	});
	afterAll(async () => {
		await n8n?.stop();
		await mails?.stop();
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** Presses the Test button of the credentials of a type. */
	async function verdicts(type: string): Promise<Record<string, string>> {
		const entries: Record<string, string> = {};
		for (const { id, name } of credentials.filter((credential) => credential.type === type)) {
			const { data } = await n8n.rest.send<{ data: object }>(
				'GET',
				`/credentials/${id}?includeData=true`,
			);
			const { status } = await n8n.rest.send<{ status: string }>('POST', '/credentials/test', {
				credentials: { id, name, type, data },
			});
			entries[name] = status;
		}
		return entries;
	}

	async function run(name: string): Promise<Execution> {
		const found = workflows.find(({ workflow }) => workflow.name === name);
		if (!found) throw new Error(`There is no workflow “${name}”.`);
		return await n8n.run(found.workflow);
	}

	it('has every example, and those that wait to be called are active', () => {
		const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
		expect(workflows.map(({ workflow }) => workflow.name)).toEqual(
			expect.arrayContaining(files.map((file) => exampleWorkflow(file).name)),
		);
		for (const { workflow, active } of workflows) {
			const waits = workflow.nodes.some(({ type }) =>
				/webhook$|formTrigger$|LoginTrigger$/.test(type),
			);
			expect([workflow.name, active]).toEqual([workflow.name, waits]);
		}
	});

	it('has credentials that work', async () => {
		const { [MAY_NOT_LIST]: mayNotList, ...cpanel } = await verdicts('cpanelApi');
		const right = Object.entries(cpanel).filter(([name]) => !name.startsWith('Trouble'));
		expect(right).toHaveLength(4);
		for (const entry of right) expect(entry).toEqual([entry[0], 'OK']);
		// whoever may not list may sign in all the same
		expect(mayNotList).toBe('OK');
		expect(await verdicts('cpanelWhmApi')).toEqual({
			'cPanel WHM account': 'OK',
			'WHM, root': 'OK',
		});
	});

	it('has credentials that are there for their trouble', async () => {
		const troubled = credentials.filter(
			({ name }) => name.startsWith('Trouble') && name !== MAY_NOT_LIST,
		);
		const errors: Array<string | undefined> = [];
		for (const credential of troubled) {
			const workflow = workflowOf(credential.name, [SESSION], [{}]);
			const imported = await n8n.importWorkflow(workflow, { credentials: [credential] });
			const { status, error } = await n8n.run(imported);
			expect([credential.name, status]).toEqual([credential.name, 'error']);
			errors.push(error);
		}
		expect(errors).toHaveLength(3);
		expect(new Set(errors).size).toBe(errors.length);
	});

	it('runs every example that is started by hand', async () => {
		const byHand = workflows.filter(
			({ workflow }) =>
				!workflow.name.startsWith('Trouble') &&
				workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.manualTrigger'),
		);
		for (const { workflow } of byHand) {
			expect([workflow.name, await n8n.run(workflow)]).toMatchObject([
				workflow.name,
				{ status: 'success', error: undefined },
			]);
		}
		expect(mails.mails.length).toBeGreaterThan(0);
	});

	it('mails links that last, and lets in whoever clicks them', async () => {
		const visitor = new Visitor('127.0.0.1', server.certificate);
		await run('Access links');
		const [toAnna, , toNobody] = mails.mails.slice(-3);
		const titles: string[] = [];
		for (const mail of [toAnna, toNobody, toAnna]) {
			const page = await visitor.open(linkIn(mail));
			expect(page.status).toBe(200);
			const { status, title } = await visitor.submit(page);
			titles.push(`${status} ${title}`);
		}
		await visitor.leave();
		const anna = '200 Webmail - anna@example.com';
		expect(titles).toEqual([anna, expect.stringMatching(/^500 /), anna]);

		const links = credentials.filter(({ type }) => type === 'cpanelAccessLinkApi');
		expect(links).toHaveLength(1);
		expect(await verdicts('cpanelAccessLinkApi')).toEqual({ [links[0]?.name ?? '']: 'OK' });
	});

	it.each([
		['mailboxes', ['anna@example.com']],
		['accounts of a reseller', ['anna@example.com', 'felix@felix.example']],
	])('shows the trouble with %s, item by item', async (what, right) => {
		const execution = await run(`Trouble: ${what}`);
		expect(execution.status).toBe('success');
		const items = execution.json('cPanel Session');
		const sessions = items.filter(({ session }) => typeof session === 'string');
		expect(sessions.map(({ email }) => email)).toEqual(right);
		const errors = items.slice(right.length).map(({ error }) => error);
		expect(new Set(errors).size).toBe(errors.length);
		expect(errors.length).toBeGreaterThan(1);
		for (const error of errors) expect(error).toEqual(expect.any(String));
	});
});
