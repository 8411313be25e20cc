import { CpanelError } from '../../errors';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/send';
import { callUapiThroughWhm, callWhm } from '../api/whm';
import type { WhmCredential } from '../input/credentials';
import { openUserSession } from '../login/userSession';

/** Which cPanel account WHM is to act for: one by its name, or the owner of a domain. */
type AccountOf = { user: string } | { domain: string };

/**
 * With a token of WHM, as one of the accounts that its user may act for (protocol.md, 6). The token goes to WHM
 * alone: a session is opened at cPanel with what WHM made for that.
 */
export function whmAccount(
	credential: WhmCredential,
	account: AccountOf,
	lookUpOwner: LookUpOwner,
): Account {
	const { server } = credential;

	async function user(channel: Channel): Promise<string> {
		return 'user' in account ? account.user : await lookUpOwner(channel, account.domain);
	}

	return {
		server,
		async call(channel, call) {
			return await callUapiThroughWhm(channel, credential, await user(channel), call);
		},
		async openSession(channel) {
			return await openUserSession(channel, credential, await user(channel));
		},
		async close() {},
	};
}

/** Finds the account that owns a domain. */
type LookUpOwner = (channel: Channel, domain: string) => Promise<string>;

/**
 * Looks the owners of domains up at WHM (`getdomainowner`; protocol.md, 6.1), each domain once, however many items
 * ask for it. What did not come through is asked again by the next item.
 *
 * @throws {CpanelError} see `callWhm`, and of kind `refusal` for a domain that no account owns
 */
export function domainOwners(credential: WhmCredential): LookUpOwner {
	const owners = new Map<string, Promise<string>>();
	return async (channel, domain) => {
		const owner = owners.get(domain) ?? ownerOf(channel, credential, domain);
		owners.set(domain, owner);
		return await owner.catch((error: unknown) => {
			const isUntold = error instanceof CpanelError && /^(busy|connection)$/.test(error.kind);
			if (isUntold && owners.get(domain) === owner) owners.delete(domain);
			throw error;
		});
	};
}

async function ownerOf(
	channel: Channel,
	credential: WhmCredential,
	domain: string,
): Promise<string> {
	const { data } = await callWhm(channel, credential, {
		function: 'getdomainowner',
		arguments: { domain },
	});
	if (typeof data.user === 'string' && data.user !== '') return data.user;
	throw new CpanelError('refusal', `WHM found no account that owns ${domain}`, {
		hint: 'Check the domain, or choose the account under “cPanel Account”. This WHM user must be allowed to act for the account.',
	});
}
