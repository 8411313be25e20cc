import { parseDomain } from '../../shared/cpanel/input/domain';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import { badInput } from '../../shared/errors';

/**
 * Reads the domains whose mailboxes may be opened, as cPanel stores them.
 *
 * @param texts undefined for a field that was left empty, which allows all
 * @returns empty where all are allowed
 * @throws {CpanelError} of kind `input`, for a list with anything else in it, and for one with nothing in it: an
 * expression that found no domain must not allow them all
 */
export function readDomains(texts: string[] | undefined): Set<string> {
	const domains = new Set(texts?.flatMap((text) => parseDomain(text, 'Allowed Domains') ?? []));
	if (texts === undefined || domains.size > 0) return domains;
	throw badInput(
		'“Allowed Domains” holds a list without a domain',
		'Name the domains whose mailboxes may be opened, or leave the field empty to allow all.',
	);
}

/** What is not served any more. */
export interface RefusedLinks {
	/** In lower case. */
	linkIds: Set<string>;
	/** As {@link comparable}. */
	mailboxes: Set<string>;
}

/** Reads the link ids and mailboxes that are not served any more. */
export function readRefused(entries: string[]): RefusedLinks {
	const isMailbox = (entry: string): boolean => entry.includes('@');
	return {
		linkIds: new Set(entries.filter((entry) => !isMailbox(entry)).map((id) => id.toLowerCase())),
		mailboxes: new Set(entries.filter(isMailbox).map(comparable)),
	};
}

/** A mailbox in a form in which two ways of writing it are the same: mail servers tell no cases apart. */
export function comparable(mailbox: string): string {
	try {
		return resolveMailbox('', mailbox).email.toLowerCase();
	} catch {
		return mailbox.toLowerCase();
	}
}
