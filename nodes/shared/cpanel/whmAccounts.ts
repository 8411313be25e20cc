import type { Connection } from './connection';
import { CpanelError, badInput } from './errors';
import { isRecord } from './json';
import { PAGE_SIZE, pageServed, records } from './listings';
import type { Choice, ChoicePage, ListRequest } from './listings';
import { callWhm } from './whm';
import type { WhmCredential } from './whmCredential';

/**
 * Reads the name of a cPanel account.
 *
 * @returns undefined for an empty text: the domain of the item decides
 * @throws {CpanelError} of kind `input`
 */
export function parseAccount(text: string): string | undefined {
	const account = text.trim();
	if (account === '') return undefined;
	if (/[\s\p{Cc}:/@.]/u.test(account)) {
		throw badInput(
			'“cPanel Account” is not the name of an account',
			'Enter the user name of the account, not its domain: or leave it empty, and the owner of the domain is looked up.',
		);
	}
	return account;
}

/** What an item is refused with before anything is sent: nothing tells which account it is about. */
export function noAccount(): CpanelError {
	return badInput(
		'“cPanel Account” is empty',
		'Choose the account that WHM is to act for. It can be left empty only where a domain tells whose it is.',
	);
}

/**
 * `listaccts`: the accounts that the user of WHM may act for, by their names.
 *
 * @throws {CpanelError} see `callWhm`
 */
export async function listAccounts(
	connection: Connection,
	credential: WhmCredential,
	request: ListRequest,
): Promise<ChoicePage> {
	return await list(connection, credential, request, ({ user, domain }) => ({
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
	connection: Connection,
	credential: WhmCredential,
	request: ListRequest,
): Promise<ChoicePage> {
	return await list(connection, credential, request, ({ user, domain }) => ({
		name: `${domain} (${user})`,
		value: domain,
	}));
}

/**
 * The server is asked for the part that is wanted; one that ignores the search and the paging sends everything,
 * and the part is taken here.
 */
async function list(
	connection: Connection,
	credential: WhmCredential,
	request: ListRequest,
	choiceOf: (account: { user: string; domain: string }) => Choice,
): Promise<ChoicePage> {
	const { data, metadata } = await callWhm(connection, credential, {
		function: 'listaccts',
		arguments: {
			want: 'user,domain',
			'api.chunk.enable': '1',
			'api.chunk.start': String((request.page - 1) * PAGE_SIZE + 1),
			'api.chunk.size': String(PAGE_SIZE),
			'api.sort.enable': '1',
			'api.sort.a.field': 'user',
			...(request.search !== '' && {
				'api.filter.enable': '1',
				'api.filter.a.field': '*',
				'api.filter.a.type': 'contains',
				'api.filter.a.arg0': request.search,
			}),
		},
	});
	const choices = records(data.acct).flatMap(({ user, domain }) =>
		typeof user === 'string' && typeof domain === 'string' ? [choiceOf({ user, domain })] : [],
	);
	const chunk = isRecord(metadata.chunk) ? metadata.chunk : {};
	return pageServed(choices, request, chunk.records);
}

/** Finds the account that owns a domain. */
export type FindOwner = (connection: Connection, domain: string) => Promise<string>;

/**
 * Looks the owners of domains up at WHM (`getdomainowner`; protocol.md, 6.1), each domain once, however many items
 * ask for it. What did not come through is asked again by the next item.
 *
 * @throws {CpanelError} see `callWhm`, and of kind `refusal` for a domain that no account owns
 */
export function domainOwners(credential: WhmCredential): FindOwner {
	const owners = new Map<string, Promise<string>>();
	return async (connection, domain) => {
		const owner = owners.get(domain) ?? ownerOf(connection, credential, domain);
		owners.set(domain, owner);
		return await owner.catch((error: unknown) => {
			const isUntold = error instanceof CpanelError && /^(busy|connection)$/.test(error.kind);
			if (isUntold && owners.get(domain) === owner) owners.delete(domain);
			throw error;
		});
	};
}

async function ownerOf(
	connection: Connection,
	credential: WhmCredential,
	domain: string,
): Promise<string> {
	const { data } = await callWhm(connection, credential, {
		function: 'getdomainowner',
		arguments: { domain },
	});
	if (typeof data.user === 'string' && data.user !== '') return data.user;
	throw new CpanelError('refusal', `WHM knows no account of yours that owns ${domain}`, {
		hint: 'Check the domain, or choose the account under “cPanel Account”: it must be one that this user of WHM may act for.',
	});
}
