import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { cleanPasted, findDisallowed } from './characters';
import { parseUrl } from './host';

/** An IP address as a person, a header or a socket named it. */
export interface IpAddress {
	/** In its shortest form: `203.0.113.7`, `2001:db8::7`. */
	text: string;
	isIpv6: boolean;
	/** Whether it can be seen across the internet. Addresses for documentation count as public. */
	isPublic: boolean;
}

/** Networks that are no part of the internet: this one, private, shared, loopback, link-local, tests, multicast. */
const NOT_PUBLIC_IPV4: Array<[network: string, prefix: number]> = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
];

/** Unspecified and loopback, then unique local, link-local, site-local and multicast. */
const NOT_PUBLIC_IPV6 = /^(::1?$|f[cd]|fe[89a-f]|ff)/;

/**
 * Reads an address in any of its usual forms: a port behind it, brackets or quotes around it, a zone, or an IPv4
 * address in IPv6 form.
 *
 * @returns undefined for everything else
 */
export function readIpAddress(text: string): IpAddress | undefined {
	const bare = cleanPasted(text);
	const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(bare) ?? [];
	const address = (bracketed ?? withPort ?? bare).replace(/%[\w.-]+$/, '');
	// eight groups and a ninth, which is a port that came without brackets
	const [, eightGroups] = /^((?:[\da-f]{1,4}:){7}[\da-f]{1,4}):\d{1,5}$/i.exec(address) ?? [];
	return readIpv4(address) ?? readIpv6(eightGroups ?? address);
}

/**
 * Whether an address can be that of somebody: not of no network, multicast or reserved. Cloudflare's pseudo IPv4
 * addresses, which stand for IPv6 addresses, are reserved ones (240.0.0.0/4).
 */
export function canBeOfSomebody({ text }: IpAddress): boolean {
	return !/^(?:0|22[4-9]|2[3-5]\d)\.|^(?:::$|ff)/.test(text);
}

function readIpv4(text: string): IpAddress | undefined {
	const number = ipv4Number(text);
	if (number === undefined) return undefined;
	const isPublic = !NOT_PUBLIC_IPV4.some(([network, prefix]) => {
		const size = 2 ** (32 - prefix);
		return Math.floor(number / size) === Math.floor((ipv4Number(network) ?? 0) / size);
	});
	return { text, isIpv6: false, isPublic };
}

/** @returns undefined for what is no address of four numbers; no leading zeros, which some read as octal */
function ipv4Number(text: string): number | undefined {
	const parts = text.split('.');
	const isAddress =
		parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256);
	return isAddress ? parts.reduce((number, part) => number * 256 + Number(part), 0) : undefined;
}

function readIpv6(text: string): IpAddress | undefined {
	if (!/^[\da-f:.]+$/i.test(text) || !text.includes(':')) return undefined;
	const shortest = parseUrl(`https://[${text}]/`)?.hostname.slice(1, -1);
	if (shortest === undefined) return undefined;
	// a URL writes the IPv4 address of ::ffff:203.0.113.7 as two groups
	const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(shortest) ?? [];
	if (high !== undefined && low !== undefined) {
		const bytes = [high, low].flatMap((group) => {
			const number = parseInt(group, 16);
			return [number >> 8, number & 0xff];
		});
		return readIpv4(bytes.join('.'));
	}
	return { text: shortest, isIpv6: true, isPublic: !NOT_PUBLIC_IPV6.test(shortest) };
}

/**
 * The addresses that a header names, from the left, each header by its own grammar: `Forwarded` by RFC 7239,
 * `CloudFront-Viewer-Address` with a port behind an IPv6 address without brackets, all others as a list. What is no
 * address, such as `unknown`, is passed over.
 *
 * @param name in any case
 * @param lines what came under that name
 */
export function addressesInHeader(name: string, lines: string | string[] | undefined): IpAddress[] {
	const text = [lines ?? []].flat().join(',');
	const header = name.trim().toLowerCase();
	const entries =
		header === 'forwarded' || isForwarded(text) ? forwardedFor(text) : addressEntries(text);
	const bare = header === 'cloudfront-viewer-address' ? entries.map(withoutPort) : entries;
	return bare.map(readIpAddress).filter((address) => address !== undefined);
}

/** Proxies name what they do not know `unknown`, and what they do not tell with a word that starts with `_` (RFC 7239). */
const NOT_TOLD = /^(unknown|_[\w.-]*)?$/i;

/** The entries of a list of addresses, or of the header `Forwarded`, but for those that say they tell nothing. */
export function addressEntries(text: string): string[] {
	const entries = isForwarded(text) ? forwardedFor(text) : text.split(',');
	return entries.map(cleanPasted).filter((entry) => !NOT_TOLD.test(entry));
}

/** The separators may be missing where somebody copied a part of the header. */
function isForwarded(text: string): boolean {
	return /(^|[;,\s])for\s*=/i.test(text);
}

/** One `name=value`; the value may be a quoted string with separators in it. */
const PAIR = /([^\s=;,"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))/y;

/** The values of `for` in the elements of a `Forwarded` (RFC 7239, 4). What is malformed ends at the next separator. */
function forwardedFor(text: string): string[] {
	const found: string[] = [];
	for (let at = 0; at < text.length; ) {
		PAIR.lastIndex = at;
		const [whole, name = '', quoted, token = ''] = PAIR.exec(text) ?? [];
		if (cleanPasted(name).toLowerCase() === 'for') {
			found.push(quoted?.replace(/\\(.)/g, '$1') ?? token);
		}
		if (whole !== undefined) at += whole.length;
		else while (at < text.length && !/[\s;,]/.test(text.charAt(at))) at += 1;
		while (/[\s;,]/.test(text.charAt(at))) at += 1;
	}
	return found;
}

/** The address of `2001:db8::1:443`, whose last group is always a port there. */
function withoutPort(entry: string): string {
	return entry.includes(']') ? entry : entry.replace(/:\d{1,5}$/, '');
}

interface RemoteAddress {
	address: string;
	/** cPanel documents IPv4 only; whether it takes an IPv6 address is not known (protocol.md, 2). */
	isIpv6: boolean;
}

/**
 * Reads the address of the person the session is for, as proxies and servers write it: with a port, in brackets, IPv4
 * in IPv6 form, or in a header that names all addresses a request came through (`X-Forwarded-For`, `Forwarded`). Of
 * several the first public one counts, which is the person's; where none is public, the first.
 *
 * @returns undefined for an empty text: cPanel then binds the session to the caller, which is n8n
 * @throws {CpanelError} of kind `input` when it is no address, or something else is among several
 */
export function parseRemoteAddress(text: string): RemoteAddress | undefined {
	const bare = cleanPasted(text);
	if (bare === '') return undefined;
	const addresses = addressEntries(text).map((entry) => {
		const address = readIpAddress(entry);
		if (address === undefined) throw noAddress(entry);
		return address;
	});
	const found = addresses.find(({ isPublic }) => isPublic) ?? addresses[0];
	if (found === undefined) throw noAddress(bare);
	return { address: found.text, isIpv6: found.isIpv6 };
}

function noAddress(entry: string): CpanelError {
	const odd = /\/\d{1,3}$/.test(entry)
		? 'a network and not a single address'
		: findDisallowed(entry, /[\da-f.:[\]%]/i);
	return badInput(
		'“Remote Address” is not an IP address',
		`${odd === undefined ? '' : `It contains ${odd}. `}Enter the IPv4 address of the person who will open Webmail, such as 203.0.113.7, or leave it empty.`,
	);
}
