import { readdirSync } from 'node:fs';

import { SEED, type Cpsrvd } from '../cpsrvd';
import type { RunningN8n, Workflow } from '../e2e/harness/n8n';
import { workflowOf } from '../e2e/harness/steps';
import {
	EXAMPLES,
	exampleWorkflow,
	type StoredCredential,
	type WorkflowFile,
} from '../e2e/harness/workflowFile';

/** A workflow of a developer's n8n. */
export interface DevWorkflow {
	workflow: Workflow;
	/** Where the editor shows it. */
	url: string;
	/** Whether it waits for somebody to call it. */
	active: boolean;
}

/** What starts a workflow from outside; such a workflow is activated. */
const CALLED = /\.(webhook|formTrigger)$|Trigger$/;
const BY_HAND = 'n8n-nodes-base.manualTrigger';

/**
 * Puts every example of the folder `workflows/` into n8n, with everything filled in, and a workflow in which
 * everything goes wrong.
 *
 * @param credentials the first one of a type is chosen where a node asks for that type
 */
export async function importWorkflows(
	n8n: RunningN8n,
	server: Cpsrvd,
	credentials: StoredCredential[],
): Promise<DevWorkflow[]> {
	const placeholders = {
		'https://n8n.example.com': n8n.origin,
		'https://server.example.com:2087': server.whmOrigin,
	};
	const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
	const workflows: DevWorkflow[] = [];
	for (const workflow of [...files.map(exampleWorkflow), ...TROUBLES]) {
		const text = JSON.stringify(workflow.nodes);
		const replacements = Object.fromEntries(
			Object.entries(placeholders).filter(([placeholder]) => text.includes(placeholder)),
		);
		const imported = await n8n.importWorkflow(workflow, { credentials, replacements });
		const active = imported.nodes.some(({ type }) => type !== BY_HAND && CALLED.test(type));
		if (active) await n8n.activate(imported);
		workflows.push({ workflow: imported, url: `${n8n.origin}/workflow/${imported.id}`, active });
	}
	return workflows;
}

const { mailboxes } = SEED.alice;

/** The first item of each is right, so that a node can be seen to go on. */
const TROUBLES: WorkflowFile[] = [
	workflowOf(
		'Trouble: mailboxes',
		[
			{
				name: 'cPanel Session',
				type: 'n8n-nodes-cpanel-session.cpanelSession',
				onError: 'continueRegularOutput',
				credentials: { cpanelApi: { id: null, name: '' } },
				parameters: {
					operation: 'createWebmailSessionForMailUserCheckPassword',
					domain: { __rl: true, mode: 'name', value: '' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
					password: '={{ $json.password }}',
				},
			},
		],
		[
			{ mailbox: 'anna@example.com', password: mailboxes['anna@example.com'].password },
			{ mailbox: 'dora@example.com', password: mailboxes['dora@example.com'].password },
			{ mailbox: 'nobody@example.com', password: 'whatever' },
			{ mailbox: 'rob@example.org', password: SEED.bob.mailboxes['rob@example.org'].password },
			{ mailbox: 'no address at all', password: 'whatever' },
		],
	),
	workflowOf(
		'Trouble: accounts of a reseller',
		[
			{
				name: 'cPanel Session',
				type: 'n8n-nodes-cpanel-session.cpanelSession',
				onError: 'continueRegularOutput',
				credentials: { cpanelWhmApi: { id: null, name: '' } },
				parameters: {
					authentication: 'whm',
					operation: 'createWebmailSessionForMailUser',
					account: { __rl: true, mode: 'name', value: '' },
					domain: { __rl: true, mode: 'name', value: '' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
				},
			},
		],
		[
			{ mailbox: 'anna@example.com' },
			{ mailbox: 'felix@felix.example' },
			{ mailbox: 'rob@example.org' },
			{ mailbox: 'anna@nowhere.example' },
		],
	),
];
