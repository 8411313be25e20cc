import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { oddCharacter, undressAll } from './characters';
import { readIpAddress } from './ipAddress';

export interface RemoteAddress {
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
	const bare = undressAll(text);
	if (bare === '') return undefined;
	const addresses = entriesOf(bare).map((entry) => {
		const address = readIpAddress(entry);
		if (address === undefined) throw noAddress(entry);
		return address;
	});
	const found = addresses.find(({ isPublic }) => isPublic) ?? addresses[0];
	if (found === undefined) throw noAddress(bare);
	return { address: found.text, isIpv6: found.isIpv6 };
}

/** Proxies name what they do not know `unknown`, and what they do not tell with a word that starts with `_` (RFC 7239). */
const NOT_TOLD = /^(unknown|_[\w.-]*)?$/i;

/** The addresses of a list. In the header `Forwarded` they stand behind `for=`, among other things. */
function entriesOf(list: string): string[] {
	const isForwarded = /(^|[;,\s])for=/i.test(list);
	const entries = isForwarded
		? [...list.matchAll(/(?:^|[;,\s])for=("[^"]*"|[^;,\s]*)/gi)].map(([, entry = '']) => entry)
		: list.split(',');
	return entries.map(undressAll).filter((entry) => !NOT_TOLD.test(entry));
}

function noAddress(entry: string): CpanelError {
	const odd = /\/\d{1,3}$/.test(entry)
		? 'a network and not one address'
		: oddCharacter(entry, /[\da-f.:[\]%]/i);
	return badInput(
		'“Remote Address” is not an IP address',
		`${odd === undefined ? '' : `It holds ${odd}. `}Enter the IPv4 address of the person who will open Webmail, such as 203.0.113.7, or leave it empty.`,
	);
}
