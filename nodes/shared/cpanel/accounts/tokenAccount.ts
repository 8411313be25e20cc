import { tokenHeaders } from '../api/authorization';
import { NOTHING_MORE_SENT } from '../response/signInRefusal';
import type { Account, Caller } from '../api/uapi';
import { callUapi } from '../api/uapi';
import type { TokenCredential } from '../input/credentials';
import { openWebmailSession } from './openWebmailSession';

/** With an API token of the account: `Authorization: cpanel USER:TOKEN` (protocol.md, 1). */
export function tokenAccount(credential: TokenCredential): Account {
	const { server, apiToken } = credential;
	const caller: Caller = {
		base: server.origin,
		headers: tokenHeaders(credential),
		secrets: [apiToken],
		account: credential.username,
		signIn: {
			kind: 'credential',
			subject: 'the credential',
			hint: `Check the user name and API token in the credential; the token may have expired. A token that was created in WHM belongs in a “cPanel WHM API” credential. ${NOTHING_MORE_SENT}`,
			deniedHint:
				'Check the type of credential (a cPanel token, not a WHM token), the port (2083), and whether the provider allows API access.',
		},
	};
	const account: Account = {
		server,
		call: async (channel, call) => await callUapi(channel, caller, call),
		openSession: async (channel) => await openWebmailSession(channel, account),
		async close() {},
	};
	return account;
}
