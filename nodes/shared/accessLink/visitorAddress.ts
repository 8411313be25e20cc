import { addressesInHeader, canBeOfSomebody } from '../cpanel/input/ipAddress';
import type { IpAddress } from '../cpanel/input/ipAddress';

/** Where a request came from, as far as it says. */
export interface Origin {
	/** With names in lower case; a header that came several times may be a list. */
	headers: Record<string, string | string[] | undefined>;
	/** Address of the other end of the connection: a proxy's, where there is one. */
	peer?: string;
}

/**
 * From those of one network to those that everybody sends. Where Cloudflare makes up an IPv4 address for a visitor who
 * has none, it tells the real one in the first of them.
 */
const HEADERS = [
	'cf-connecting-ipv6',
	'cf-connecting-ip',
	'true-client-ip',
	'x-forwarded-for',
	'forwarded',
	'x-real-ip',
];

/**
 * The address of a visitor: the first public one that the usual headers of proxies name, or the peer's. Where no proxy
 * in front of n8n sets or removes a header, the visitor can make it up: they get a session for somebody else's address,
 * and whoever opens its link there is in the mailbox of the link. Who can have that names the header of their proxy.
 *
 * @returns undefined where none is public, as in a network of its own
 */
export function visitorAddress({ headers, peer }: Origin): IpAddress | undefined {
	const named = HEADERS.flatMap((header) => addressesInHeader(header, headers[header]));
	return [...named, ...addressesInHeader('', peer)].find(({ isPublic }) => isPublic);
}

/**
 * The address of a visitor by a header that was chosen for it: the first public one in it, or else the first. Who names
 * a header knows their network, so an address of that counts, too.
 *
 * @param header its name, in any case
 * @returns undefined where it did not come, or names no address that can be somebody's
 */
export function visitorAddressIn(
	{ headers }: Pick<Origin, 'headers'>,
	header: string,
): IpAddress | undefined {
	const name = header.trim().toLowerCase();
	const names = name === 'cf-connecting-ip' ? ['cf-connecting-ipv6', name] : [name];
	const named = names
		.flatMap((each) => addressesInHeader(each, headers[each]))
		.filter(canBeOfSomebody);
	return named.find(({ isPublic }) => isPublic) ?? named[0];
}
