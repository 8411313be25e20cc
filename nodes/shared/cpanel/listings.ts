import type { Connection } from './connection';
import type { Door } from './doors/Door';
import { isRecord } from './json';
import type { UapiCall } from './uapi';

/** One line of a list a person chooses from. */
export interface Choice {
	name: string;
	value: string;
}

/** A part of a list, and where the next part starts, if there is one. */
export interface ChoicePage {
	choices: Choice[];
	/** 1-based. */
	nextPage?: number;
}

export interface ListRequest {
	/** What the person typed into the search box. */
	search: string;
	/** 1-based. */
	page: number;
}

/** So many lines are shown at once. */
export const PAGE_SIZE = 50;

/**
 * `DomainInfo::list_domains`: every domain of the account, the main one first.
 *
 * @throws {CpanelError} see `Door.call`
 */
export async function listDomains(
	connection: Connection,
	door: Door,
	request: ListRequest,
): Promise<ChoicePage> {
	const { data } = await door.call(connection, {
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
 * @throws {CpanelError} see `Door.call`
 */
export async function listMailboxes(
	connection: Connection,
	door: Door,
	domain: string,
	request: ListRequest,
): Promise<ChoicePage> {
	const call: UapiCall = {
		module: 'Email',
		function: 'list_pops_with_disk',
		arguments: {
			domain: domain === '' ? undefined : domain,
			no_disk: '1',
			'api.paginate': '1',
			'api.paginate_start': String((request.page - 1) * PAGE_SIZE + 1),
			'api.paginate_size': String(PAGE_SIZE),
			'api.sort': '1',
			'api.sort_column_0': 'email',
			...(request.search !== '' && {
				'api.filter_column_0': 'email',
				'api.filter_type_0': 'contains',
				'api.filter_term_0': request.search,
			}),
		},
	};
	const { data, metadata } = await door.call(connection, call);
	const choices = mailboxes(data, domain);
	const paging = isRecord(metadata.paginate) ? metadata.paginate : {};
	return pageServed(choices, request, paging.total_results);
}

/**
 * `Locale::list_locales`: the languages of the server.
 *
 * @throws {CpanelError} see `Door.call`
 */
export async function listLocales(
	connection: Connection,
	door: Door,
	request: ListRequest,
): Promise<ChoicePage> {
	const { data } = await door.call(connection, {
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

/** The account's own mailbox has no `@`: no session can be created for it by name (protocol.md, 4). */
function mailboxes(data: unknown, domain: string): Choice[] {
	return records(data).flatMap(({ email, user, suspended_login: suspended }) => {
		if (typeof email !== 'string' || !email.includes('@')) return [];
		const login = domain !== '' && typeof user === 'string' ? user : email;
		return [{ name: Number(suspended) === 1 ? `${email} (suspended)` : email, value: login }];
	});
}

/**
 * Takes a page as it came from a server that was asked for one, or out of the whole list from a server that does
 * not page.
 *
 * @param total what the server says of the length of the whole list; nothing where it did not page
 */
export function pageServed(choices: Choice[], request: ListRequest, total: unknown): ChoicePage {
	const length = Number(total ?? NaN);
	if (Number.isNaN(length)) return pageOf(choices, request);
	return {
		choices: choices.filter(matching(request.search)),
		nextPage: length > request.page * PAGE_SIZE ? request.page + 1 : undefined,
	};
}

/** Takes a page of a list that came as a whole. */
function pageOf(choices: Choice[], { search, page }: ListRequest): ChoicePage {
	const found = choices.filter(matching(search));
	return {
		choices: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
		nextPage: found.length > page * PAGE_SIZE ? page + 1 : undefined,
	};
}

/** Whether a choice is one that the person searched for. */
function matching(search: string): (choice: Choice) => boolean {
	const wanted = search.toLowerCase();
	return ({ name, value }) =>
		name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted);
}

export function records(data: unknown): Array<Record<string, unknown>> {
	return Array.isArray(data) ? data.filter(isRecord) : [];
}
