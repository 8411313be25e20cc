import type { Account } from '../calls/account';
import type { Channel } from '../calls/exchange';
import { callUapiThroughWhm } from '../calls/whm';
import type { WhmCredential } from '../input/credentials';
import { openUserSession } from '../sessions/userSession';
import type { FindOwner } from './domainOwners';

/** Which cPanel account WHM is to act for: one by its name, or the owner of a domain. */
export type AccountOf = { user: string } | { domain: string };

/**
 * With a token of WHM, as one of the accounts that its user may act for (protocol.md, 6). The token goes to WHM
 * alone: a session is opened at cPanel with what WHM made for that.
 */
export function whmAccount(
	credential: WhmCredential,
	account: AccountOf,
	findOwner: FindOwner,
): Account {
	const { server } = credential;

	async function user(channel: Channel): Promise<string> {
		return 'user' in account ? account.user : await findOwner(channel, account.domain);
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
