import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Connection } from '../shared/cpanel/connection';
import { readCredential } from '../shared/cpanel/credential';
import type { CpanelCredential } from '../shared/cpanel/credential';
import { CpanelError } from '../shared/cpanel/errors';
import { listDomains, listLocales, listMailboxes } from '../shared/cpanel/listings';
import type { ChoicePage, ListRequest } from '../shared/cpanel/listings';
import { createHelperTransport } from '../shared/http/helperTransport';
import { toNodeError } from '../shared/n8n/nodeErrors';

type Listing = (
	connection: Connection,
	credential: CpanelCredential,
	request: ListRequest,
) => Promise<ChoicePage>;

/** The domains of the account. */
export async function searchDomains(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(this, listDomains, filter, paginationToken);
}

/** The mailboxes of the chosen domain, or of all domains when none is chosen. */
export async function searchMailboxes(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const domain = this.getNodeParameter('domain', '', { extractValue: true });
	return await search(
		this,
		async (connection, credential, request) =>
			await listMailboxes(
				connection,
				credential,
				typeof domain === 'string' ? domain : '',
				request,
			),
		filter,
		paginationToken,
	);
}

/** The languages of the server. */
export async function searchLocales(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(this, listLocales, filter, paginationToken);
}

const SECONDS = 1000;

async function search(
	context: ILoadOptionsFunctions,
	listing: Listing,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	try {
		const credential = readCredential(await context.getCredentials('cpanelApi'));
		const transport = createHelperTransport(context.helpers, credential);
		const connection = { transport, timeout: 30 * SECONDS, certificateSwitch: CERTIFICATE_SWITCH };
		const page = Number(paginationToken ?? 1);
		const { choices, nextPage } = await listing(connection, credential, {
			search: filter.trim(),
			page,
		});
		return { results: choices, paginationToken: nextPage };
	} catch (error) {
		throw toNodeError(mayNotList(error) ?? error, context.getNode());
	}
}

/** Where the user finds the switch that accepts unverified certificates. */
export const CERTIFICATE_SWITCH = 'in the cPanel credential';

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
