import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/**
 * Declares which output fields hold a secret, for the versions of n8n that know of it (from 2.13 on).
 * A declaration, not a protection: later nodes receive the fields all the same.
 */
export function sensitiveOutput(fields: string[]): Partial<INodeTypeDescription> {
	return { sensitiveOutputFields: fields } as Partial<INodeTypeDescription>;
}

/** The switch for servers whose certificate cannot be verified, as n8n words it everywhere. */
export const allowUnauthorizedCerts: INodeProperties = {
	displayName: 'Ignore SSL Issues',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

/**
 * The choice of who signs in.
 *
 * @param actsFor whom WHM acts for, as the end of a sentence
 */
export function authenticationField(actsFor: string): INodeProperties {
	return {
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
				description: `Sign in as root or as a reseller, and act for ${actsFor}`,
			},
		],
		default: 'cpanelAccount',
	};
}

/** Where the node signs in as a cPanel account. */
export const forCpanelAccount = { show: { authentication: ['cpanelAccount'] } };

/** Where the node signs in to WHM. */
export const forWhm = { show: { authentication: ['whm'] } };

/** Where a node that makes sessions lets its user overrule cPanel. */
export const webmailHost: INodeProperties = {
	displayName: 'Webmail Host',
	name: 'webmailHost',
	type: 'string',
	default: '',
	placeholder: 'e.g. webmail.example.com:443',
	description:
		'Host of the Webmail server, if it is not the one that cPanel reports: for example your own mail server or a service subdomain. The default port is 2096.',
};

/** Deadline of each exchange with a server; see `timeoutParameter`. */
export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 300 },
	default: 30,
	description: 'How many seconds the server has for each complete response',
};

/** The collection that holds what most people can leave alone. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

/** What differs between the fields in which somebody picks one thing from a list, or types its name. */
interface Locator {
	displayName: string;
	name: string;
	description: string;
	/** What the list asks for: “Select an account…”. */
	placeholder: string;
	/** The method of the node that makes the list. */
	searchListMethod: string;
	/** What somebody may type. */
	example: string;
}

/** A field in which somebody picks one thing from a list, or types its name. */
export function locator({
	placeholder,
	searchListMethod,
	example,
	...field
}: Locator): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}
