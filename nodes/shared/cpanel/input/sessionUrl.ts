import { badInput } from '../../errors';
import { findDisallowed, trimPastedStart, removeInvisible } from './characters';
import { WEBMAIL_PORT, parseHost, pastedAddress } from './host';
import type { Host } from './host';
import { securityTokenOf } from './loginTicket';

/** A logged-in session: where it lives, and the cookie that proves it. cPanel wants both together
 * (protocol.md, 3). */
export interface LoggedInSession {
	/** `https://host:port/cpsess…`, without a slash at the end. */
	sessionUrl: string;
	/** Ready for a `Cookie` header. */
	cookie: string;
}

/**
 * Reads the session URL of an earlier login; what follows its `/cpsess…` part is dropped.
 *
 * @throws {CpanelError} of kind `input`: another scheme, no host, no security token
 */
export function parseSessionUrl(text: string): string {
	const address = pastedAddress(text);
	const match = /^https:\/\/([^/?#]*)(\/[^?#]*)?/i.exec(address);
	if (match === null) {
		throw badInput(
			address === '' ? '“Session URL” is empty' : '“Session URL” does not start with https://',
			'It is the field “sessionUrl” that the Log In operation of the cPanel Webmail Login node returns.',
		);
	}
	const host = parseHost(match[1] ?? '', WEBMAIL_PORT, 'Session URL');
	const token = securityTokenOf(match[2] ?? '');
	if (token === undefined) {
		throw badInput(
			'“Session URL” contains no security token',
			'It looks like https://mail.example.com:2096/cpsess0123456789. The Log In operation of the cPanel Webmail Login node returns it.',
		);
	}
	return host.origin + token;
}

/** Where a session lives. A URL parser would drop the port of a server that listens on 443. */
export function hostOfSession(sessionUrl: string): Host {
	const authority = sessionUrl.slice('https://'.length).split('/')[0] ?? '';
	return parseHost(authority, WEBMAIL_PORT, 'Session URL');
}

/** @throws {CpanelError} of kind `input` when the field “Cookie” is empty or would break the header */
export function parseCookie(text: string): string {
	const cookie = trimPastedStart(removeInvisible(text)).replace(/^cookie:\s*/i, '');
	const whereFrom =
		'It is the field “cookie” that the Log In operation of the cPanel Webmail Login node returns.';
	if (cookie === '') throw badInput('“Cookie” is empty', whereFrom);
	const odd = findDisallowed(cookie, /[\x20-\x7e]/);
	if (odd !== undefined)
		throw badInput('“Cookie” is not a cookie', `It contains ${odd}. ${whereFrom}`);
	if (!/^[^\s:;=]+=/.test(cookie)) throw badInput('“Cookie” is not a cookie', whereFrom);
	return cookie;
}
