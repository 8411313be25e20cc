import { badInput } from '../../errors';
import { findLookalike, findDisallowed, cleanPasted, withPlainHyphens } from './characters';
import { parseUrl } from './url';

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
