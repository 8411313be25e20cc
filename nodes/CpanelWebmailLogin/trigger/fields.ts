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
			'With WHM and no allowed domains, an access link can open any mailbox of any account. Name the domains that links may be made for.',
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
			'Last part of the address that links lead to. Links that were sent go on leading to the path they were made for.',
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. example.com',
		description:
			'Domains whose mailboxes may be opened, one a line. All that the credential may open when left empty.',
	},
	{
		displayName: 'Refused',
		name: 'refused',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. anna@example.com',
		description:
			'Link IDs and mailboxes that are not served any more, one a line. A new secret in the access link credential takes back all links.',
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
					'The first public address that a proxy in front of n8n names, or the other end’s',
			},
			{
				name: 'From a Header',
				value: 'header',
				description: 'For a proxy of your own, or for visitors in a private network',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Leave it to cPanel, which then takes the address of n8n',
			},
		],
		default: 'auto',
		description:
			'Where the address of whoever opens a link is found. cPanel lets a session in from that address only.',
	},
	{
		displayName: 'Header',
		name: 'visitorAddressHeader',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. X-Real-IP',
		displayOptions: { show: { visitorAddress: ['header'] } },
		description: 'The header in which your proxy names the address of the visitor',
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
					'Works with most server versions; the session shows in the address for a moment',
			},
			{
				name: 'Page',
				value: 'page',
				description:
					'Sends the login by POST, which keeps the session out of the address; some newer servers then show their login page instead of the mailbox',
			},
		],
		default: 'redirect',
		description: 'How the browser is sent on to Webmail',
	},
	accessPageField,
	optionsField([
		{
			displayName: 'Emit Expired',
			name: 'emitExpired',
			type: 'boolean',
			default: false,
			description: 'Whether looking at an expired link starts the workflow at Not Opened',
		},
		{
			...gotoUri,
			description:
				'Page of Webmail that opens after the login, for links that name none themselves. The user’s own choice when left empty.',
		},
		{
			displayName: 'Most Openings',
			name: 'mostOpenings',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: DEFAULT_OPENINGS,
			description:
				'How often one link may be opened in ten minutes. Each webhook process of n8n counts for itself.',
		},
		{
			...timeout,
			default: DEFAULT_TIMEOUT,
			description: 'How many seconds there are for all that cPanel has to do for a click',
		},
		webmailHost,
	]),
];
