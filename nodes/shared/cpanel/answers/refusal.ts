import { CpanelError } from '../../errors';
import { familyOf } from './families';
import type { RefusalFamily } from './families';
import { ownWords } from './quote';

/** What a call was about, for the message. */
export interface Subject {
	/** Full address of the mailbox. */
	email?: string;
	domain?: string;
	/** Name of the cPanel account that WHM acts for. */
	account?: string;
}

/** What is told of a call that was refused. */
export interface RefusedCall {
	/** Who refused. */
	by: 'cPanel' | 'WHM';
	/** Who was asked: with WHM, the user may choose the account. */
	through?: 'WHM';
	function: string;
	secrets: readonly string[];
	about?: Subject;
}

/**
 * A refusal: in our own words where its family is known, with the server's in the details; else in the server's own
 * words.
 */
export function refusal(errors: string[], httpStatus: number, call: RefusedCall): CpanelError {
	const words = wordsOf(errors, call.secrets);
	const family = familyOf(words);
	const asked = `${call.by} refused ${call.function}`;
	const quoted = words === '' ? `${asked} without saying why` : `${asked}: ${words}`;
	const [message, summary] = named(family, call) ?? [quoted, `${asked}: ${withoutNames(words)}`];
	return new CpanelError('refusal', message, {
		hint: nextStep(family, call),
		httpStatus,
		summary,
		family,
		// what the message says already needs no second place
		...(message !== quoted && words !== '' && { details: `${quoted}` }),
	});
}

/** The server's own words, fit to be shown. */
export function wordsOf(errors: string[], secrets: readonly string[]): string {
	return errors
		.map((text) => ownWords(text, secrets))
		.filter((text) => text !== '')
		.join(' ');
}

/** Addresses, names in quotes and identifiers differ from item to item, and the cause does not. */
function withoutNames(words: string): string {
	return words
		.replace(/[“„«「"][^”“»」"]{1,200}[”“»」"]/g, '“…”')
		.replace(/\S+@\S+/g, '…')
		.replace(/\b(?=[a-z]*\d)[a-z\d]{4,}\b/gi, '…');
}

/** @returns undefined where the server's own words are better */
function named(
	family: RefusalFamily | undefined,
	{ by, function: name, about = {}, through }: RefusedCall,
): [message: string, summary: string] | undefined {
	const { email, domain, account } = about;
	const forMailbox = name.startsWith('Session::') && email !== undefined;
	const of = (who: string, what: string, anybody: string): [string, string] => [
		`${who} ${what}`,
		`${anybody} ${what}`,
	];
	switch (family) {
		case 'mailbox':
			return email === undefined
				? undefined
				: of(email, 'is not a mailbox of this account', 'the mailbox');
		case 'errorId':
			return forMailbox
				? of(email, 'is not a mailbox of this account, as it seems', 'the mailbox')
				: undefined;
		case 'domain':
			return domain === undefined
				? undefined
				: of(domain, 'is not a domain of this account', 'the domain');
		case 'account':
			return account === undefined || (by === 'cPanel' && through === undefined)
				? undefined
				: of(
						account,
						'is not an account that this user of WHM may act for',
						'the account under “cPanel Account”',
					);
		case 'suspended':
			return email === undefined ? undefined : of(email, 'is suspended', 'the mailbox');
		case 'password':
			return email === undefined || !name.endsWith('_check_password')
				? undefined
				: [
						`The password that came for ${email} is not right`,
						'the password that came for the mailbox is not right',
					];
		case 'feature':
			return same(`The hosting plan of the account leaves out a feature that ${name} needs`);
		case 'function':
			return same(`This cPanel does not know ${name}`);
		default:
			return undefined;
	}
}

function same(text: string): [string, string] {
	return [text, text];
}

const PORTS = 'cPanel is 2083, WHM is 2087, Webmail is 2096.';

const NEXT_STEPS: Record<RefusalFamily, string> = {
	errorId:
		'Often this is a mailbox that does not exist in this account: check its name and domain. Otherwise the hosting provider finds the ID in cPanel’s log.',
	mailbox:
		'Check the name and domain of the mailbox: it must exist in the cPanel account that is asked.',
	domain: 'Check the domain: it must be one of the cPanel account that the credential signs in as.',
	account:
		'Check the parameters of this item: what they name must belong to the cPanel account that the credential signs in as.',
	port: `The port may be that of another service: ${PORTS}`,
	access: `The one who asks may not do this. Check the credential, and the port: ${PORTS}`,
	suspended:
		'Lift the suspension of the mailbox in cPanel under Email Accounts, then run the item again.',
	password: 'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
	feature:
		'The hosting plan leaves this feature out. The hosting provider can turn it on for the account.',
	function:
		'This cPanel is too old for the function, or the port belongs to another service: cPanel is 2083.',
	argument: 'Check the parameters of this item: one is missing, or cPanel does not take its value.',
};

/** The same where a user of WHM asks, who may have chosen another account than meant. */
const AT_WHM: Partial<Record<RefusalFamily, string>> = {
	account: 'Check “cPanel Account”: it must be an account that this user of WHM may act for.',
	domain:
		'Check “cPanel Account” and the domain: it must be a domain of that account, and the account one that this user of WHM may act for.',
	mailbox:
		'Check the name and domain of the mailbox: it must exist in the cPanel account that is asked, see “cPanel Account”.',
};

function nextStep(
	family: RefusalFamily | undefined,
	{ by, through }: Pick<RefusedCall, 'by' | 'through'>,
): string {
	if (family === undefined) {
		return 'Check the parameters of this item. The hosting provider finds more in cPanel’s log.';
	}
	const atWhm = by === 'WHM' || through === 'WHM' ? AT_WHM[family] : undefined;
	return atWhm ?? NEXT_STEPS[family];
}
