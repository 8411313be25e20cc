import type { SessionCookie } from '../answers/login';
import { readLoginAnswer } from '../answers/webmailLogin';
import type { Login } from '../answers/webmailLogin';
import { exchange } from '../calls/exchange';
import type { Channel } from '../calls/exchange';
import { readOwn } from '../calls/readOwn';
import type { LoginTicket } from '../input/loginTicket';

/** What whoever logs in may ask for. */
export interface LoginOptions {
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
}: Pick<LoginTicket, 'session'> & LoginOptions): Record<string, string> {
	return {
		session,
		...(gotoUri !== undefined && { goto_uri: gotoUri }),
		...(locale !== undefined && { locale }),
	};
}

/** An address that logs a browser in when it is opened. It holds the session, so it is a secret until then. */
export function loginLink(ticket: LoginTicket & LoginOptions): string {
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
export async function logInToWebmail(
	channel: Channel,
	ticket: LoginTicket & LoginOptions,
): Promise<Login> {
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
	ticket: LoginTicket & LoginOptions,
	url: string,
	cookie: SessionCookie,
): Promise<Login> {
	const response = await exchange(channel, {
		method: 'POST',
		url,
		headers: { accept: 'text/html' },
		form: new URLSearchParams(loginFields(ticket)),
		repeatable: false,
		settles: true,
	});
	// the token of its session is in the address that a login leads to, and no other login's answer has it
	return readOwn(
		channel,
		response,
		url,
		() => readLoginAnswer(response, ticket, { url, cookie }),
		({ sessionUrl }) => ({ isOwn: sessionUrl === ticket.host.origin + ticket.token }),
	);
}
