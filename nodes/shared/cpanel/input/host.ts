import { badInput } from '../../errors';

/** Where a server listens. */
export interface Host {
	/** Host name, IPv4 address, or IPv6 address in brackets; lower case, internationalized names as punycode. */
	name: string;
	port: number;
	/** `https://name:port` */
	origin: string;
}

const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]<>"'`{}|^%,;]+)(?::(\d{1,6}))?$/iu;

/**
 * Reads `host` or `host:port`.
 *
 * @param text what a person typed or an earlier node returned
 * @param defaultPort used when the text names none
 * @param field name of the field, for the message
 * @throws {CpanelError} of kind `input` for anything else, each with its own message
 */
export function parseHost(text: string, defaultPort: number, field: string): Host {
	const trimmed = text.trim();
	if (trimmed === '') {
		throw badInput(
			`“${field}” is empty`,
			'Enter a host name such as cpanel.example.com, with a port if it is not the usual one.',
		);
	}
	const match = HOST_AND_PORT.exec(trimmed);
	const name = match?.[1] === undefined ? undefined : canonicalName(match[1]);
	if (name === undefined) {
		throw badInput(
			`“${field}” is not a host name or address`,
			'Enter a host name or an address, optionally with a port, and nothing else: mail.example.com or mail.example.com:2096.',
		);
	}
	const port = match?.[2] === undefined ? defaultPort : Number(match[2]);
	if (port < 1 || port > 65535) {
		throw badInput(
			`The port in “${field}” is out of range`,
			`Ports go from 1 to 65535. Leave the port out to use ${defaultPort}.`,
		);
	}
	return hostAt(name, port);
}

/** @param name as in {@link Host} */
export function hostAt(name: string, port: number): Host {
	return { name, port, origin: `https://${name}:${port}` };
}

/** The host as people write it: without the port where it is the usual one. */
export function shortHost(host: Host, usualPort: number): string {
	return host.port === usualPort ? host.name : `${host.name}:${host.port}`;
}

/** Lower case and punycode, as a URL parser does it; undefined for what a URL could not hold. */
function canonicalName(name: string): string | undefined {
	const url = URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`) : undefined;
	return url === undefined || url.hostname === '' ? undefined : url.hostname;
}
