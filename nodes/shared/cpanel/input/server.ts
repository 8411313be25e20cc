import { badInput } from '../../errors';
import { parseHost, shortHost } from './host';
import type { Host } from './host';

/** Where cPanel listens for a person and for UAPI, over TLS. */
export const CPANEL_PORT = 2083;
/** Where WHM listens, over TLS. */
export const WHM_PORT = 2087;
/** Where Webmail listens, over TLS. */
export const WEBMAIL_PORT = 2096;

const FIELD = 'Server';

/** A server of Webmail as people write it: without the port where it is the usual one. */
export function webmailHostText(host: Host): string {
	return shortHost(host, WEBMAIL_PORT);
}

/**
 * Reads what people paste as their cPanel server: a host, `host:port`, or an `https://` URL with whatever path
 * the browser showed.
 *
 * @throws {CpanelError} of kind `input`: empty, plain HTTP, another scheme, a user name or password inside
 * the URL, not a host, port out of range, the port of WHM
 */
export function parseServer(text: string): Host {
	const server = parse(text, CPANEL_PORT);
	if (server.port === WHM_PORT) {
		throw badInput(
			`“Server” names port ${WHM_PORT}, which is that of WHM`,
			`Leave the port out, or name the one of cPanel, ${CPANEL_PORT}. A token of WHM belongs in a “cPanel WHM API” credential: choose “WHM” in place of “cPanel Account” when you create it.`,
		);
	}
	return server;
}

/**
 * Reads what people paste as their WHM server, as {@link parseServer} does.
 *
 * @throws {CpanelError} of kind `input`: as `parseServer`, and the port of cPanel
 */
export function parseWhmServer(text: string): Host {
	const server = parse(text, WHM_PORT);
	if (server.port === CPANEL_PORT) {
		throw badInput(
			`“Server” names port ${CPANEL_PORT}, which is that of cPanel`,
			`Leave the port out, or name the one of WHM, ${WHM_PORT}. A token of a cPanel account belongs in a “cPanel API” credential: choose “cPanel Account” in place of “WHM” when you create it.`,
		);
	}
	return server;
}

function parse(text: string, defaultPort: number): Host {
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
	return parseHost(authority, defaultPort, FIELD);
}
