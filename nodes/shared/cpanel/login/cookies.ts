import type { HttpResponse } from '../../http/HttpTransport';
import type { Host } from '../input/host';
import { securityTokenOf } from '../input/loginTicket';
import { parseUrl } from '../input/host';

export interface Cookie {
	name: string;
	/** As it came, still encoded. */
	value: string;
}

/**
 * Reads `Set-Cookie` lines as a browser stores them (RFC 6265bis, 5.6 and 5.7): of two lines for the same name, path and
 * domain the later counts, and one whose time is over deletes. Without a path it is taken for `/`, which cPanel's own
 * cookies have. Other attributes do not matter here; cPanel still sends the legacy attribute `port` (protocol.md, 3).
 *
 * @param now milliseconds since 1970
 * @returns the cookies that are left, in the order in which each came first
 */
export function parseSetCookies(lines: readonly string[], now = Date.now()): Cookie[] {
	const cookies = new Map<string, Cookie>();
	for (const line of lines) {
		const [pair = '', ...rest] = line.split(';');
		const [name, value] = splitAtEquals(pair);
		if (name === '') continue;
		// of an attribute that comes twice the later counts
		const attributes = new Map(rest.map((text) => attributeOf(text)));
		const key = JSON.stringify([name, attributes.get('domain'), attributes.get('path') ?? '/']);
		if (isExpired(attributes, now)) cookies.delete(key);
		else cookies.set(key, { name, value });
	}
	return [...cookies.values()];
}

function splitAtEquals(pair: string): [name: string, value: string] {
	const equals = pair.indexOf('=');
	return [pair.slice(0, Math.max(equals, 0)).trim(), pair.slice(equals + 1).trim()];
}

/** The name is in any case, and an attribute without a value has none. */
function attributeOf(text: string): [name: string, value: string] {
	const [name = '', ...value] = text.split('=');
	return [name.trim().toLowerCase(), value.join('=').trim()];
}

/** `Max-Age` counts more than `Expires`, and either is passed over where it is malformed. */
function isExpired(attributes: Map<string, string>, now: number): boolean {
	const maxAge = attributes.get('max-age') ?? '';
	if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
	return cookieDate(attributes.get('expires') ?? '') <= now;
}

/**
 * Reads the date of a cookie, which servers write in several ways, always in UTC (RFC 6265bis, 5.1.1). Without a time in
 * it `Date.parse` would take a number such as `0` for a year, and without a zone it would take that of n8n.
 *
 * @returns milliseconds since 1970; NaN for what is no date
 */
function cookieDate(text: string): number {
	return /\d:\d/.test(text) ? Date.parse(/gmt$/i.test(text) ? text : `${text} GMT`) : NaN;
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
