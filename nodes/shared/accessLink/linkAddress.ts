import { cleanPasted } from '../cpanel/input/characters';
import { asText } from '../cpanel/input/values';
import { badInput } from '../errors';
import { readIpAddress } from '../cpanel/input/ipAddress';
import { parseUrl } from '../cpanel/input/host';

const HINT =
	'Copy the Production URL from the panel of the “cPanel Webmail Login Trigger”, and paste it unchanged into “Address” of the access link credential.';

/** Names that no public server has. */
const PRIVATE_NAME = /^[^.]+$|(^|\.)(localhost|local|internal|lan|home\.arpa|localdomain)$/;

/** Where n8n listens for a trigger that is tried out in the editor, unless it is told otherwise. */
const TEST_PATH = /(^|\/)webhook-test\//;

/**
 * Reads the address of the trigger, to which access links lead.
 *
 * @returns the address as a browser would write it
 * @throws {CpanelError} of kind `input`: empty, not an address, unencrypted where others could read along, with a user
 * name, a query or a fragment in it, or the one that n8n listens at only while a workflow is tried out
 */
export function parseLinkAddress(value: unknown): string {
	const text = cleanPasted(asText(value, 'Address'));
	if (text === '') throw badInput('“Address” is empty', HINT);
	const url = /^https?:\/\//i.test(text) ? parseUrl(text) : undefined;
	if (url === undefined) {
		throw badInput('“Address” is not an address that starts with https://', HINT);
	}
	if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
		throw badInput(
			'“Address” starts with http://, so others on the network could read the links',
			'Use an address of n8n that starts with https://. An address without encryption works only for this machine and private networks.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw badInput('“Address” contains a user name or a password', HINT);
	}
	if (/[?#]/.test(text)) {
		throw badInput('“Address” has a query or a fragment after the path', HINT);
	}
	if (TEST_PATH.test(url.pathname)) {
		throw badInput('“Address” is the Test URL, which works only while you test the trigger', HINT);
	}
	return url.href;
}

/** The link of a token. */
export function accessLinkUrl(address: string, token: string): string {
	return `${address}?${TOKEN_FIELD}=${token}`;
}

/** The name under which a token comes: in the query of a link, and in the form of its page. */
export const TOKEN_FIELD = 't';

/**
 * Whether a host is this machine or one of a private network.
 *
 * @param hostname as a URL has it: in lower case, an IPv6 address in brackets
 */
export function isPrivateHost(hostname: string): boolean {
	const address = readIpAddress(hostname);
	return address === undefined ? PRIVATE_NAME.test(hostname) : !address.isPublic;
}
