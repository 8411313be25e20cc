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
		const key = JSON.stringify([
			name,
			attributes.get('domain') ?? '',
			attributes.get('path') ?? '/',
		]);
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
	const [name, value] = text.includes('=') ? splitAtEquals(text) : [text.trim(), ''];
	return [name.toLowerCase(), value];
}

/** `Max-Age` counts more than `Expires`, and either is passed over where it is malformed. */
function isExpired(attributes: Map<string, string>, now: number): boolean {
	const maxAge = attributes.get('max-age') ?? '';
	if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
	const expires = cookieDate(attributes.get('expires') ?? '');
	return expires !== undefined && expires <= now;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads the date of a cookie, which servers write in many ways (RFC 6265bis, 5.1.1): a time, a day, a month and a year
 * among whatever else, always in UTC. `Date.parse` would take `0` for a date, and the time zone of n8n for a missing one.
 *
 * @returns milliseconds since 1970; undefined where one of the four is missing
 */
function cookieDate(text: string): number | undefined {
	const words = text.split(/[^\d:a-z]+/i);
	const take = (pattern: RegExp): string[] => {
		const at = words.findIndex((word) => pattern.test(word));
		return at < 0 ? [] : (pattern.exec(words.splice(at, 1)[0] ?? '') ?? []).slice(1);
	};
	const [hour, minute, second] = take(/^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/);
	const [day] = take(/^(\d{1,2})(?:\D|$)/);
	const [month = ''] = take(new RegExp(`^(${MONTHS.join('|')})`, 'i'));
	const [digits] = take(/^(\d{2,4})(?:\D|$)/);
	if (second === undefined || day === undefined || month === '' || digits === undefined) {
		return undefined;
	}
	const short = Number(digits);
	const year = short < 70 ? short + 2000 : short < 100 ? short + 1900 : short;
	return Date.UTC(
		year,
		MONTHS.indexOf(month.toLowerCase()),
		...([day, hour, minute, second].map(Number) as [number, number, number, number]),
	);
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
