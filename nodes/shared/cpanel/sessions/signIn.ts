import { NOTHING_MORE_SENT } from '../answers/signInRefusal';
import type { SignInWords } from '../answers/signInRefusal';
import { readSignInAnswer } from '../answers/signIn';
import { exchange } from '../calls/exchange';
import type { Channel } from '../calls/exchange';
import type { PasswordCredential } from '../input/credentials';
import type { LoggedInSession } from '../input/sessionUrl';
import { totpCode } from '../input/totp';

/** Where somebody signs in; with this query cPanel answers a script and not a browser (protocol.md, 1.3). */
export const SIGN_IN_PATH = '/login/?login_only=1';

/**
 * The fields of the sign-in form: the password, and the code of the second factor where there is one.
 *
 * @param now milliseconds since 1970
 */
export function signInForm(
	{ username, password, totpSecret }: PasswordCredential,
	now: number,
): Record<string, string> {
	return {
		user: username,
		pass: password,
		...(totpSecret && { tfa_token: totpCode(totpSecret, now) }),
	};
}

/**
 * Signs in to cPanel as a person does. Sent once, whatever becomes of it: cPanel counts what it refuses.
 *
 * @param now milliseconds since 1970
 * @throws {CpanelError} of kind `credential` when it is refused, `answer` or `connection` otherwise
 */
export async function signIn(
	channel: Channel,
	credential: PasswordCredential,
	now: number,
): Promise<LoggedInSession> {
	const { server } = credential;
	const url = server.origin + SIGN_IN_PATH;
	const form = signInForm(credential, now);
	const response = await exchange(channel, {
		method: 'POST',
		url,
		headers: { accept: 'application/json' },
		form: new URLSearchParams(form),
		repeatable: false,
	});
	return readSignInAnswer(response, {
		server,
		url,
		secrets: [form.pass, form.tfa_token].filter((secret) => secret !== undefined),
		signIn: wordsFor(credential),
	});
}

/**
 * Ends a session, so that none is left open at the server. A log-out has no outcome: the session is over, or ends
 * by itself. Never rejects.
 */
export async function signOut(
	channel: Channel,
	{ sessionUrl, cookie }: LoggedInSession,
): Promise<void> {
	await exchange(channel, {
		method: 'GET',
		url: `${sessionUrl}/logout/`,
		headers: { cookie },
		repeatable: false,
	}).catch(() => undefined);
}

function wordsFor({ totpSecret }: PasswordCredential): SignInWords {
	return {
		kind: 'credential',
		subject: 'the sign-in',
		hint: `Check user name and password in the credential; an account with two-factor authentication needs its “Two-Factor Secret”. ${NOTHING_MORE_SENT}`,
		deniedHint: 'Check the port (2083), and whether the account may sign in to cPanel.',
		sentCode: totpSecret !== undefined,
	};
}
