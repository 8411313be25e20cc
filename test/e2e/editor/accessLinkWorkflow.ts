import type { INode } from 'n8n-workflow';

import { inARow, type Step } from '../harness/steps';
import type { WorkflowFile } from '../harness/workflowFile';

/** What the documents show: a list of people, a link for each of them, and a mail that brings it. */
export const PEOPLE = 'People';
export const LINK = 'cPanel Webmail Login';
export const MAIL = 'Send Email';

const START = 'Start';

const NODES: Array<Step & Pick<INode, 'name'>> = [
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
	return { ...inARow('Access links', NODES), settings: {} };
}
