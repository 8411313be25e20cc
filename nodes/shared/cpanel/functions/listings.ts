import { isRecord, records } from '../response/json';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/send';
import { callWhm } from '../api/whm';
import { parseAccountName } from '../input/account';
import type { WhmCredential } from '../input/credentials';
import { parseDomain } from '../input/host';
import { normalizeLocale } from '../input/locale';
import { resolveMailbox } from '../input/mailbox';
import { mailboxesFrom } from './mailboxes';
import { isOfferable, pageOf, pageServed } from './paging';
import type { Choice, ChoicePage, FieldCheck, ListRequest } from './paging';

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
		parseDomain,
	);
}

/**
 * The mailboxes of a domain.
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
	const check = (value: string): string => {
		const { email, login } = resolveMailbox(domain, value);
		return domain === '' ? email : login;
	};
	return await pageServed(request, check, async (start, size) => {
		const part = await mailboxesFrom(channel, account, {
			domain,
			search: request.search,
			start,
			size,
		});
		return {
			choices: part.mailboxes
				// a name alone would be taken for one of the chosen domain
				.filter((mailbox) => domain === '' || mailbox.domain === domain)
				.map(({ email, login, suspended }) => ({
					name: suspended ? `${email} (suspended)` : email,
					value: domain === '' ? email : login,
				})),
			lines: part.lines,
			total: part.total,
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
		const label = [name, localName].filter(isLabel);
		return [{ name: [...new Set(label), locale].join(' – '), value: locale }];
	});
	return pageOf(
		choices.sort((one, other) => one.name.localeCompare(other.name)),
		request,
		normalizeLocale,
	);
}

/** The name of a language, in any; whatever else a server sends in its place is not shown. */
function isLabel(text: unknown): text is string {
	return typeof text === 'string' && /^[\p{L}\p{M}\p{N} ()[\].,/’'_-]{1,60}$/u.test(text);
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
	return await list(channel, credential, request, parseAccountName, ({ user, domain }) => ({
		name: isOfferable(domain, parseDomain) ? `${user} (${domain})` : user,
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
	return await list(channel, credential, request, parseDomain, ({ user, domain }) => ({
		name: isOfferable(user, parseAccountName) ? `${domain} (${user})` : domain,
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
	check: FieldCheck,
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
	return await pageServed(request, check, async (start, size) => {
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
