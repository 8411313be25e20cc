import type { INode } from 'n8n-workflow';

import type { RunningN8n } from './n8n';
import type { StoredCredential, WorkflowFile } from './workflowFile';

/** The node that serves access links. */
export const LINK_TRIGGER = 'n8n-nodes-cpanel-session.cpanelWebmailLoginTrigger';

/** The trigger of a workflow that serves access links. */
export function triggerNode(workflow: WorkflowFile): INode {
	const trigger = findTrigger(workflow);
	if (trigger === undefined) throw new Error(`“${workflow.name}” serves no access links.`);
	return trigger;
}

/** Whether a workflow serves access links. */
export function servesLinks(workflow: WorkflowFile): boolean {
	return findTrigger(workflow) !== undefined;
}

function findTrigger({ nodes }: WorkflowFile): INode | undefined {
	return nodes.find(({ type }) => type === LINK_TRIGGER);
}

/**
 * Stores the credential for the access links of a workflow.
 *
 * @param origin where people reach n8n
 */
export async function createAccessLinkCredential(
	n8n: Pick<RunningN8n, 'createCredential'>,
	workflow: WorkflowFile,
	origin: string,
	secret: string,
): Promise<StoredCredential> {
	const { parameters, webhookId } = triggerNode(workflow);
	const path = (parameters['path'] as string) || webhookId;
	return await n8n.createCredential('cpanelAccessLinkApi', `Access links: ${workflow.name}`, {
		address: `${origin}/webhook/${path}`,
		secret,
	});
}
