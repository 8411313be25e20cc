import { readdirSync } from 'node:fs';

import type { Cpsrvd } from '../cpsrvd';
import { createAccessLinkCredential, servesLinks } from '../e2e/harness/accessLinks';
import type { RunningN8n, Workflow } from '../e2e/harness/n8n';
import { EXAMPLES, exampleWorkflow, type StoredCredential } from '../e2e/harness/workflowFile';
import { ACCESS_LINKS } from './accessLinks';
import { TROUBLES } from './troubles';

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
const LINK_SECRET = 'for trying things only, and long enough';
const BY_HAND = 'n8n-nodes-base.manualTrigger';

/**
 * Puts every example of the folder `workflows/` into n8n, with everything filled in, one that mails access
 * links and serves them, and those in which everything goes wrong.
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
	for (const workflow of [...files.map(exampleWorkflow), ACCESS_LINKS, ...TROUBLES]) {
		const text = JSON.stringify(workflow.nodes);
		const replacements = Object.fromEntries(
			Object.entries(placeholders).filter(([placeholder]) => text.includes(placeholder)),
		);
		// the links of an example lead to its own trigger
		const links =
			servesLinks(workflow) && workflow !== ACCESS_LINKS
				? [await createAccessLinkCredential(n8n, workflow, n8n.origin, LINK_SECRET)]
				: [];
		const imported = await n8n.importWorkflow(workflow, {
			credentials: [...links, ...credentials],
			replacements,
		});
		const active = imported.nodes.some(({ type }) => type !== BY_HAND && CALLED.test(type));
		if (active) await n8n.activate(imported);
		workflows.push({ workflow: imported, url: `${n8n.origin}/workflow/${imported.id}`, active });
	}
	return workflows;
}
