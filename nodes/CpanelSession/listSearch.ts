import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Connection } from '../shared/cpanel/calls/exchange';
import {
	listAccounts,
	listDomains,
	listLocales,
	listMailboxes,
	listMainDomains,
} from '../shared/cpanel/functions/listings';
import type { ChoicePage, ListRequest } from '../shared/cpanel/functions/paging';
import { CpanelError } from '../shared/errors';
import { createHelperTransport } from '../shared/http/helperTransport';
import { toNodeError } from '../shared/n8n/nodeErrors';
import { openEntrance } from './entrance';
import type { Concern, Entrance } from './entrance';

type Listing = (
	entrance: Entrance,
	connection: Connection,
	request: ListRequest,
) => Promise<ChoicePage>;

/** The accounts that the user of WHM may act for. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async ({ whm }, connection, request) =>
		whm === undefined ? { choices: [] } : await listAccounts(connection, whm, request);
	return await search(this, listing, filter, paginationToken);
}

/** The domains of the account; with WHM and no account chosen, the main domains of all its accounts. */
export async function searchDomains(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const account = () => chosen(this, 'account');
	const listing: Listing = async (entrance, connection, request) =>
		entrance.whm !== undefined && account() === ''
			? await listMainDomains(connection, entrance.whm, request)
			: await listDomains(connection, entrance.doorFor('account', account), request);
	return await search(this, listing, filter, paginationToken);
}

/** The mailboxes of the chosen domain, or of all domains of the account when none is chosen. */
export async function searchMailboxes(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const domain = chosen(this, 'domain');
	const listing: Listing = async (entrance, connection, request) =>
		await listMailboxes(connection, chosenDoor(this, entrance), domain, request);
	return await search(this, listing, filter, paginationToken);
}

/** The languages of the server. */
export async function searchLocales(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async (entrance, connection, request) =>
		await listLocales(connection, chosenDoor(this, entrance), request);
	return await search(this, listing, filter, paginationToken);
}

/** The door to the account that is chosen, or that owns the domain that is. */
function chosenDoor(
	context: ILoadOptionsFunctions,
	entrance: Entrance,
): ReturnType<Entrance['doorFor']> {
	const domain = chosen(context, 'domain');
	const concern: Concern = domain === '' ? 'account' : { domain };
	return entrance.doorFor(concern, () => chosen(context, 'account'));
}

function chosen(context: ILoadOptionsFunctions, locator: string): string {
	const value = context.getNodeParameter(locator, '', { extractValue: true });
	return typeof value === 'string' ? value : '';
}

const SECONDS = 1000;

async function search(
	context: ILoadOptionsFunctions,
	listing: Listing,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	try {
		const authentication = context.getNodeParameter('authentication', 'cpanelAccount');
		const entrance = await openEntrance(context, authentication);
		const transport = createHelperTransport(context.helpers, entrance);
		const { certificateSwitch } = entrance;
		const connection = { transport, timeout: 30 * SECONDS, certificateSwitch };
		const request = { search: filter.trim(), page: Number(paginationToken ?? 1) };
		try {
			const { choices, nextPage } = await listing(entrance, connection, request);
			return { results: choices, paginationToken: nextPage };
		} finally {
			await entrance.close(connection);
		}
	} catch (error) {
		throw toNodeError(mayNotList(error) ?? error, context.getNode());
	}
}

/**
 * An account without the feature may not list, and can still be given a name. In place of the list the editor
 * shows the message, without a search box.
 */
function mayNotList(error: unknown): CpanelError | undefined {
	const isRefusal = error instanceof CpanelError && error.kind === 'refusal';
	return isRefusal
		? error.as('refusal', {
				hint: 'This account may not list them. Change “From list” beside this field to “By Name”, and type it.',
			})
		: undefined;
}
