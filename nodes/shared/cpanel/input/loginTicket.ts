import { badInput } from '../../errors';
import { parseHost } from './host';
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
	const { session } = texts;
	if (session.trim() === '' || /\p{Cc}/u.test(session)) {
		throw badInput(
			session.trim() === '' ? '“Session” is empty' : '“Session” is not a session of cPanel',
			'It is the field “session” that the cPanel Session node returns.',
		);
	}
	return {
		host: parseHost(texts.host, WEBMAIL_PORT, 'Host'),
		token: parseSecurityToken(texts.token),
		session,
	};
}
