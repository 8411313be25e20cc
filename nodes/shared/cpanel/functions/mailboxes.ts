import { isRecord, records } from '../response/json';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/send';

/** A mailbox as the server lists it. */
interface ListedMailbox {
	/** Its full address. */
	email: string;
	/** The part before the @. */
	login: string;
	domain: string;
	/** Whether nobody may log in to it at present. */
	suspended: boolean;
}

/** Which mailboxes are wanted. */
interface MailboxQuery {
	/** Empty for all domains of the account. */
	domain: string;
	/** Part of the address; empty for all. */
	search: string;
	/** The first line that is wanted, 1-based. */
	start: number;
	/** How many lines are wanted. */
	size: number;
}

/** What a server sent that was asked for a part of the mailboxes. */
interface MailboxPart {
	mailboxes: ListedMailbox[];
	/** How many lines came, those that are no mailbox with an address included. */
	lines: number;
	/** What the server says of the length of the whole list, if it says anything. */
	total: unknown;
	warnings: string[];
}

/**
 * `Email::list_pops_with_disk`: a part of the mailboxes (protocol.md, 4). A server that does not page sends all.
 * The account's own mailbox has no `@` and is left out: no session can be created for it by name.
 *
 * @throws {CpanelError} see `Account.call`
 */
export async function mailboxesFrom(
	channel: Channel,
	account: Pick<Account, 'call'>,
	{ domain, search, start, size }: MailboxQuery,
): Promise<MailboxPart> {
	const { data, metadata, warnings } = await account.call(channel, {
		module: 'Email',
		function: 'list_pops_with_disk',
		arguments: {
			domain: domain === '' ? undefined : domain,
			no_disk: '1',
			'api.paginate': '1',
			'api.paginate_start': String(start),
			'api.paginate_size': String(size),
			'api.sort': '1',
			'api.sort_column_0': 'email',
			...(search !== '' && {
				'api.filter_column_0': 'email',
				'api.filter_type_0': 'contains',
				'api.filter_term_0': search,
			}),
		},
	});
	const lines = records(data);
	const paging = isRecord(metadata.paginate) ? metadata.paginate : {};
	return {
		mailboxes: lines.flatMap(listedMailbox),
		lines: lines.length,
		total: paging.total_results,
		warnings,
	};
}

/**
 * So many lines are asked for at once: an answer stays well below the size that is taken for one of cPanel's, and
 * ten thousand mailboxes need twenty requests.
 */
const LINES_AT_ONCE = 500;

/**
 * All mailboxes of a domain or of an account, in the order of their addresses.
 *
 * @param most how many are wanted; Infinity for all
 * @throws {CpanelError} see `Account.call`
 */
export async function getMailboxes(
	channel: Channel,
	account: Pick<Account, 'call'>,
	domain: string,
	most: number,
): Promise<{ mailboxes: ListedMailbox[]; warnings: string[] }> {
	const found = new Map<string, ListedMailbox>();
	const warnings = new Set<string>();
	const size = Math.min(LINES_AT_ONCE, most);
	for (let start = 1; found.size < most; start += size) {
		const part = await mailboxesFrom(channel, account, { domain, search: '', start, size });
		const before = found.size;
		for (const mailbox of part.mailboxes) found.set(mailbox.email, mailbox);
		for (const warning of part.warnings) warnings.add(warning);
		const isLast = part.lines !== size || start + size > Number(part.total ?? Infinity);
		// a server that does not page sends the same again
		if (isLast || (found.size === before && part.mailboxes.length > 0)) break;
	}
	return { mailboxes: [...found.values()].slice(0, most), warnings: [...warnings] };
}

/** Numbers may come as texts, and the two parts of an address need not come (protocol.md, 4). */
function listedMailbox({
	email,
	suspended_login: suspended,
}: Record<string, unknown>): ListedMailbox[] {
	if (typeof email !== 'string') return [];
	const at = email.lastIndexOf('@');
	if (at < 1) return [];
	const [login, domain] = [email.slice(0, at), email.slice(at + 1)];
	return [{ email, login, domain, suspended: Number(suspended) === 1 }];
}
