import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { CpanelSession } from '../../nodes/CpanelSession/CpanelSession.node';
import { CpanelWebmailLogin } from '../../nodes/CpanelWebmailLogin/CpanelWebmailLogin.node';
import { CpanelWebmailLoginTrigger } from '../../nodes/CpanelWebmailLogin/CpanelWebmailLoginTrigger.node';

/** What the form of a node shows for some choices, the options of its collection in brackets. */
function shown({ description }: INodeType, choices: INodeParameters): string[] {
	const { properties } = description;
	const values = { ...defaultsOf(properties, choices), ...choices };
	return properties
		.filter((field) => NodeHelpers.displayParameter(values, field, { typeVersion: 1 }, description))
		.map(nameWithOptions);
}

function defaultsOf(properties: INodeProperties[], choices: INodeParameters): INodeParameters {
	return {
		...Object.fromEntries(properties.map(({ name, default: value }) => [name, value])),
		...choices,
	};
}

function nameWithOptions({ name, type, options = [] }: INodeProperties): string {
	if (type !== 'collection') return name;
	return `${name}(${options.map((option) => option.name).join(' ')})`;
}

const WEBMAIL_OPTIONS = 'options(locale maxConcurrency timeout webmailHost)';
const COMMON_OPTIONS = 'options(maxConcurrency timeout)';

describe.each(['cpanelAccount', 'whm'])('the form of cPanel Session with %s', (authentication) => {
	const account = authentication === 'whm' ? ['account'] : [];
	const notice = authentication === 'whm' ? [] : ['whmNotice'];

	it.each<[operation: string, choices: INodeParameters, fields: string[]]>([
		[
			'createWebmailSessionForMailUser',
			{},
			[...account, 'domain', 'login', 'remoteAddress', WEBMAIL_OPTIONS],
		],
		[
			'createWebmailSessionForMailUserCheckPassword',
			{},
			[...account, 'domain', 'login', 'password', 'remoteAddress', WEBMAIL_OPTIONS],
		],
		['createWebmailSessionForSelf', {}, [...account, 'remoteAddress', WEBMAIL_OPTIONS]],
		[
			'getManyMailboxes',
			{ returnAll: false },
			[...account, 'domain', 'returnAll', 'limit', COMMON_OPTIONS],
		],
		['getManyMailboxes', { returnAll: true }, [...account, 'domain', 'returnAll', COMMON_OPTIONS]],
		['createTempUser', { sessionSource: 'new' }, ['sessionSource', ...account, COMMON_OPTIONS]],
		[
			'createTempUser',
			{ sessionSource: 'existing' },
			['sessionSource', 'sessionUrl', 'cookie', COMMON_OPTIONS],
		],
	])('for %s %j', (operation, choices, fields) => {
		expect(shown(new CpanelSession(), { authentication, operation, ...choices })).toEqual([
			'authentication',
			...notice,
			'operation',
			...fields,
		]);
	});
});

describe('the form of cPanel Webmail Login', () => {
	const ticket = ['host', 'token', 'session'];
	const page = 'page(accentColor button language logoUrl text title)';
	const validity = ['validFor', 'validForUnit'];

	it.each<[operation: string, fields: string[]]>([
		['logIn', [...ticket, 'options(allowUnauthorizedCerts gotoUri locale timeout)']],
		['createLink', ['linkNotice', ...ticket, 'options(gotoUri locale)']],
		['createPage', ['pageNotice', ...ticket, 'method', page, 'options(gotoUri locale)']],
		['createAccessLink', ['mailbox', ...validity, 'reference', 'options(gotoUri locale)']],
	])('for %s', (operation, fields) => {
		expect(shown(new CpanelWebmailLogin(), { operation })).toEqual(['operation', ...fields]);
	});
});

describe('the form of cPanel Webmail Login Trigger', () => {
	const fields = (choices: INodeParameters): string[] =>
		shown(new CpanelWebmailLoginTrigger(), choices);
	const page = 'page(accentColor button expiredText language logoUrl showMailbox text title)';
	const options = 'options(emitExpired gotoUri mostOpenings timeout webmailHost)';
	const rest = ['handOver', page, options];

	it('warns of WHM as long as no domain is named', () => {
		const usual = [
			'authentication',
			'event',
			'path',
			'allowedDomains',
			'refused',
			'visitorAddress',
			...rest,
		];
		expect(fields({})).toEqual(usual);
		expect(fields({ authentication: 'whm', allowedDomains: 'example.com' })).toEqual(usual);
		expect(fields({ authentication: 'whm' })).toEqual([
			'authentication',
			'event',
			'everyDomainNotice',
			...usual.slice(2),
		]);
	});

	it('asks for the header where the address of visitors comes from one', () => {
		expect(fields({ visitorAddress: 'header' })).toContain('visitorAddressHeader');
	});
});

describe.each<[name: string, node: INodeType]>([
	['cPanel Session', new CpanelSession()],
	['cPanel Webmail Login', new CpanelWebmailLogin()],
])('%s', (_name, node) => {
	it('has a row above for each of its operations', () => {
		const operation = node.description.properties.find(({ name }) => name === 'operation');
		const values = (operation?.options ?? []).map((option) => 'value' in option && option.value);
		const known = [
			'createWebmailSessionForMailUser',
			'createWebmailSessionForMailUserCheckPassword',
			'createWebmailSessionForSelf',
			'getManyMailboxes',
			'createTempUser',
			'logIn',
			'createLink',
			'createPage',
			'createAccessLink',
		];
		expect(known).toEqual(expect.arrayContaining(values));
	});
});
