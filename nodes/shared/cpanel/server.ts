import { badInput } from './errors';
import { parseHost } from './host';
import type { Host } from './host';

/** Where cPanel listens for a person and for UAPI, over TLS. */
export const CPANEL_PORT = 2083;
/** Where Webmail listens, over TLS. */
export const WEBMAIL_PORT = 2096;

const FIELD = 'Server';

/**
 * Reads what people paste as their server: a host, `host:port`, or an `https://` URL with whatever path
 * the browser showed.
 *
 * @throws {CpanelError} of kind `input`: empty, plain HTTP, another scheme, a user name or password inside
 * the URL, not a host, port out of range
 */
export function parseServer(text: string): Host {
	const trimmed = text.trim();
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
	if (scheme === 'http') {
		throw badInput(
			'“Server” starts with http://, which would send the credential unencrypted',
			'Enter the host name alone, or an address that starts with https://.',
		);
	}
	if (scheme !== undefined && scheme !== 'https') {
		throw badInput(
			`“Server” starts with ${scheme}://`,
			'Enter the host name alone, or an address that starts with https://.',
		);
	}
	const [authority = ''] = trimmed.replace(/^https:\/\//i, '').split(/[/?#]/);
	if (authority.includes('@')) {
		throw badInput(
			'“Server” holds a user name or a password',
			'Enter the host name alone. The user name and the secret have fields of their own.',
		);
	}
	return parseHost(authority, CPANEL_PORT, FIELD);
}
