import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../harness/workflowFile';

/** What the documents show: a list of people, a link for each of them, and a mail that brings it. */
export const PEOPLE = 'People';
export const LINK = 'cPanel Webmail Login';
export const MAIL = 'Send Email';

const START = 'Start';

const NODES: Array<Pick<INode, 'name' | 'type'> & Partial<INode>> = [
	{ name: START, type: 'n8n-nodes-base.manualTrigger' },
	{
		name: PEOPLE,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify({ email: 'anna@example.com', contact: 'anna@home.example' }),
		},
	},
	{
		name: LINK,
		type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
		parameters: { operation: 'createAccessLink' },
		credentials: { cpanelAccessLinkApi: { id: null, name: '' } },
	},
	{
		name: MAIL,
		type: 'n8n-nodes-base.emailSend',
		typeVersion: 2.1,
		parameters: {
			fromEmail: 'welcome@example.com',
			toEmail: `={{ $('${PEOPLE}').item.json.contact }}`,
			subject: 'Your new mailbox',
			emailFormat: 'text',
			text: '={{ $json.url }}',
			options: {},
		},
		credentials: { smtp: { id: null, name: '' } },
	},
];

/** A workflow that mails an access link to each person of a list. */
export function accessLinkWorkflow(): WorkflowFile {
	const nodes = NODES.map((node, column) => ({
		id: node.name,
		typeVersion: 1,
		position: [column * 220, 0] as [number, number],
		parameters: {},
		...node,
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index]?.name ?? '',
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { name: 'Access links', nodes, connections, settings: {} };
}
