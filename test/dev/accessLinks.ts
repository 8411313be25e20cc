import { workflowOf } from '../e2e/harness/steps';
import type { WorkflowFile } from '../e2e/harness/workflowFile';

/** Where access links lead to, below the address of n8n. */
export const ACCESS_LINK_PATH = 'open-my-mailbox';

const MAILS = workflowOf(
	'Access links',
	[
		{
			name: 'cPanel Webmail Login',
			type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
			credentials: { cpanelAccessLinkApi: { id: null, name: '' } },
			parameters: { operation: 'createAccessLink', mailbox: '={{ $json.mailbox }}' },
		},
		{
			name: 'Send Email',
			type: 'n8n-nodes-base.emailSend',
			typeVersion: 2.1,
			credentials: { smtp: { id: null, name: '' } },
			parameters: {
				fromEmail: 'welcome@example.com',
				toEmail: "={{ $('Items').item.json.contact }}",
				subject: '=A link to {{ $json.email }}',
				emailFormat: 'text',
				text: '={{ $json.url }}',
				options: { appendAttribution: false },
			},
		},
	],
	[
		{ mailbox: 'anna@example.com', contact: 'anna@home.example' },
		{ mailbox: 'ben@example.com', contact: 'ben@home.example' },
		{ mailbox: 'nobody@example.com', contact: 'nobody@home.example' },
	],
);

/** Mails links that last when it is started, and lets in whoever clicks one. The last of them leads nowhere. */
export const ACCESS_LINKS: WorkflowFile = {
	...MAILS,
	nodes: [
		...MAILS.nodes,
		{
			id: 'trigger',
			name: 'cPanel Webmail Login Trigger',
			type: 'n8n-nodes-cpanel-session.cpanelWebmailLoginTrigger',
			typeVersion: 1,
			// the editor gives one to a trigger; without it n8n 2.8 puts the names of workflow and node before the path
			webhookId: '0f4f2c5e-6a8c-4c0e-9d55-3f1f5f9f7a10',
			position: [0, 220],
			credentials: {
				cpanelApi: { id: null, name: '' },
				cpanelAccessLinkApi: { id: null, name: '' },
			},
			parameters: { path: ACCESS_LINK_PATH },
		},
	],
};
