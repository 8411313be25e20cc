import { parseDomain } from '../../shared/cpanel/input/domain';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';

/**
 * Reads the domains whose mailboxes may be opened, as cPanel stores them.
 *
 * @throws {CpanelError} of kind `input`, for a list with anything else in it
 */
export function readDomains(texts: string[]): Set<string> {
	return new Set(texts.flatMap((text) => parseDomain(text, 'Allowed Domains') ?? []));
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
