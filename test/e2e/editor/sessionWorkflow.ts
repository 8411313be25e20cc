import { NodeConnectionTypes, type INode } from 'n8n-workflow';

import type { WorkflowFile } from '../harness/workflowFile';

const TRIGGER: INode = {
	id: 'b0a51f0e-91a4-4f0e-9a36-0f6c53f7a001',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const SESSION: INode = {
	id: 'b0a51f0e-91a4-4f0e-9a36-0f6c53f7a002',
	name: 'cPanel Session',
	type: 'n8n-nodes-cpanel-session.cpanelSession',
	typeVersion: 1,
	position: [220, 0],
	parameters: {},
};

/**
 * A workflow as it is when somebody has just added the cPanel Session node to a trigger.
 *
 * @param hasCredential whether a credential was chosen, too
 */
export function sessionWorkflow(hasCredential: boolean): WorkflowFile {
	const chosen = { credentials: { cpanelApi: { id: '', name: '' } } };
	return {
		name: 'Webmail',
		nodes: [TRIGGER, { ...SESSION, ...(hasCredential && chosen) }],
		connections: {
			[TRIGGER.name]: {
				[NodeConnectionTypes.Main]: [
					[{ node: SESSION.name, type: NodeConnectionTypes.Main, index: 0 }],
				],
			},
		},
		settings: {},
	};
}
