import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { exchange, readMatchedResponse } from '../api/send';
import type { Channel } from '../api/send';
import { securityTokenOf } from '../input/loginTicket';
import type { LoginTicket } from '../input/loginTicket';
import type { LoggedInSession } from '../input/sessionUrl';
import { looksLikeHtml, recognizePage } from '../response/pages';
import type { PageKind } from '../response/pages';
import { judgeAnswer } from '../response/verdict';
import { cookieHeader, landingPage, sessionCookies } from './cookies';
import type { Cookie, SessionCookie } from './cookies';

/** A login ticket, and what whoever logs in with it may ask for. */
export interface LoginRequest extends LoginTicket {
	/** Page that opens after the login, without the `/cpsess…` part. */
	gotoUri?: string;
	locale?: string;
}

/** Where a login is sent, by POST or by GET. The session's own token must be in the path (protocol.md, 3). */
export function loginAddress({ host, token }: Pick<LoginTicket, 'host' | 'token'>): string {
	return `${host.origin}${token}/login`;
}

/** The fields of a login; the same names serve as form fields and as a query. */
export function loginFields({
	session,
	gotoUri,
	locale,
}: Omit<LoginRequest, 'host' | 'token'>): Record<string, string> {
	return {
		session,
		...(gotoUri !== undefined && { goto_uri: gotoUri }),
		...(locale !== undefined && { locale }),
	};
}

/** An address that logs a browser in when it is opened. It contains the session, so it is a secret until then. */
export function loginLink(ticket: LoginRequest): string {
	// %20 and not +: link checkers and mail clients leave it alone
	const query = new URLSearchParams(loginFields(ticket)).toString().replaceAll('+', '%20');
	return `${loginAddress(ticket)}/?${query}`;
}

/**
 * Logs in to Webmail with a login ticket. A session works once, so this is never sent twice. The redirect that
 * answers it is read and never followed: following a 307 would send the session on (protocol.md, 3). One that leads
 * to another session than that of the ticket answers another login.
 *
 * @throws {CpanelError} see {@link readLoginAnswer}, and of kind `connection`
 */
export async function logInToWebmail(channel: Channel, ticket: LoginRequest): Promise<Login> {
	return await logIn(channel, ticket, loginAddress(ticket), 'webmailsession');
}

/**
 * Logs in to cPanel with a login ticket, which works as the Webmail login does (protocol.md, 3 and 6.2).
 *
 * @throws {CpanelError} see {@link logInToWebmail}
 */
export async function logInToCpanel(channel: Channel, ticket: LoginTicket): Promise<Login> {
	// WHM names the address with a slash at its end
	return await logIn(channel, ticket, `${loginAddress(ticket)}/`, 'cpsession');
}

async function logIn(
	channel: Channel,
	ticket: LoginRequest,
	url: string,
	cookie: SessionCookie,
): Promise<Login> {
	const response = await exchange(channel, {
		method: 'POST',
		url,
		headers: { accept: 'text/html' },
		form: new URLSearchParams(loginFields(ticket)),
		repeatable: false,
		awaitsMatch: true,
	});
	// the token of its session is in the address that a login leads to, and no other login's answer has it
	return readMatchedResponse(
		channel,
		response,
		url,
		() => readLoginAnswer(response, ticket, { url, cookie }),
		({ sessionUrl }) => ({ isOwn: sessionUrl === ticket.host.origin + ticket.token }),
	);
}

/** A login that succeeded. */
export interface Login extends LoggedInSession {
	/** The page the login leads to. */
	url: string;
}

/**
 * Judges the answer to a login with a login ticket.
 *
 * A good login is answered by a redirect (301, 302, 303, 307 and 308 have been seen or are plausible) to a path
 * that starts with the session's own security token, together with a cookie that names a user. A refused login sets a
 * cookie too, without a user in it (protocol.md, 3).
 *
 * @param url where the login was sent
 * @throws {CpanelError} of kind `signIn` when the session is not accepted, `answer`, `busy` or `credential` (a
 * lock-out) otherwise
 */
function readLoginAnswer(
	response: HttpResponse,
	ticket: LoginTicket,
	{ url, cookie }: { url: string; cookie: SessionCookie },
): Login {
	const landing = landingPage(response, ticket.host);
	if (landing === undefined) throw refusal(response, ticket, url);
	const cookies = sessionCookies(response, cookie);
	const { host } = new URL(url);
	if (cookies === undefined) throw withoutCookie(response.status, host);
	if (securityTokenOf(landing.pathname) !== ticket.token || isOfAnother(cookies, cookie, ticket)) {
		throw notItsOwn(response.status, host);
	}
	return {
		url: landing.href,
		sessionUrl: ticket.host.origin + ticket.token,
		cookie: cookieHeader(cookies),
	};
}

/**
 * Whether the cookie names another mailbox than the session does. Both begin with the user; only a full address on
 * both sides can be compared (protocol.md, 2 and 3).
 */
function isOfAnother(cookies: Cookie[], name: SessionCookie, { session }: LoginTicket): boolean {
	const value = cookies.find((cookie) => cookie.name === name)?.value ?? '';
	const [asked, got] = [session, value].map(mailboxIn);
	return asked !== undefined && got !== undefined && asked !== got;
}

function mailboxIn(text: string): string | undefined {
	const user = /^[^:]*?@[^:]*(?=:)/.exec(text.replace(/%3a/gi, ':').replace(/%40/g, '@'))?.[0];
	return user?.toLowerCase();
}

function withoutCookie(httpStatus: number, host: string): CpanelError {
	return new CpanelError('signIn', `${host} redirected to a session but did not set its cookie`, {
		hint: 'Webmail did not log in. Create a new session and log in with it right away.',
		httpStatus,
	});
}

function notItsOwn(httpStatus: number, host: string): CpanelError {
	return new CpanelError('answer', `${host} answered the login with the session of another user`, {
		hint: 'Responses were mixed up on the way, so the node discarded this one. Create a new session and log in with it.',
		httpStatus,
	});
}

function refusal(response: HttpResponse, ticket: LoginTicket, url: string): CpanelError {
	const { status, body } = response;
	const { host } = new URL(url);
	const secrets = [ticket.session, ticket.token];
	const verdict = judgeAnswer(response, { url, secrets, carries: 'session' });
	if (verdict === 'signInRefused') return notAccepted(status, body);
	if (verdict?.kind === 'busy') return verdict.as('busy', { hint: NEW_SESSION_LATER });
	if (verdict !== undefined) return verdict;
	return new CpanelError('answer', `${host} did not answer like Webmail`, {
		hint: 'Check that “Host” is a Webmail server with its port. The default port is 2096.',
		httpStatus: status,
	});
}

function notAccepted(httpStatus: number, body: string): CpanelError {
	const page = looksLikeHtml(body) ? recognizePage(body) : 'other';
	const [message, hint] = REFUSALS[page] ?? NOT_ACCEPTED;
	return new CpanelError('signIn', message, { hint, httpStatus });
}

const NEW_SESSION_LATER =
	'The login was not sent again, because a session works once. Wait a while, create a new session and log in with it.';

const NEW_SESSION = 'Create a new session and use it within 15 minutes, once.';

const NOT_ACCEPTED: [string, string] = [
	'Webmail did not accept the session',
	`It was already used, has expired, or was created for another address. ${NEW_SESSION}`,
];

const REFUSALS: Partial<Record<PageKind, [message: string, hint: string]>> = {
	invalidSession: [
		'Webmail does not recognize this session: it was already used or never existed',
		NEW_SESSION,
	],
	expiredSession: ['The session expired before it was used', NEW_SESSION],
	changedAddress: [
		'The session was created for a different address than the one that used it',
		'cPanel binds a session to an address: the one under “Remote Address”, or else the address of n8n. Leave it empty when n8n itself logs in; give the visitor’s address for a link or a page.',
	],
	securityToken: [
		'The security token does not belong to this session',
		'Take “Token” and “Session” from the same item of the cPanel Session node.',
	],
};
