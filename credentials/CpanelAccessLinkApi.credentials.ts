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
				'The Production URL from the panel of the cPanel Webmail Login Trigger. Access links lead to it. Use one credential per trigger: every trigger with this credential opens its links.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: `The key that signs access links: at least ${MIN_SECRET_LENGTH} random characters, for example from a password manager. Anyone who has it can create a link to every mailbox that the trigger opens. A new secret revokes all links.`,
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret that signed links before. Those links keep working until they expire. It signs no new links.',
		},
	];
}
