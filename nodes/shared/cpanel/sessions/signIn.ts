import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { isRecord, parseJson } from '../answers/json';
import { cookieHeader, cookiesOfSomebody } from '../answers/login';
import { ownWords } from '../answers/quote';
import {
	NOTHING_MORE_SENT,
	findingIn,
	refusesSignIn,
	signInRefusal,
} from '../answers/signInRefusal';
import type { SignInWords } from '../answers/signInRefusal';
import { judgePage, judgeStatus } from '../answers/verdicts';
import { exchange } from '../calls/exchange';
import type { Connection } from '../calls/exchange';
import type { PasswordCredential } from '../input/credentials';
import { normalizeSecurityToken } from '../input/securityToken';
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
	connection: Connection,
	credential: PasswordCredential,
	now: number,
): Promise<LoggedInSession> {
	const { server } = credential;
	const url = server.origin + SIGN_IN_PATH;
	const form = signInForm(credential, now);
	const response = await exchange(connection, {
		method: 'POST',
		url,
		headers: { accept: 'application/json' },
		form: new URLSearchParams(form),
		repeatable: false,
	});
	const secrets = [form.pass, form.tfa_token].filter((secret) => secret !== undefined);
	const token = securityToken(response, url, {
		secrets,
		words: wordsFor(credential),
	});
	const cookies = cookiesOfSomebody(response, 'cpsession');
	if (cookies === undefined) {
		throw new CpanelError('answer', `${server.name} signed in without giving a session cookie`, {
			hint: 'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			httpStatus: response.status,
		});
	}
	return { sessionUrl: server.origin + token, cookie: cookieHeader(cookies) };
}

/**
 * Ends a session, so that none is left open at the server. A log-out has no outcome: the session is over, or ends
 * by itself. Never rejects.
 */
export async function signOut(
	connection: Connection,
	{ sessionUrl, cookie }: LoggedInSession,
): Promise<void> {
	await exchange(connection, {
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

/** The security token of the new session. A refusal is JSON under `text/plain`, or a page (protocol.md, 1.3). */
function securityToken(
	response: HttpResponse,
	url: string,
	{ secrets, words }: { secrets: string[]; words: SignInWords },
): string {
	const unusable = judgeStatus(response, url) ?? judgePage(response, url);
	if (unusable !== undefined) throw unusable;
	const { host } = new URL(url);
	const answer = parseJson(response.body.replace(/^\uFEFF/, ''));
	if (isRecord(answer) && 'status' in answer) {
		const { status, message, security_token: token } = answer;
		const found = typeof token === 'string' ? normalizeSecurityToken(token) : undefined;
		if (Number(status) === 1 && found !== undefined) return found;
		if (Number(status) !== 1) {
			throw refused(response, host, { secrets, words, message });
		}
	} else if (refusesSignIn(response)) {
		throw signInRefusal(response, host, words);
	}
	throw new CpanelError('answer', `${host} did not answer the sign-in as cPanel does`, {
		hint: 'Check that the server and port are those of cPanel: 2083.',
		httpStatus: response.status,
	});
}

function refused(
	response: HttpResponse,
	host: string,
	{ secrets, words, message }: { secrets: string[]; words: SignInWords; message: unknown },
): CpanelError {
	const told = typeof message === 'string' ? ownWords(message, secrets) : '';
	const refusal = signInRefusal({ ...response, body: told }, host, words);
	// what only the server's log tells, and what was understood, needs no quote
	if (told === '' || told.startsWith('see_login_log') || findingIn(told) !== undefined) {
		return refusal;
	}
	return new CpanelError('credential', `${host} did not accept the sign-in: ${told}`, {
		hint: words.hint,
		httpStatus: response.status,
	});
}
