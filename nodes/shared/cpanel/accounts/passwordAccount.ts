import { basicCredentials, passwordHeaders } from '../api/authorization';
import { NOTHING_MORE_SENT } from '../response/signInRefusal';
import type { SignInWords } from '../response/signInRefusal';
import type { Account } from '../api/uapi';
import { callUapi } from '../api/uapi';
import type { PasswordCredential } from '../input/credentials';
import { openWebmailSession } from './openWebmailSession';

/**
 * With the password of the account on every request: HTTP Basic, and the code of the second factor beside it
 * where the credential has its secret (protocol.md, 1 and 1.4).
 *
 * @param now milliseconds since 1970
 */
export function passwordAccount(
	credential: PasswordCredential,
	now: () => number = Date.now,
): Account {
	const { server, password, totpSecret } = credential;
	const signIn: SignInWords = {
		kind: 'credential',
		subject: 'the credential',
		hint: `Check the user name and password in the credential. An account with two-factor authentication needs an API token or its “Two-Factor Secret”. If the provider does not accept a password with each request, choose “Session Sign-In”. ${NOTHING_MORE_SENT}`,
		deniedHint: 'Check the port (2083), and whether the provider allows API access.',
		sentCode: totpSecret !== undefined,
	};
	const account: Account = {
		server,
		async call(channel, call) {
			const headers = passwordHeaders(credential, now());
			const code = headers['x-cpanel-otp'] ?? '';
			const secrets = [password, basicCredentials(credential), code];
			const caller = {
				base: server.origin,
				headers,
				secrets,
				signIn,
				account: credential.username,
			};
			return await callUapi(channel, caller, call);
		},
		openSession: async (channel) => await openWebmailSession(channel, account),
		async close() {},
	};
	return account;
}
