import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { findLookalike, findDisallowed, cleanPasted, withPlainHyphens } from './characters';
import { DOMAIN_CHARACTER } from './domain';
import { linkTarget, parseUrl } from './url';

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
 * @param text what an earlier answer returned, or a part of what a person typed
 * @param defaultPort used when the text names none
 * @param field name of the field, for the message
 * @throws {CpanelError} of kind `input` for anything else, each with its own message
 */
export function parseHost(text: string, defaultPort: number, field: string): Host {
	const trimmed = text.trim();
	if (trimmed === '') {
		throw badInput(
			`“${field}” is empty`,
			'Enter a host name such as cpanel.example.com, with a port if it is not the default port.',
		);
	}
	const match = HOST_AND_PORT.exec(trimmed);
	const name = match?.[1] === undefined ? undefined : canonicalName(match[1]);
	if (name === undefined) throw noHost(trimmed, field);
	const lookalike = findLookalike(trimmed);
	if (lookalike !== undefined) {
		throw badInput(
			`“${field}” contains ${lookalike}, among Latin letters`,
			'It looks like a Latin letter, but names a different server. Type the name again.',
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

/**
 * Reads what people paste for a server: a host, `host:port`, or an `https://` URL with whatever path the browser
 * showed.
 *
 * @param field name of the field, for the message
 * @throws {CpanelError} of kind `input`: as {@link parseHost}, and for plain HTTP, another scheme, and a user name or
 * password inside the URL
 */
export function parseHostOrUrl(text: string, defaultPort: number, field: string): Host {
	return parseHost(authorityIn(pastedAddress(text), field), defaultPort, field);
}

/** An address as it was copied from a page, a mail or a chat, without what came along. */
export function pastedAddress(text: string): string {
	return withPlainHyphens(linkTarget(cleanPasted(text)));
}

/**
 * Host and port of an `https://` URL; a text without a scheme is returned as it is.
 *
 * @throws {CpanelError} of kind `input` for plain HTTP, another scheme, and a user name or password inside the URL
 */
export function authorityIn(address: string, field: string): string {
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
	if (scheme === undefined) return address;
	if (scheme === 'http') {
		throw badInput(
			`“${field}” starts with http://, which would send ${field === 'Server' ? 'the credential' : 'the session'} unencrypted`,
			'Enter the host name alone, or an address that starts with https://.',
		);
	}
	if (scheme !== 'https') {
		throw badInput(
			`“${field}” starts with ${scheme}://`,
			'Enter the host name alone, or an address that starts with https://.',
		);
	}
	const [authority = ''] = address.slice('https://'.length).split(/[/?#]/);
	if (authority.includes('@')) throw holdsUser(field);
	return authority;
}

/** What an address is refused with that holds more than host and port before its path. */
export function holdsUser(field: string): CpanelError {
	return badInput(
		`“${field}” contains a user name or a password`,
		'Enter the host name alone. The user name and the secret have their own fields.',
	);
}

/** @param name as in {@link Host} */
export function hostAt(name: string, port: number): Host {
	return { name, port, origin: `https://${name}:${port}` };
}

/** The host as people write it: without the port where it is the usual one. */
export function shortHost(host: Host, usualPort: number): string {
	return host.port === usualPort ? host.name : `${host.name}:${host.port}`;
}

/** Lower case and punycode, as a URL parser does it; undefined for what a URL could not hold, or no host has. */
function canonicalName(name: string): string | undefined {
	const isName = name.startsWith('[') || findDisallowed(name, DOMAIN_CHARACTER) === undefined;
	const url = isName ? parseUrl(`https://${name}/`) : undefined;
	return url === undefined || url.hostname === '' ? undefined : url.hostname;
}

const ENTER_HOST =
	'Enter a host name or an address, optionally with a port, and nothing else: mail.example.com or mail.example.com:2096.';

function noHost(text: string, field: string): CpanelError {
	const odd = /^[\da-f:.]*:[\da-f:.]*:[\da-f:.]*$/i.test(text)
		? 'an IPv6 address without brackets: write [2001:db8::1]'
		: findDisallowed(text, new RegExp(`${DOMAIN_CHARACTER.source}|[:[\\]]`, 'u'));
	const hint = odd === undefined ? ENTER_HOST : `It contains ${odd}. ${ENTER_HOST}`;
	return badInput(`“${field}” is not a host name or address`, hint);
}
