import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { MIN_SECRET_LENGTH } from '../nodes/shared/accessLink/keys';

/** Signs access links where they are made, and checks them where they are opened. Its test is in the trigger. */
export class CpanelAccessLinkApi implements ICredentialType {
	name = 'cpanelAccessLinkApi';

	displayName = 'cPanel Access Link API';

	icon: Icon = {
		light: 'file:../nodes/CpanelWebmailLogin/cpanelWebmailLogin.svg',
		dark: 'file:../nodes/CpanelWebmailLogin/cpanelWebmailLogin.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-cpanel-session/n8n-nodes-cpanel-session/blob/main/docs/access-links.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://n8n.example.com/webhook/…',
			description:
				'The Production URL of the cPanel Webmail Login Trigger, as its panel shows it. Links lead there.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: `What links are signed with: at least ${MIN_SECRET_LENGTH} characters, as a password manager makes them. Whoever has it can make a link to every mailbox that the trigger opens. A new one takes back all links.`,
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The one before, if its links are to go on working until they expire. It signs no new ones.',
		},
	];
}
