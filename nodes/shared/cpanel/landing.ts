import type { HttpResponse } from '../http/HttpTransport';
import { parseSetCookies } from './cookies';
import type { Cookie } from './cookies';
import type { Host } from './host';
import { securityTokenOf } from './securityToken';

/** The session cookie of each service that somebody logs in to. */
export type SessionCookie = 'cpsession' | 'webmailsession';

/**
 * The page a login leads to, if the answer is a redirect to a session on the server that was asked. 301, 302,
 * 303, 307 and 308 have been seen or are plausible (protocol.md, 3).
 */
export function landingPage({ status, location }: HttpResponse, host: Host): URL | undefined {
	if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
	if (!URL.canParse(location, host.origin)) return undefined;
	const landing = new URL(location, host.origin);
	const onSameServer = landing.origin === new URL(host.origin).origin;
	return onSameServer && securityTokenOf(landing.pathname) !== undefined ? landing : undefined;
}

/**
 * The cookies of an answer, if one of them is the session of somebody. Before a login the user part of that cookie
 * is empty: its value starts with the separator (protocol.md, 3).
 */
export function cookiesOfSomebody(
	response: HttpResponse,
	sessionCookie: SessionCookie,
): Cookie[] | undefined {
	const cookies = parseSetCookies(response.cookies);
	const isSomebody = cookies.some(
		({ name, value }) => name === sessionCookie && value !== '' && !/^(%3a|:)/i.test(value),
	);
	return isSomebody ? cookies : undefined;
}
