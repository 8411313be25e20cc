import type { INodeProperties } from 'n8n-workflow';

import {
	authenticationField,
	optionsField,
	timeout,
	webmailHost,
} from '../../shared/n8n/description';
import { gotoUri } from '../fields';
import { accessPageField } from '../page/fields';
import { DEFAULT_OPENINGS, DEFAULT_TIMEOUT } from './settings';

/** The parameters of the trigger, in the order of its panel. */
export const fields: INodeProperties[] = [
	authenticationField('the owner of each domain'),
	{
		// what n8n's panel of nodes offers the trigger for; there is one event
		displayName: 'Event',
		name: 'event',
		type: 'hidden',
		options: [
			{
				name: 'Access Link Opened',
				value: 'accessLinkOpened',
				action: 'On access link opened',
			},
		],
		default: 'accessLinkOpened',
	},
	{
		displayName:
			'With WHM and no allowed domains, an access link can open any mailbox of any account. Enter the domains that access links may open.',
		name: 'everyDomainNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['whm'], allowedDomains: [''] } },
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. open-my-webmail',
		description:
			'Last part of the address that access links lead to. After a change, links that you already sent still lead to the old path.',
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. example.com',
		description:
			'Domains whose mailboxes access links may open, one per line. If empty, links may open all mailboxes that the credential may open.',
	},
	{
		displayName: 'Refused',
		name: 'refused',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. anna@example.com',
		description:
			'Link IDs, whole links and mailboxes to refuse, one per line. To revoke all links, change the secret in the access link credential.',
	},
	{
		displayName: 'Visitor Address',
		name: 'visitorAddress',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'The first public address in the headers that proxies usually set. Trusts whoever sends them: choose the header of your proxy instead if you know it.',
			},
			{
				name: 'From a Header',
				value: 'header',
				description: 'For your own reverse proxy, or for visitors in a private network',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Send no address to cPanel, which then uses the address of n8n',
			},
		],
		default: 'auto',
		description:
			'Where the trigger finds the IP address of the visitor. cPanel accepts the session from that address only.',
	},
	{
		displayName: 'Header',
		name: 'visitorAddressHeader',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. X-Real-IP',
		displayOptions: { show: { visitorAddress: ['header'] } },
		description: 'The header in which your reverse proxy reports the address of the visitor',
	},
	{
		displayName: 'Hand Over',
		name: 'handOver',
		type: 'options',
		options: [
			{
				name: 'Redirect',
				value: 'redirect',
				description:
					'Works with most server versions. The address bar shows the session for a moment.',
			},
			{
				name: 'Page',
				value: 'page',
				description:
					'Sends the login by POST, which keeps the session out of the address bar. Some newer servers then show their login page instead of the mailbox.',
			},
		],
		default: 'redirect',
		description: 'How the trigger sends the browser to Webmail',
	},
	accessPageField,
	optionsField([
		{
			displayName: 'Emit Expired',
			name: 'emitExpired',
			type: 'boolean',
			default: false,
			description:
				'Whether a visit to an expired link starts the workflow at the Not Opened output',
		},
		{
			...gotoUri,
			description:
				'Webmail page that opens after the login, for links without a page of their own. If empty, Webmail opens the page that the user chose.',
		},
		{
			displayName: 'Max Openings',
			name: 'mostOpenings',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: DEFAULT_OPENINGS,
			description:
				'How many times one link may be opened in ten minutes. Each webhook process of n8n counts separately.',
		},
		{
			...timeout,
			default: DEFAULT_TIMEOUT,
			description: 'How many seconds cPanel has for everything that one click needs',
		},
		webmailHost,
	]),
];
