import type { Door } from '../calls/account';
import type { Connection } from '../calls/exchange';
import { callUapiThroughWhm } from '../calls/whm';
import { noAccount } from '../input/account';
import type { WhmCredential } from '../input/credentials';
import { openUserSession } from '../sessions/userSession';
import type { FindOwner } from './domainOwners';

/** Which cPanel account WHM is to act for: one by its name, or the owner of a domain. */
export type WhmAccount = { user: string } | { domain: string };

/**
 * With a token of WHM, as one of the accounts that its user may act for (protocol.md, 6). The token goes to WHM
 * alone: a session is opened at cPanel with what WHM made for that.
 *
 * @param account undefined where nothing tells: then every call is refused before it is sent
 */
export function whmDoor(
	credential: WhmCredential,
	account: WhmAccount | undefined,
	findOwner: FindOwner,
): Door {
	const { server } = credential;

	async function user(connection: Connection): Promise<string> {
		if (account === undefined) throw noAccount();
		return 'user' in account ? account.user : await findOwner(connection, account.domain);
	}

	return {
		server,
		async call(connection, call) {
			return await callUapiThroughWhm(connection, credential, await user(connection), call);
		},
		async openSession(connection) {
			return await openUserSession(connection, credential, await user(connection));
		},
		async close() {},
	};
}
