import { badInput } from '../../errors';
import { oddCharacter, undressStart } from './characters';
import { parseHostOrUrl } from './host';
import type { Host } from './host';
import { parseSecurityToken } from './securityToken';
import { WEBMAIL_PORT } from './server';

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
	const session = undressStart(text);
	const whereFrom = 'It is the field “session” that the cPanel Session node returns.';
	if (session === '') throw badInput('“Session” is empty', whereFrom);
	const odd = oddCharacter(session, /[^\p{Cc}\p{Cf}]/u);
	if (odd !== undefined) {
		throw badInput('“Session” is not a session of cPanel', `It holds ${odd}. ${whereFrom}`);
	}
	if (/^https?:\/\//i.test(session)) {
		throw badInput(
			'“Session” is not a session of cPanel',
			`It holds the address of a web page. ${whereFrom}`,
		);
	}
	return session;
}
