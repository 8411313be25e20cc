import type { INodeProperties } from 'n8n-workflow';

import {
	forCpanelAccount,
	forWhm,
	locator,
	optionsField,
	timeout,
	webmailHost,
} from '../shared/n8n/description';
import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../shared/n8n/parameters';

/** n8n asks for “Authentication” in the form of the credential, where nobody looks for another kind of credential. */
export const whmNotice: INodeProperties = {
	displayName:
		'Are you a reseller or the root user? Create a credential and choose “WHM” in its form. One credential then works for all accounts',
	name: 'whmNotice',
	type: 'notice',
	default: '',
	displayOptions: forCpanelAccount,
};

export const account: INodeProperties = {
	...locator({
		displayName: 'cPanel Account',
		name: 'account',
		description:
			'The account that WHM acts for. You can leave it empty if you enter a domain: the node then looks up its owner.',
		placeholder: 'Select an account…',
		searchListMethod: 'searchAccounts',
		example: 'exampleuser',
	}),
	displayOptions: forWhm,
};

export const domain: INodeProperties = locator({
	displayName: 'Domain',
	name: 'domain',
	description:
		'Domain of the mailbox. You can leave it empty if you enter the mailbox as a full address.',
	placeholder: 'Select a domain…',
	searchListMethod: 'searchDomains',
	example: 'example.com',
});

/** The two fields that name a mailbox. */
export const mailbox: INodeProperties[] = [
	domain,
	{
		...locator({
			displayName: 'Mailbox',
			name: 'login',
			description: 'The mailbox to open, as the name before the @ or as the full address',
			placeholder: 'Select a mailbox…',
			searchListMethod: 'searchMailboxes',
			example: 'anna or anna@example.com',
		}),
		required: true,
	},
];

const locale = locator({
	displayName: 'Locale',
	name: 'locale',
	description: 'Language of the session. If empty, cPanel uses the language of the account.',
	placeholder: 'Select a locale…',
	searchListMethod: 'searchLocales',
	example: 'pt_br',
});

/** cPanel binds a session to an address, so this decides whether a link or a page works for whoever it is for. */
export const remoteAddress: INodeProperties = {
	displayName: 'Remote Address',
	name: 'remoteAddress',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7',
	description:
		'IP address of the person who will use the session, such as the visitor of your page. Leave it empty when n8n itself logs in: cPanel then uses the address of n8n, and refuses a browser at another address.',
};

const maxConcurrency: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many items the node processes at once, at most. A batch starts with five and processes more while responses stay fast. A busy server gets fewer. Up to 100, for a server of your own. The value of the first item applies to all items.',
};

/** What each operation leaves to n8n's user: how many items at once, and how long to wait. */
export const commonOptions = optionsField([maxConcurrency, timeout]);

/** What the Webmail operations have in common beside that; see `readWebmailOptions`. */
export const webmailOptions = optionsField([locale, maxConcurrency, timeout, webmailHost]);
