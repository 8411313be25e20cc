import { badInput } from '../../errors';
import { findDisallowed, cleanPasted, trimPastedStart } from './characters';
import { WEBMAIL_PORT, parseHostOrUrl } from './host';
import type { Host } from './host';

/** A session that nobody has used yet: what a login with it needs, however it is sent. */
export interface LoginTicket {
	/** Where the service listens that the session is for. */
	host: Host;
	/** With its leading slash. */
	token: string;
	/** Opaque: cPanel's own text (protocol.md, 2). */
	session: string;
}

/**
 * Reads a login ticket for Webmail, as the cPanel Session node returns it.
 *
 * @example
 * parseLoginTicket({ host: 'mail.example.com', token: '/cpsess0123456789', session: 'anna…' }).host.port; // 2096
 *
 * @throws {CpanelError} of kind `input`, naming the field that is not usable
 */
export function parseLoginTicket(texts: Record<keyof LoginTicket, string>): LoginTicket {
	return {
		host: parseHostOrUrl(texts.host, WEBMAIL_PORT, 'Host'),
		token: parseSecurityToken(texts.token),
		session: parseSession(texts.session),
	};
}

/** Opaque, so only what surrounds it is taken off: a blank or a line end that came along makes a login fail. */
function parseSession(text: string): string {
	const session = trimPastedStart(text);
	const whereFrom = 'It is the field “session” that the cPanel Session node returns.';
	if (session === '') throw badInput('“Session” is empty', whereFrom);
	const odd = findDisallowed(session, /[^\p{Cc}\p{Cf}]/u);
	if (odd !== undefined) {
		throw badInput('“Session” is not a session of cPanel', `It contains ${odd}. ${whereFrom}`);
	}
	if (/^https?:\/\//i.test(session)) {
		throw badInput(
			'“Session” is not a session of cPanel',
			`It contains the address of a web page. ${whereFrom}`,
		);
	}
	return session;
}

const SECURITY_TOKEN = /^\/cpsess\d{1,20}$/;

/** @returns the token with its leading slash, or undefined when it is not one */
export function normalizeSecurityToken(text: string): string | undefined {
	const trimmed = text.trim();
	const token = trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
	return SECURITY_TOKEN.test(token) ? token : undefined;
}

/** @throws {CpanelError} of kind `input` when the field “Token” contains something else */
export function parseSecurityToken(text: string): string {
	const bare = cleanPasted(text);
	const token = normalizeSecurityToken(bare);
	if (token === undefined) {
		throw badInput(
			bare === '' ? '“Token” is empty' : '“Token” is not a security token of cPanel',
			'It is the field “token” that the cPanel Session node returns: /cpsess and a number.',
		);
	}
	return token;
}

/** @returns the token at the start of a path such as `/cpsess123/webmail/…`, or undefined */
export function securityTokenOf(path: string): string | undefined {
	return /^(\/cpsess\d{1,20})(?=[/?#]|$)/.exec(path)?.[1];
}
