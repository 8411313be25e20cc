import type { PasswordCredential } from '../credential';
import { NOTHING_MORE_SENT } from '../signInRefusal';
import type { SignInWords } from '../signInRefusal';
import { totpCode } from '../totp';
import { callUapi } from '../uapi';
import type { Door } from './Door';
import { openWebmailSession } from './openWebmailSession';

/**
 * With the password of the account on every request: HTTP Basic, and the code of the second factor beside it
 * where the credential has its secret (protocol.md, 1 and 1.4).
 *
 * @param now milliseconds since 1970
 */
export function passwordDoor(credential: PasswordCredential, now: () => number = Date.now): Door {
	const { server, password, totpSecret } = credential;
	const signIn: SignInWords = {
		kind: 'credential',
		subject: 'the credential',
		hint: `Check user name and password in the credential. An account with two-factor authentication needs an API token or its “Two-Factor Secret”, and some providers accept no password here: choose “Session Sign-In” then. ${NOTHING_MORE_SENT}`,
		deniedHint: 'Check the port (2083), and whether the provider allows API access.',
		sentCode: totpSecret !== undefined,
	};
	const door: Door = {
		server,
		async call(connection, call) {
			const headers = passwordHeaders(credential, now());
			const { authorization, ...code } = headers;
			const secrets = [password, authorization.slice(BASIC.length), ...Object.values(code)];
			return await callUapi(connection, { base: server.origin, headers, secrets, signIn }, call);
		},
		openSession: async (connection) => await openWebmailSession(connection, door),
		async close() {},
	};
	return door;
}

const BASIC = 'Basic ';

/** @param now milliseconds since 1970 */
export function passwordHeaders(
	{ username, password, totpSecret }: PasswordCredential,
	now: number,
): Record<string, string> & { authorization: string } {
	return {
		authorization: BASIC + Buffer.from(`${username}:${password}`, 'utf8').toString('base64'),
		...(totpSecret && { 'x-cpanel-otp': totpCode(totpSecret, now) }),
	};
}
