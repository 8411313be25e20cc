import type { INodeProperties } from 'n8n-workflow';

import { getMailboxes } from '../../shared/cpanel/functions/mailboxes';
import { forLists } from '../../shared/cpanel/functions/paging';
import { parseDomain } from '../../shared/cpanel/input/host';
import { badInput } from '../../shared/errors';
import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';
import { account, commonOptions, domain } from '../fields';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

const ONE_DOMAIN = 'Enter one domain under “Domain” to get a shorter list.';

const NO_PARTS =
	'This server does not split lists into pages. Ask the hosting provider why, or take the addresses from another source.';

/** One output item for each mailbox, ready for whatever is to be done for everybody. */
export const getManyMailboxes: Operation<Accounts> = {
	option: {
		name: 'Get Many Mailboxes',
		value: 'getManyMailboxes',
		action: 'Get many mailboxes',
		description: 'List the mailboxes of an account or a domain, one item per mailbox',
	},

	fields: [
		account,
		{
			...domain,
			description:
				'Domain to list the mailboxes of. If empty, the node lists the mailboxes of all domains.',
		},
		returnAll,
		limit,
		commonOptions,
	],

	sensitiveOutput: [],

	itemsCarrySecrets: false,

	read(item, accounts) {
		const wanted = parseDomain(item.locator('domain')) ?? '';
		const most = item.switch('returnAll') ? Infinity : readLimit(item);
		const owner = wanted === '' ? accounts.byName(item) : accounts.owning(wanted, item);
		return {
			server: owner.server.origin,
			async run(channel) {
				const lists = forLists(channel, wanted === '' ? ONE_DOMAIN : NO_PARTS);
				const { mailboxes, warnings } = await getMailboxes(lists, owner, wanted, most);
				return { items: mailboxes.map((json) => ({ json: { ...json } })), warnings };
			},
		};
	},
};

function readLimit(item: ParameterReader): number {
	const most = item.number('limit', 50);
	if (!Number.isInteger(most) || most < 1) {
		throw badInput('“Limit” is out of range', 'Enter a whole number of at least 1.');
	}
	return most;
}
