import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { undressAll, withPlainHyphens } from './characters';
import { linkTarget } from './linkTarget';

/**
 * Takes a mail address, or the name of a mailbox, out of what it is written down in: `Anna <anna@example.com>`,
 * `mailto:anna@example.com?subject=…`, `anna@example.com (Anna)`, quotes, a link of a chat, a comma at its end.
 *
 * @param field name of the field, for the message
 * @returns with capitals as they are; empty for an empty text
 * @throws {CpanelError} of kind `input` where it names more than one
 */
export function bareAddress(text: string, field: string): string {
	const written = withPlainHyphens(undressAll(text).normalize('NFKC'));
	if (addressesIn(written).size > 1) throw severalAddresses(field);
	if (written.length > LONGEST_WRITTEN) return written;
	const address = undressAll(decoded(linkTarget(withoutName(written)).replace(/[\s,;]+$/, '')));
	if ((address.match(/@/g) ?? []).length > 1) throw severalAddresses(field);
	return address;
}

/** More than any name and address together; longer texts are not looked into. */
const LONGEST_WRITTEN = 1000;

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
		`“${field}” holds more than one address`,
		'One item opens one mailbox. Make an item of each address, for example with the node “Split Out”.',
	);
}
