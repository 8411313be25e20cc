import { readIpAddress } from '../cpanel/input/ipAddress';
import type { IpAddress } from '../cpanel/input/ipAddress';

/** Where a request came from, as far as it says. */
export interface Origin {
	/** With names in lower case; a header that came several times may be a list. */
	headers: Record<string, string | string[] | undefined>;
	/** Address of the other end of the connection: a proxy's, where there is one. */
	peer?: string;
}

/** From the one that is hardest to make up behind its own network to the one that everybody sends. */
const HEADERS = ['cf-connecting-ip', 'true-client-ip', 'x-forwarded-for', 'x-real-ip'];

/**
 * The address of a visitor: the first public one that the usual headers of proxies name, or the peer's. Where no proxy
 * in front of n8n sets or removes a header, the visitor can make it up: they get a session for somebody else's address,
 * and whoever opens its link there is in the mailbox of the link. Who can have that names the header of their proxy.
 *
 * @returns undefined where none is public, as in a network of its own
 */
export function visitorAddress({ headers, peer }: Origin): IpAddress | undefined {
	const named = HEADERS.flatMap((header) => addressesIn(headers[header]));
	return [...named, ...addressesIn(peer)].find(({ isPublic }) => isPublic);
}

/**
 * The address of a visitor by a header that was chosen for it: the first public one in it, or else the first. Who names
 * a header knows their network, so an address of that counts, too.
 *
 * @param header its name, in any case
 */
export function visitorAddressIn(
	{ headers }: Pick<Origin, 'headers'>,
	header: string,
): IpAddress | undefined {
	const named = addressesIn(headers[header.trim().toLowerCase()]);
	return named.find(({ isPublic }) => isPublic) ?? named[0];
}

/** The addresses in a list, from the left. What is no address, such as `unknown`, is passed over. */
function addressesIn(value: string | string[] | undefined): IpAddress[] {
	return [value ?? []]
		.flat()
		.flatMap((line) => line.split(','))
		.map(readIpAddress)
		.filter((address) => address !== undefined);
}
