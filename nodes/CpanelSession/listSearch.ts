import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Account } from '../shared/cpanel/accounts';
import type { Channel } from '../shared/cpanel/api/send';
import {
	listAccounts,
	listDomains,
	listLocales,
	listMailboxes,
	listMainDomains,
} from '../shared/cpanel/functions/listings';
import { forLists } from '../shared/cpanel/functions/paging';
import type { ChoicePage, ListRequest } from '../shared/cpanel/functions/paging';
import { parseAccountName } from '../shared/cpanel/input/account';
import { parseDomain } from '../shared/cpanel/input/host';
import { CpanelError } from '../shared/errors';
import { createHelperTransport } from '../shared/http/helperTransport';
import { openAccounts } from '../shared/n8n/openAccounts';
import type { Accounts } from '../shared/n8n/openAccounts';
import { toListError } from '../shared/n8n/nodeErrors';
import { formParameters } from '../shared/n8n/parameters';
import type { ParameterReader } from '../shared/n8n/parameters';
import { account, mailbox } from './fields';

/** What a list is made from. */
interface Form {
	fields: ParameterReader;
	accounts: Accounts;
}

type Listing = (form: Form, channel: Channel, request: ListRequest) => Promise<ChoicePage>;

/** The accounts that the user of WHM may act for. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async ({ accounts }, channel, request) =>
		(await accounts.asWhm?.(async (whm) => await listAccounts(channel, whm, request))) ?? {
			choices: [],
		};
	return await search(this, listing, filter, paginationToken);
}

/** The domains of the account; with WHM and no account chosen, the main domains of all its accounts. */
export async function searchDomains(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async ({ accounts, fields }, channel, request) =>
		accounts.asWhm !== undefined && parseAccountName(fields.locator('account')) === undefined
			? await accounts.asWhm(async (whm) => await listMainDomains(channel, whm, request))
			: await listDomains(channel, accounts.byName(fields), request);
	return await search(this, listing, filter, paginationToken);
}

/** The mailboxes of the chosen domain, or of all domains of the account when none is chosen. */
export async function searchMailboxes(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async (form, channel, request) =>
		await listMailboxes(channel, chosenAccount(form), domainOf(form) ?? '', request);
	return await search(this, listing, filter, paginationToken);
}

/** The languages of the server. */
export async function searchLocales(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const listing: Listing = async (form, channel, request) =>
		await listLocales(channel, chosenAccount(form), request);
	return await search(this, listing, filter, paginationToken);
}

/** The account that is chosen, or that owns the domain that is. */
function chosenAccount(form: Form): Account {
	const { fields, accounts } = form;
	const domain = domainOf(form);
	return domain === undefined ? accounts.byName(fields) : accounts.owning(domain, fields);
}

/** The domain that is chosen, as an item would read it. */
function domainOf({ fields }: Form): string | undefined {
	return parseDomain(fields.locator('domain'));
}

/** What somebody can do without a list. */
const TYPE_IT = 'Change “From list” next to this field to “By Name”, and type the name.';

/** As long as each exchange has by default in a workflow, in milliseconds: see the option “Timeout”. */
const TIMEOUT = 30_000;

async function search(
	context: ILoadOptionsFunctions,
	listing: Listing,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	try {
		const authentication = context.getNodeParameter('authentication', 'cpanelAccount');
		const accounts = await openAccounts(context, authentication);
		const transport = createHelperTransport(context.helpers, accounts);
		const { certificateSwitch, allowUnauthorizedCerts: ignoresCertificates } = accounts;
		const channel = { transport, timeout: TIMEOUT, certificateSwitch, ignoresCertificates };
		const request = { search: filter.trim(), page: Number(paginationToken ?? 1) };
		try {
			const form = { fields: formParameters(context, [account, ...mailbox]), accounts };
			const { choices, nextPage } = await listing(form, forLists(channel, TYPE_IT), request);
			// older versions of n8n hand nothing back but a text
			return { results: choices, paginationToken: nextPage?.toString() };
		} finally {
			await accounts.close(channel);
		}
	} catch (error) {
		throw toListError(mayNotList(error) ?? error, context.getNode());
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
				hint: `This account is not allowed to list them. ${TYPE_IT}`,
			})
		: undefined;
}
