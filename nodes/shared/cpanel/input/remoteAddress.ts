import { badInput } from '../../errors';

export interface RemoteAddress {
	address: string;
	/** cPanel documents IPv4 only; whether it takes an IPv6 address is not known (protocol.md, 2). */
	isIpv6: boolean;
}

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`);
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Reads the address of the person the session is for. An IPv4 address in IPv6 clothing, as servers on both
 * networks report it (`::ffff:203.0.113.7`), is taken as IPv4.
 *
 * @returns undefined for an empty text: cPanel then binds the session to the caller, which is n8n
 * @throws {CpanelError} of kind `input` when it is no address
 */
export function parseRemoteAddress(text: string): RemoteAddress | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	const address = MAPPED_IPV4.exec(trimmed)?.[1] ?? trimmed;
	if (IPV4.test(address)) return { address, isIpv6: false };
	if (/^[\da-f:.]+$/i.test(address) && URL.canParse(`https://[${address}]/`)) {
		return { address, isIpv6: true };
	}
	throw badInput(
		'“Remote Address” is not an IP address',
		'Enter the IPv4 address of the person who will open Webmail, such as 203.0.113.7, or leave it empty.',
	);
}
