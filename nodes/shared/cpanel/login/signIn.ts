import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { exchange } from '../api/send';
import type { Channel } from '../api/send';
import type { PasswordCredential } from '../input/credentials';
import type { Host } from '../input/host';
import { normalizeSecurityToken, securityTokenOf } from '../input/loginTicket';
import type { LoggedInSession } from '../input/sessionUrl';
import { totpCode } from '../input/totp';
import { isVerdict } from '../response/intermediary';
import { isRecord, parseJson } from '../response/json';
import { findingIn } from '../response/pages';
import { ownWords } from '../response/quote';
import { targetOf } from '../response/redirects';
import { NOTHING_MORE_SENT, signInRefusal } from '../response/signInRefusal';
import type { SignInWords } from '../response/signInRefusal';
import { acceptedAnswer } from '../response/verdict';
import { cookieHeader, landingPage, sessionCookies } from './cookies';

/** Where somebody signs in; with this query cPanel answers a script and not a browser (protocol.md, 1.3). */
const SIGN_IN_PATH = '/login/?login_only=1';

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
		hint: `Check the user name and password in the credential; an account with two-factor authentication needs its “Two-Factor Secret”. ${NOTHING_MORE_SENT}`,
		deniedHint: 'Check the port (2083), and whether the account may sign in to cPanel.',
		sentCode: totpSecret !== undefined,
	};
}

/** What the judgment needs to know of the sign-in. */
interface SignInContext {
	server: Host;
	/** URL of the request, for the name of its host. */
	url: string;
	/** Everything secret that was sent. */
	secrets: readonly string[];
	/** What a refusal means here. */
	signIn: SignInWords;
}

/**
 * Judges the answer to a sign-in: JSON with the security token of the new session, and its cookie. The token may
 * be in `Location` only, beside the JSON or in place of it. A refusal is JSON under `text/plain`, or a page
 * (protocol.md, 1.3).
 *
 * @throws {CpanelError} of kind `credential` when it is refused, `answer` or `busy` otherwise
 */
function readSignInAnswer(response: HttpResponse, context: SignInContext): LoggedInSession {
	const { server } = context;
	const token = securityToken(response, context);
	const cookies = sessionCookies(response, 'cpsession');
	if (cookies === undefined) {
		throw new CpanelError(
			'answer',
			`${server.name} accepted the sign-in but did not set a session cookie`,
			{
				hint: 'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
				httpStatus: response.status,
			},
		);
	}
	return { sessionUrl: server.origin + token, cookie: cookieHeader(cookies) };
}

function securityToken(response: HttpResponse, context: SignInContext): string {
	const landing = landingPage(response, context.server);
	if (landing !== undefined) return securityTokenOf(landing.pathname) ?? '';
	const told = parseJson(response.body);
	if (isRecord(told) && isVerdict(told)) {
		if (Number(told.status) !== 1) throw signInNotAccepted(response, told.message, context);
		const found =
			told.security_token === undefined
				? (tokenAt(told.redirect, context.url) ?? tokenAt(response.location, context.url))
				: tokenIn(told.security_token);
		if (found !== undefined) return found;
	} else {
		acceptedAnswer(response, context);
	}
	throw new CpanelError(
		'answer',
		`${new URL(context.url).host} did not answer the sign-in like cPanel`,
		{
			hint: 'Check that the server and port belong to cPanel: 2083.',
			httpStatus: response.status,
		},
	);
}

function tokenIn(field: unknown): string | undefined {
	return typeof field === 'string' ? normalizeSecurityToken(field) : undefined;
}

/** The token in an address on the server that answered. */
function tokenAt(address: unknown, url: string): string | undefined {
	const target = typeof address === 'string' ? targetOf(address, url) : undefined;
	return target?.isSameServer === true ? securityTokenOf(target.path) : undefined;
}

/**
 * A busy server has not refused. Everything else with the status of a failure has, in words or without; the key of a
 * message is told in ours.
 */
function signInNotAccepted(
	response: HttpResponse,
	message: unknown,
	context: SignInContext,
): CpanelError {
	const { url, secrets, signIn } = context;
	const { host } = new URL(url);
	if (response.status === 429 || response.status === 503) acceptedAnswer(response, context);
	const told = typeof message === 'string' ? ownWords(message, secrets) : '';
	const found = findingIn(told) !== undefined;
	const words = signInMessage(told) ?? told;
	// what only the server's log tells, and what was understood, needs no quote
	if (words === '' || found) {
		return signInRefusal({ ...response, body: found ? told : '' }, host, signIn);
	}
	return new CpanelError('credential', `${host} did not accept the sign-in: ${words}`, {
		hint: signIn.hint,
		httpStatus: response.status,
	});
}

/**
 * The keys of cPanel's messages about a sign-in, in words. The server names the text in this way and leaves it to a
 * page to show it (protocol.md, 1.3).
 */
const MESSAGES: Record<string, string> = {
	changed_ip: 'the address it came from has changed since the session began',
	expired_session: 'the session has expired',
	invalid_login: 'the user name or the password is wrong',
	invalid_session: 'the session is unknown',
	invalid_username: 'cPanel does not accept this user name',
	no_username: 'the user name is missing',
	prevented_xfer: 'the session was opened on a connection without TLS',
	token_incorrect: 'the security token does not belong to the session',
	token_missing: 'the security token is missing',
	// the reason is in the server's log, for its owner
	see_login_log: '',
};

/**
 * @param told what the server sent as its message
 * @returns undefined for what is no key that is known; empty where the server keeps the reason to itself
 */
function signInMessage(told: string): string | undefined {
	const key = /^[a-z_]+/.exec(told.trim())?.[0] ?? '';
	return Object.hasOwn(MESSAGES, key) ? MESSAGES[key] : undefined;
}
