import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { lookalikeIn, oddCharacter } from './characters';
import { parseDomain } from './domain';
import { bareAddress } from './mailAddress';

/** A mailbox as cPanel's functions take it: the local part and the domain apart. */
export interface Mailbox {
	login: string;
	domain: string;
	/** `login@domain` */
	email: string;
}

const FIELD = 'Mailbox';

/** The longest address there can be (RFC 5321). */
const LONGEST_ADDRESS = 254;

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
			'“Mailbox” names no valid domain',
			'Nothing stands behind the @. Enter the full address.',
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
			'Make the two agree, or leave “Domain” empty and enter the full address.',
		);
	}
	const email = `${login}@${domain}`;
	if (email.length > LONGEST_ADDRESS) throw noName('It is longer than any address.');
	return { login, domain, email };
}

/** The part before the @. */
function readName(text: string): string {
	const name = text.toLowerCase();
	if (name === '') throw noName('Nothing stands before the @.');
	const odd = oddCharacter(name, NAME_CHARACTER);
	if (odd !== undefined) throw noName(`It holds ${odd}.`);
	if (/^\.|\.\.|\.$/.test(name)) throw noName('It has a dot at its start or end, or two in a row.');
	const lookalike = lookalikeIn(name);
	if (lookalike !== undefined) {
		throw badInput(
			`“${FIELD}” holds ${lookalike}, among Latin ones`,
			'It looks like another letter, and names another mailbox. Type the name again.',
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
