import type { INodeProperties } from 'n8n-workflow';

import { optionsField, timeout } from '../shared/n8n/description';
import { operations } from './operations';
import { createTempUser } from './operations/createTempUser';
import { createWebmailSessionForMailUser } from './operations/createWebmailSessionForMailUser';
import { createWebmailSessionForMailUserCheckPassword } from './operations/createWebmailSessionForMailUserCheckPassword';

/** Where the node signs in as a cPanel account. */
export const forCpanelAccount = { show: { authentication: ['cpanelAccount'] } };

/** Where the node signs in to WHM. */
export const forWhm = { show: { authentication: ['whm'] } };

const forMailbox = {
	show: {
		operation: [
			createWebmailSessionForMailUser.option.value,
			createWebmailSessionForMailUserCheckPassword.option.value,
		],
	},
};

const forPasswordCheck = {
	show: { operation: [createWebmailSessionForMailUserCheckPassword.option.value] },
};

const forTempUser = { show: { operation: [createTempUser.option.value] } };

const forExistingSession = {
	show: { operation: [createTempUser.option.value], sessionSource: ['existing'] },
};

const account: INodeProperties = {
	displayName: 'cPanel Account',
	name: 'account',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The account that WHM acts for. May be empty where a domain is given: its owner is looked up.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account…',
			typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. exampleuser',
		},
	],
};

const locale: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Language of the session. The account’s own language when left empty.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a locale…',
			typeOptions: { searchListMethod: 'searchLocales', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. pt_br',
		},
	],
};

const remoteAddress: INodeProperties = {
	displayName: 'Remote Address',
	name: 'remoteAddress',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7',
	description:
		'IPv4 address of the person who will use the session. cPanel takes the address of n8n when this is empty, and a browser elsewhere may then be refused.',
};

const maxConcurrency: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 20 },
	default: 5,
	description:
		'How many items are under way at once, at most. A busy server gets fewer. The value of the first item holds for all.',
};

const webmailHost: INodeProperties = {
	displayName: 'Webmail Host',
	name: 'webmailHost',
	type: 'string',
	default: '',
	placeholder: 'e.g. webmail.example.com:443',
	description:
		'Where Webmail is, in place of what cPanel says: a mail server of your own, or a service subdomain. Port 2096 is used unless another is named.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{
				name: 'cPanel Account',
				value: 'cpanelAccount',
				description: 'Sign in as the account that owns the mailboxes',
			},
			{
				name: 'WHM',
				value: 'whm',
				description: 'Sign in as root or as a reseller, and act for any of their accounts',
			},
		],
		default: 'cpanelAccount',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ option }) => option),
		default: 'createWebmailSessionForMailUser',
	},
	{
		...account,
		displayOptions: {
			show: { ...forWhm.show },
			hide: { operation: [createTempUser.option.value] },
		},
	},
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		displayOptions: forMailbox,
		description: 'Domain of the mailbox. May be empty when the mailbox is given as a full address.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a domain…',
				typeOptions: { searchListMethod: 'searchDomains', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. example.com',
			},
		],
	},
	{
		displayName: 'Mailbox',
		name: 'login',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: forMailbox,
		description: 'The mailbox to open: its name before the @, or its full address',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a mailbox…',
				typeOptions: { searchListMethod: 'searchMailboxes', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. anna or anna@example.com',
			},
		],
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		displayOptions: forPasswordCheck,
		description:
			'Password of the mailbox. Use an expression: n8n stores a password that is typed here with the workflow.',
	},
	{
		displayName: 'Session',
		name: 'sessionSource',
		type: 'options',
		options: [
			{
				name: 'New',
				value: 'new',
				description: 'Open a Webmail session for the account and use that',
			},
			{
				name: 'Existing',
				value: 'existing',
				description: 'Use a session that the cPanel Webmail Login node has logged in to',
			},
		],
		default: 'new',
		displayOptions: forTempUser,
		description: 'The session the temporary user belongs to. It disappears with the session.',
	},
	{
		...account,
		description: 'The account that WHM acts for',
		displayOptions: { show: { ...forWhm.show, ...forTempUser.show, sessionSource: ['new'] } },
	},
	{
		displayName: 'Session URL',
		name: 'sessionUrl',
		type: 'string',
		default: '={{ $json.sessionUrl }}',
		required: true,
		displayOptions: forExistingSession,
		placeholder: 'e.g. https://mail.example.com:2096/cpsess0123456789',
		description: 'What Log In of the cPanel Webmail Login node returns under this name',
	},
	{
		displayName: 'Cookie',
		name: 'cookie',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.cookie }}',
		required: true,
		displayOptions: forExistingSession,
		description: 'What Log In of the cPanel Webmail Login node returns under this name',
	},
	optionsField([locale, maxConcurrency, remoteAddress, timeout, webmailHost], {
		hide: { operation: [createTempUser.option.value] },
	}),
	optionsField([maxConcurrency, timeout], forTempUser),
];
