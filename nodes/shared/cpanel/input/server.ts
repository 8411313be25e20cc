import { badInput } from '../../errors';
import { authorityIn, holdsUser, parseHost, pastedAddress, shortHost } from './host';
import type { Host } from './host';

/** Where cPanel listens for a person and for UAPI, over TLS. */
export const CPANEL_PORT = 2083;
/** Where WHM listens, over TLS. */
export const WHM_PORT = 2087;
/** Where Webmail listens, over TLS. */
export const WEBMAIL_PORT = 2096;
/** The same, for a message. */
export const SERVICE_PORTS = `${CPANEL_PORT} for cPanel, ${WHM_PORT} for WHM, ${WEBMAIL_PORT} for Webmail`;

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
			`“Server” uses port ${WHM_PORT}, which is the port of WHM`,
			`Leave the port out, or use the port of cPanel, ${CPANEL_PORT}. A WHM token belongs in a “cPanel WHM API” credential: choose “WHM” instead of “cPanel Account” when you create it.`,
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
			`“Server” uses port ${CPANEL_PORT}, which is the port of cPanel`,
			`Leave the port out, or use the port of WHM, ${WHM_PORT}. A cPanel token belongs in a “cPanel API” credential: choose “cPanel Account” instead of “WHM” when you create it.`,
		);
	}
	return server;
}

/** The path may come without a scheme, too: browsers show it so. */
function parse(text: string, defaultPort: number): Host {
	const [authority = ''] = authorityIn(pastedAddress(text), FIELD).split(/[/?#]/);
	if (authority.includes('@')) throw holdsUser(FIELD);
	return parseHost(authority, defaultPort, FIELD);
}
