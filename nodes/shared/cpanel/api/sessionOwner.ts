import type { ResponseIdentity } from '../../http/HttpTransport';
import { parseUrl } from '../input/host';

/** Whose session was asked for. */
interface WantedOwner {
	/** The mailbox; left out for a session of the account itself. */
	mailbox?: { login: string; domain: string };
	/** Name of the cPanel account, where it is known. */
	account?: string;
}

/**
 * What a new session tells of its owner: its value begins with a user (protocol.md, 2). Documentation and servers put
 * the mailbox there, its local part, or the name of the account, which is the same for all its mailboxes.
 *
 * - A mail address is the mailbox that was asked for, or the answer is another request's.
 * - The local part that was asked for proves as much, unless it is the account's name as well.
 * - Another name seems to be another's.
 * - The value itself is one of a kind, whatever it begins with.
 */
export function identifySession(
	session: string,
	{ mailbox, account }: WantedOwner,
): ResponseIdentity {
	const user = userOf(session);
	const unique = session;
	if (user.includes('@')) {
		if (mailbox === undefined || !MAIL_ADDRESS.test(user)) return { unique };
		return {
			unique,
			isOwn: plainAddress(user) === plainAddress(`${mailbox.login}@${mailbox.domain}`),
		};
	}
	if (account === undefined || user === '') return { unique };
	const isAccount = user === account.toLowerCase();
	if (mailbox === undefined) {
		return isAccount ? { unique, isOwn: true } : { unique, seemsForeign: true };
	}
	if (isAccount) return { unique };
	return user === mailbox.login.toLowerCase()
		? { unique, isOwn: true }
		: { unique, seemsForeign: true };
}

/** What names a mailbox for certain. Something else with an @ in it says nothing. */
const MAIL_ADDRESS = /^[^\s@"<>(),:;\\[\]]+@[^\s@"<>(),:;\\[\]]+\.[^\s@"<>(),:;\\[\]]+$/;

function userOf(session: string): string {
	const [user = ''] = session.split(':');
	try {
		return decodeURIComponent(user).trim().toLowerCase();
	} catch {
		return '';
	}
}

/** An address in the one form that both sides can be brought to: lower case, and the domain in ASCII. */
function plainAddress(address: string): string {
	const at = address.lastIndexOf('@');
	const url = `https://${address.slice(at + 1)}`;
	const domain = parseUrl(url)?.hostname ?? address.slice(at + 1);
	return `${address.slice(0, at)}@${domain}`.toLowerCase();
}
