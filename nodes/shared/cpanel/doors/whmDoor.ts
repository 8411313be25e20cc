import type { Connection } from '../connection';
import { openUserSession } from '../userSession';
import { callUapiThroughWhm } from '../whm';
import { noAccount } from '../whmAccounts';
import type { FindOwner } from '../whmAccounts';
import type { WhmCredential } from '../whmCredential';
import type { Door } from './Door';

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
