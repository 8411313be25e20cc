import type { HttpResponse } from '../../http/HttpTransport';
import type { Host } from '../input/host';
import { securityTokenOf } from '../input/loginTicket';
import { parseUrl } from '../input/url';

export interface Cookie {
	name: string;
	/** As it came, still encoded. */
	value: string;
}

/**
 * Reads `Set-Cookie` lines; of two cookies with the same name the later counts, as in a browser. cPanel
 * still sends the legacy attribute `port`; attributes do not matter here (protocol.md, 3).
 */
export function parseSetCookies(lines: readonly string[]): Cookie[] {
	const cookies = new Map<string, Cookie>();
	for (const line of lines) {
		const [pair = ''] = line.split(';');
		const equals = pair.indexOf('=');
		const name = pair.slice(0, Math.max(equals, 0)).trim();
		if (name !== '') cookies.set(name, { name, value: pair.slice(equals + 1).trim() });
	}
	return [...cookies.values()];
}

/** @returns the value of a `Cookie` header that sends all of them back */
export function cookieHeader(cookies: readonly Cookie[]): string {
	return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The session cookie of each service that somebody logs in to. */
export type SessionCookie = 'cpsession' | 'webmailsession';

/**
 * The page a login leads to, if the answer is a redirect to a session on the server that was asked. 301, 302,
 * 303, 307 and 308 have been seen or are plausible (protocol.md, 3).
 */
export function landingPage({ status, location }: HttpResponse, host: Host): URL | undefined {
	if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
	const landing = parseUrl(location, host.origin);
	if (landing === undefined) return undefined;
	const onSameServer = landing.origin === new URL(host.origin).origin;
	return onSameServer && securityTokenOf(landing.pathname) !== undefined ? landing : undefined;
}

/**
 * The cookies of an answer, if one of them is the session of somebody. Before a login the user part of that cookie
 * is empty: its value starts with the separator (protocol.md, 3).
 */
export function sessionCookies(
	response: HttpResponse,
	sessionCookie: SessionCookie,
): Cookie[] | undefined {
	const cookies = parseSetCookies(response.cookies);
	const isSomebody = cookies.some(
		({ name, value }) => name === sessionCookie && value !== '' && !/^(%3a|:)/i.test(value),
	);
	return isSomebody ? cookies : undefined;
}
