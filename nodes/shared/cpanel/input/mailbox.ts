import { badInput } from '../../errors';

/** A mailbox as cPanel's functions take it: the local part and the domain apart. */
export interface Mailbox {
	login: string;
	domain: string;
	/** `login@domain` */
	email: string;
}

/**
 * Puts a mailbox together from the two fields. A full address in `login` is split at its last `@`: cPanel
 * would look a full address up as `name@domain@domain` (protocol.md, 2). `domain` may then be empty.
 *
 * @throws {CpanelError} of kind `input` when one of the two is missing, malformed, or contradicts the other
 */
export function resolveMailbox(domainText: string, loginText: string): Mailbox {
	const address = loginText.trim();
	if (address === '') {
		throw badInput(
			'“Mailbox” is empty',
			'Choose a mailbox from the list, or enter its name or its full address.',
		);
	}
	const at = address.lastIndexOf('@');
	const login = at === -1 ? address : address.slice(0, at);
	const ownDomain = at === -1 ? undefined : readDomain(address.slice(at + 1), 'Mailbox');
	const givenDomain = domainText.trim() === '' ? undefined : readDomain(domainText, 'Domain');
	const domain = givenDomain ?? ownDomain;
	if (login === '' || /[\s\p{Cc}]/u.test(login)) {
		throw badInput(
			'“Mailbox” is not a mailbox name',
			'Enter the part before the @, or the full address, without spaces.',
		);
	}
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
	return { login, domain, email: `${login}@${domain}` };
}

/** Lower case; an internationalized name as punycode, which is what cPanel stores. */
function readDomain(text: string, field: string): string {
	const domain = text.trim().replace(/\.$/, '').toLowerCase();
	const ascii = /^[\x21-\x7e]+$/.test(domain) ? domain : punycode(domain);
	if (
		ascii === undefined ||
		!/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/.test(ascii) ||
		ascii.includes('..')
	) {
		throw badInput(`“${field}” names no valid domain`, 'Enter a domain such as example.com.');
	}
	return ascii;
}

/** @returns undefined for what is no domain: a URL may hold more than one, and drops some characters */
function punycode(domain: string): string | undefined {
	if (/[\s\p{Cc}/:?#@\\[\]]/u.test(domain)) return undefined;
	return URL.canParse(`https://${domain}/`) ? new URL(`https://${domain}/`).hostname : undefined;
}
