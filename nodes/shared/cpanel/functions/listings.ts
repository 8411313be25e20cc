import { isRecord, records } from '../answers/json';
import type { Account } from '../calls/account';
import type { Channel } from '../calls/exchange';
import type { UapiCall } from '../calls/uapi';
import { callWhm } from '../calls/whm';
import type { WhmCredential } from '../input/credentials';
import { pageOf, pageServed } from './paging';
import type { Choice, ChoicePage, ListRequest } from './paging';

/**
 * `DomainInfo::list_domains`: every domain of the account, the main one first.
 *
 * @throws {CpanelError} see `Account.call`
 */
export async function listDomains(
	channel: Channel,
	account: Account,
	request: ListRequest,
): Promise<ChoicePage> {
	const { data } = await account.call(channel, {
		module: 'DomainInfo',
		function: 'list_domains',
	});
	const kinds = isRecord(data) ? data : {};
	// documented as a list, seen as a string (protocol.md, 4)
	const domains = [
		kinds.main_domain,
		...['addon_domains', 'parked_domains', 'sub_domains'].map((kind) => kinds[kind]),
	]
		.flat()
		.filter((domain): domain is string => typeof domain === 'string');
	return pageOf(
		[...new Set(domains)].map((domain) => ({ name: domain, value: domain })),
		request,
	);
}

/**
 * `Email::list_pops_with_disk`: the mailboxes of a domain. The server is asked for the part that is wanted;
 * one that ignores the search and the paging sends everything, and the part is taken here.
 *
 * @param domain empty for all domains of the account; the values are full addresses then
 * @throws {CpanelError} see `Account.call`
 */
export async function listMailboxes(
	channel: Channel,
	account: Account,
	domain: string,
	request: ListRequest,
): Promise<ChoicePage> {
	const callFor = (start: number, size: number): UapiCall => ({
		module: 'Email',
		function: 'list_pops_with_disk',
		arguments: {
			domain: domain === '' ? undefined : domain,
			no_disk: '1',
			'api.paginate': '1',
			'api.paginate_start': String(start),
			'api.paginate_size': String(size),
			'api.sort': '1',
			'api.sort_column_0': 'email',
			...(request.search !== '' && {
				'api.filter_column_0': 'email',
				'api.filter_type_0': 'contains',
				'api.filter_term_0': request.search,
			}),
		},
	});
	return await pageServed(request, async (start, size) => {
		const { data, metadata } = await account.call(channel, callFor(start, size));
		const paging = isRecord(metadata.paginate) ? metadata.paginate : {};
		return {
			choices: mailboxes(data, domain),
			lines: records(data).length,
			total: paging.total_results,
		};
	});
}

/**
 * `Locale::list_locales`: the languages of the server.
 *
 * @throws {CpanelError} see `Account.call`
 */
export async function listLocales(
	channel: Channel,
	account: Account,
	request: ListRequest,
): Promise<ChoicePage> {
	const { data } = await account.call(channel, {
		module: 'Locale',
		function: 'list_locales',
	});
	const choices = records(data).flatMap(({ locale, name, local_name: localName }) => {
		if (typeof locale !== 'string') return [];
		const label = [name, localName].filter((text) => typeof text === 'string' && text !== '');
		return [{ name: [...new Set(label), locale].join(' – '), value: locale }];
	});
	return pageOf(
		choices.sort((one, other) => one.name.localeCompare(other.name)),
		request,
	);
}

/**
 * `listaccts`: the accounts that the user of WHM may act for, by their names.
 *
 * @throws {CpanelError} see `callWhm`
 */
export async function listAccounts(
	channel: Channel,
	credential: WhmCredential,
	request: ListRequest,
): Promise<ChoicePage> {
	return await list(channel, credential, request, ({ user, domain }) => ({
		name: `${user} (${domain})`,
		value: user,
	}));
}

/**
 * `listaccts`: the main domains of those accounts.
 *
 * @throws {CpanelError} see `callWhm`
 */
export async function listMainDomains(
	channel: Channel,
	credential: WhmCredential,
	request: ListRequest,
): Promise<ChoicePage> {
	return await list(channel, credential, request, ({ user, domain }) => ({
		name: `${domain} (${user})`,
		value: domain,
	}));
}

/**
 * The server is asked for the part that is wanted; one that ignores the search and the paging sends everything,
 * and the part is taken here.
 */
async function list(
	channel: Channel,
	credential: WhmCredential,
	request: ListRequest,
	choiceOf: (account: { user: string; domain: string }) => Choice,
): Promise<ChoicePage> {
	const argumentsFor = (start: number, size: number): Record<string, string> => ({
		want: 'user,domain',
		'api.chunk.enable': '1',
		// without it, the answer does not say how many accounts there are (protocol.md, 6)
		'api.chunk.verbose': '1',
		'api.chunk.start': String(start),
		'api.chunk.size': String(size),
		'api.sort.enable': '1',
		'api.sort.a.field': 'user',
		...(request.search !== '' && {
			'api.filter.enable': '1',
			'api.filter.a.field': '*',
			'api.filter.a.type': 'contains',
			'api.filter.a.arg0': request.search,
		}),
	});
	return await pageServed(request, async (start, size) => {
		const { data, metadata } = await callWhm(channel, credential, {
			function: 'listaccts',
			arguments: argumentsFor(start, size),
		});
		const accounts = records(data.acct);
		const chunk = isRecord(metadata.chunk) ? metadata.chunk : {};
		return {
			choices: accounts.flatMap(({ user, domain }) =>
				typeof user === 'string' && typeof domain === 'string' ? [choiceOf({ user, domain })] : [],
			),
			lines: accounts.length,
			total: chunk.records,
		};
	});
}

/** The account's own mailbox has no `@`: no session can be created for it by name (protocol.md, 4). */
function mailboxes(data: unknown, domain: string): Choice[] {
	return records(data).flatMap(({ email, user, suspended_login: suspended }) => {
		if (typeof email !== 'string' || !email.includes('@')) return [];
		const login = domain !== '' && typeof user === 'string' ? user : email;
		return [{ name: Number(suspended) === 1 ? `${email} (suspended)` : email, value: login }];
	});
}
