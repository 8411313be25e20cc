import set from 'lodash/set';
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { CpanelAccessLinkApi } from '../../../credentials/CpanelAccessLinkApi.credentials';
import { CpanelApi } from '../../../credentials/CpanelApi.credentials';
import { CpanelWhmApi } from '../../../credentials/CpanelWhmApi.credentials';
import { CpanelSession } from '../../../nodes/CpanelSession/CpanelSession.node';
import { CpanelWebmailLogin } from '../../../nodes/CpanelWebmailLogin/CpanelWebmailLogin.node';
import { CpanelWebmailLoginTrigger } from '../../../nodes/CpanelWebmailLogin/CpanelWebmailLoginTrigger.node';
import { runNode } from './fakeNode';
import type { Outcome, Run } from './fakeNode';
import { publishTrigger } from './fakeTrigger';

/** A field that something is entered in, of a form that is right otherwise. */
export interface Entry {
	/** For the name of the test. */
	where: string;
	field: INodeProperties;
	/** What is right in it. */
	right: unknown;
	/** What comes of this value in the field. */
	outcomeOf: (value: unknown) => Promise<Outcome>;
}

/** What is right in every field that there is, by its name. A new field has to be added. */
const RIGHT: Record<string, unknown> = {
	server: 'cpanel.example.com',
	username: 'alice',
	apiToken: 'ABCDEF0123456789',
	password: 'pä:ss wörd',
	totpSecret: 'JBSWY3DPEHPK3PXP',
	allowUnauthorizedCerts: true,
	account: 'bob',
	domain: 'example.com',
	login: 'anna',
	sessionUrl: 'https://mail.example.com:2096/cpsess1234567890',
	cookie: 'webmailsession=anna%3aabc',
	locale: 'pt_br',
	remoteAddress: '203.0.113.7',
	maxConcurrency: 3,
	timeout: 20,
	webmailHost: 'webmail.example.com:443',
	returnAll: false,
	limit: 3,
	host: 'mail.example.com:2097',
	token: '/cpsess9876543210',
	session: 'anna@example.com:abc:x,y',
	gotoUri: '/3rdparty/roundcube/index.php',
	method: 'get',
	mailbox: 'anna@example.com',
	validFor: 2,
	validForUnit: 'hours',
	reference: 'employee 4711',
	title: 'Your mail',
	text: 'It is ready.',
	button: 'Open',
	language: 'de',
	accentColor: '#336699',
	logoUrl: 'https://example.com/logo.png',
	address: 'https://n8n.example.com/webhook/links',
	secret: 'kMw3tTqz8fVb2nXc7rLd5yHs9pGj4aEu',
	previousSecret: 'Qz8fVb2nXc7rLd5yHs9pGj4aEukMw3tT',
	allowedDomains: 'example.com',
	refused: 'ben@example.com',
	visitorAddress: 'header',
	visitorAddressHeader: 'X-Real-IP',
	handOver: 'page',
	emitExpired: true,
	mostOpenings: 20,
	expiredText: 'Too late.',
	showMailbox: false,
};

/** What n8n itself reads. */
const NOT_OURS = ['path', 'event'];

/** What decides which fields a form has; each choice makes a form of its own. */
const SWITCHES = ['authentication', 'operation', 'sessionSource'];

/** A form with the same choices throughout, and all its fields. */
interface Form {
	choices: Record<string, string>;
	fields: INodeProperties[];
}

function formsOf(properties: INodeProperties[]): Form[] {
	const switches = properties.filter(({ name }) => SWITCHES.includes(name));
	const choices = switches.reduce<Array<Record<string, string>>>(
		(all, field) =>
			all.flatMap((chosen) =>
				isShown(field, chosen)
					? optionsOf(field).map((value) => ({ ...chosen, [field.name]: value }))
					: [chosen],
			),
		[{}],
	);
	return choices.map((chosen) => ({
		choices: chosen,
		fields: properties.filter((field) => !switches.includes(field) && isShown(field, chosen)),
	}));
}

function isShown({ displayOptions }: INodeProperties, chosen: Record<string, string>): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		(values as unknown[] | undefined)?.includes(chosen[name] ?? RIGHT[name]),
	);
}

function optionsOf({ options = [] }: INodeProperties): string[] {
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

/** The fields of a form by their paths: those of a collection stand beside it. */
function flat(
	fields: INodeProperties[],
	prefix = '',
): Array<[path: string, field: INodeProperties]> {
	return fields.flatMap((field): Array<[string, INodeProperties]> => {
		const path = prefix + field.name;
		return field.type === 'collection'
			? flat(field.options as INodeProperties[], `${path}.`)
			: field.type === 'notice' || NOT_OURS.includes(field.name)
				? []
				: [[path, field]];
	});
}

/** A form that is filled in right. */
function filledIn({ choices, fields }: Form): Record<string, unknown> {
	const values: Record<string, unknown> = { ...choices };
	for (const [path, field] of flat(fields)) set(values, path, entered(field, rightIn(field)));
	return values;
}

function rightIn({ name, displayName }: INodeProperties): unknown {
	if (!(name in RIGHT))
		throw new Error(`Say in this file what is right in “${displayName}” (${name})`);
	return RIGHT[name];
}

/** The value as the form hands it over. */
function entered(field: INodeProperties, value: unknown): unknown {
	return field.type === 'resourceLocator' ? { __rl: true, mode: 'name', value } : value;
}

function withValue(
	values: Record<string, unknown>,
	[path, field]: [string, INodeProperties],
	value: unknown,
): Record<string, unknown> {
	return set(structuredClone(values), path, entered(field, value));
}

/** The forms of the credentials, by the choice that asks for them: an authentication, or an operation. */
const CREDENTIALS: Record<string, Form[]> = {
	cpanelAccount: formsOf(new CpanelApi().properties),
	whm: formsOf(new CpanelWhmApi().properties),
	createAccessLink: formsOf(new CpanelAccessLinkApi().properties),
};

function named(name: string, { choices }: Form, field: INodeProperties): string {
	return [name, ...Object.values(choices), `“${field.displayName}”`].join(', ');
}

function fieldsOf(node: INodeType, run: (run: Run) => Promise<Outcome>): Entry[] {
	const { properties, displayName } = node.description;
	return formsOf(properties).flatMap((form) => {
		const parameters = filledIn(form);
		const [credentialForm] = Object.values(form.choices).flatMap(
			(choice) => CREDENTIALS[choice] ?? [],
		);
		const credential = credentialForm === undefined ? {} : filledIn(credentialForm);
		return flat(form.fields).map(([path, field]) => ({
			where: named(displayName, form, field),
			field,
			right: rightIn(field),
			outcomeOf: async (value) =>
				await run({ node, parameters: withValue(parameters, [path, field], value), credential }),
		}));
	});
}

function fieldsOfCredential(choice: string, node: INodeType): Entry[] {
	const form = formsOf(node.description.properties).find(({ choices }) =>
		Object.values(choices).includes(choice),
	);
	if (form === undefined) throw new Error(`The node has no form for ${choice}`);
	const parameters = filledIn(form);
	return (CREDENTIALS[choice] ?? []).flatMap((credentialForm) => {
		const credential = filledIn(credentialForm);
		return flat(credentialForm.fields).map(([path, field]) => ({
			where: named(`the credential of ${choice}`, credentialForm, field),
			field,
			right: rightIn(field),
			outcomeOf: async (value) =>
				await runNode({
					node,
					parameters,
					credential: withValue(credential, [path, field], value),
				}),
		}));
	});
}

const session = new CpanelSession();
const login = new CpanelWebmailLogin();

/** Every field of every form of the nodes and of the credentials. */
export const ENTRIES: Entry[] = [
	...fieldsOf(session, runNode),
	...fieldsOf(login, runNode),
	...fieldsOf(new CpanelWebmailLoginTrigger(), publishTrigger),
	...fieldsOfCredential('cpanelAccount', session),
	...fieldsOfCredential('whm', session),
	...fieldsOfCredential('createAccessLink', login),
];
