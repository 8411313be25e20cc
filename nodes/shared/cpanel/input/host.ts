import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { cleanPasted, findDisallowed, findLookalike, withPlainHyphens } from './characters';

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

/**
 * Reads a URL. In place of `URL.canParse`, which in Node.js 20 and 22 refuses names with an umlaut or an accent once
 * it has been called some thousand times: a long batch would fail in the middle.
 *
 * @param base what a relative address is relative to
 * @returns undefined for what is no URL
 */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

/**
 * What a link leads to, as chats, mail programs and Markdown write links down: `<https://…>`, `<https://…|text>`,
 * `[text](https://…)`.
 *
 * @returns the text as it is where it is none of those
 */
export function linkTarget(text: string): string {
	const [, angled, inMarkdown] =
		/^<([^<>|]*)(?:\|[^<>]*)?>$|^\[[^[\]]*\]\(([^()]*)\)$/.exec(text) ?? [];
	return (angled ?? inMarkdown ?? text).trim();
}

/**
 * What names of domains and hosts are made of: letters and digits of any alphabet, with the dots and joiners that some
 * have, and pictures; a URL parser then says whether the whole is a name. Left alone, it would make a domain of its
 * own out of a quote.
 */
export const DOMAIN_CHARACTER =
	/[\p{Letter}\p{Mark}\p{Number}._\-。．｡\u200c\u200d\p{Extended_Pictographic}]/u;

/** The longest name there can be (RFC 1035). */
const MAX_DOMAIN_LENGTH = 253;

/**
 * Reads the name of a domain. Lower case; an internationalized name as punycode, which is what cPanel stores.
 *
 * @param field name of the field, for the message
 * @returns undefined for an empty text
 * @throws {CpanelError} of kind `input` for what is none, each with its own reason
 */
export function parseDomain(text: string, field = 'Domain'): string | undefined {
	const bare = withPlainHyphens(cleanPasted(text).normalize('NFKC'));
	if (bare === '') return undefined;
	const domain = bare.replace(/^@/, '').replace(/\.$/, '').toLowerCase();
	const lookalike = findLookalike(domain);
	if (lookalike !== undefined) {
		throw badInput(
			`“${field}” contains ${lookalike}, among Latin letters`,
			'It looks like a Latin letter, but names a different domain. Type the name again.',
		);
	}
	const ascii = /^[\x21-\x7e]+$/.test(domain) ? domain : punycode(domain);
	if (
		ascii === undefined ||
		ascii.length > MAX_DOMAIN_LENGTH ||
		ascii.includes('..') ||
		!/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/.test(ascii)
	) {
		throw badInput(
			`“${field}” does not contain a valid domain`,
			`${reason(domain)}Enter a domain such as example.com.`,
		);
	}
	return ascii;
}

/** @returns undefined for what is no domain: a URL may hold more than one, and drops some characters */
function punycode(domain: string): string | undefined {
	if (findDisallowed(domain, DOMAIN_CHARACTER) !== undefined) return undefined;
	return parseUrl(`https://${domain}/`)?.hostname;
}

/** What is wrong with this one, as a sentence, where that can be told. */
function reason(domain: string): string {
	if (/^[a-z]+:\/\//.test(domain)) return 'It is the address of a web page. ';
	if (/[^@]@/.test(domain)) return 'It contains a full email address. ';
	const odd = findDisallowed(domain, DOMAIN_CHARACTER);
	return odd === undefined ? '' : `It contains ${odd}. `;
}
