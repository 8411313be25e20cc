import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { findLookalike, findDisallowed, cleanPasted, withPlainHyphens } from './characters';
import { linkTarget, parseDomain } from './host';

/** A mailbox as cPanel's functions take it: the local part and the domain apart. */
export interface Mailbox {
	login: string;
	domain: string;
	/** `login@domain` */
	email: string;
}

const FIELD = 'Mailbox';

/** The longest address there can be: a path of 256 octets less its angle brackets (RFC 5321, 4.5.3.1.3). */
export const MAX_ADDRESS_LENGTH = 254;

/** What a local part is made of without quotes (RFC 5321, RFC 6531). */
const NAME_CHARACTER = /[\p{Letter}\p{Mark}\p{Number}!#$%&'*+\-/=?^_`{|}~.]/u;

/**
 * Puts a mailbox together from the two fields. A full address in `login` is split at its `@`: cPanel would look a
 * full address up as `name@domain@domain` (protocol.md, 2). `domain` may then be empty. Lower case, as cPanel's
 * mailboxes are (protocol.md, 2).
 *
 * @throws {CpanelError} of kind `input` when one of the two is missing, malformed, or contradicts the other
 */
export function resolveMailbox(domainText: string, loginText: string): Mailbox {
	const address = bareAddress(loginText, FIELD);
	if (address === '') {
		throw badInput(
			'“Mailbox” is empty',
			'Choose a mailbox from the list, or enter its name or its full address.',
		);
	}
	const [name = '', host] = address.split('@');
	const login = readName(name);
	const ownDomain = host === undefined ? undefined : parseDomain(host, FIELD);
	if (host !== undefined && ownDomain === undefined) {
		throw badInput(
			'“Mailbox” does not contain a valid domain',
			'There is nothing after the @. Enter the full address.',
		);
	}
	const givenDomain = parseDomain(domainText);
	const domain = givenDomain ?? ownDomain;
	if (domain === undefined) {
		throw badInput(
			'“Domain” is empty',
			'Choose the domain of the mailbox, or enter the full address under “Mailbox”.',
		);
	}
	if (ownDomain !== undefined && ownDomain !== domain) {
		throw badInput(
			`“Mailbox” belongs to ${ownDomain}, but “Domain” says ${domain}`,
			'Enter the same domain in both, or leave “Domain” empty and enter the full address.',
		);
	}
	const email = `${login}@${domain}`;
	if (email.length > MAX_ADDRESS_LENGTH) throw noName('It is longer than any address.');
	return { login, domain, email };
}

/** The part before the @. */
function readName(text: string): string {
	const name = text.toLowerCase();
	if (name === '') throw noName('There is nothing before the @.');
	const odd = findDisallowed(name, NAME_CHARACTER);
	if (odd !== undefined) throw noName(`It contains ${odd}.`);
	if (/^\.|\.\.|\.$/.test(name)) throw noName('It has a dot at its start or end, or two in a row.');
	const lookalike = findLookalike(name);
	if (lookalike !== undefined) {
		throw badInput(
			`“${FIELD}” contains ${lookalike}, among Latin letters`,
			'It looks like a Latin letter, but names a different mailbox. Type the name again.',
		);
	}
	return name;
}

function noName(reason: string): CpanelError {
	return badInput(
		`“${FIELD}” is not a mailbox name`,
		`${reason} Enter the part before the @, or the full address, without spaces.`,
	);
}

/**
 * Takes a mail address, or the name of a mailbox, out of what it is written down in: `Anna <anna@example.com>`,
 * `mailto:anna@example.com?subject=…`, `anna@example.com (Anna)`, quotes, a link of a chat, a comma at its end.
 *
 * @param field name of the field, for the message
 * @returns with capitals as they are; empty for an empty text
 * @throws {CpanelError} of kind `input` where it names more than one
 */
function bareAddress(text: string, field: string): string {
	const written = withPlainHyphens(cleanPasted(text).normalize('NFKC'));
	if (addressesIn(written).size > 1) throw severalAddresses(field);
	if (written.length > MAX_WRITTEN_LENGTH) return written;
	const address = cleanPasted(decoded(linkTarget(withoutName(written)).replace(/[\s,;]+$/, '')));
	if ((address.match(/@/g) ?? []).length > 1) throw severalAddresses(field);
	return address;
}

/** More than any name and address together; longer texts are not looked into. */
const MAX_WRITTEN_LENGTH = 1000;

/** What looks like an address in a text, in lower case; the subject and the copies of a `mailto:` do not count. */
function addressesIn(written: string): Set<string> {
	const text = /mailto:/i.test(written) ? written.replace(/\?[^\s<>|)]*/g, '') : written;
	const found = text.split(/[\s,;:|<>()[\]"']+/).filter((word) => /^[^@]+@[^@]/.test(word));
	return new Set(found.map((address) => address.toLowerCase().replace(/\.$/, '')));
}

/** A name stands before an address in angle brackets, or on either side of one in round ones. */
function withoutName(written: string): string {
	const [, named] = /^[^<>]*(<[^<>]*>)[\s,;.]*$/.exec(written) ?? [];
	if (named !== undefined) return named;
	const [, before, inside] =
		/^([^\s()[\]]+@[^\s()[\]]+)\s*\([^()]*\)$|^[^()@[\]]*\(([^\s()]+@[^\s()]+)\)$/.exec(written) ??
		[];
	return before ?? inside ?? written;
}

/** `mailto:` is a URL, which encodes what it holds; so does an address that was taken out of one. */
function decoded(address: string): string {
	const [, scheme, rest = ''] = /^(mailto|smtp):\s*(.*)$/is.exec(address) ?? [];
	const bare = scheme === undefined ? address : rest;
	const isUrl = scheme?.toLowerCase() === 'mailto' || (!bare.includes('@') && /%40/.test(bare));
	if (!isUrl) return bare;
	const [path = ''] = bare.split('?');
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function severalAddresses(field: string): CpanelError {
	return badInput(
		`“${field}” contains more than one address`,
		'One item opens one mailbox. Create one item per address, for example with the “Split Out” node.',
	);
}
