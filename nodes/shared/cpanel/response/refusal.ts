import { CpanelError } from '../../errors';
import { SERVICE_PORTS } from '../input/host';
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
	const quoted = words === '' ? `${asked} without giving a reason` : `${asked}: ${words}`;
	const [message, summary] = knownRefusal(family, call) ?? [
		quoted,
		`${asked}: ${withoutNames(words)}`,
	];
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
function knownRefusal(
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
				? of(email, 'is probably not a mailbox of this account', 'the mailbox')
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
						'is not an account that this WHM user may act for',
						'the account under “cPanel Account”',
					);
		case 'suspended':
			return email === undefined ? undefined : of(email, 'is suspended', 'the mailbox');
		case 'password':
			return email === undefined || !name.endsWith('_check_password')
				? undefined
				: [`The password for ${email} is wrong`, 'the password for the mailbox is wrong'];
		case 'feature':
			return same(`The hosting plan of the account does not include a feature that ${name} needs`);
		case 'function':
			return same(`This cPanel server does not support ${name}`);
		default:
			return undefined;
	}
}

function same(text: string): [string, string] {
	return [text, text];
}

const NEXT_STEPS: Record<RefusalFamily, string> = {
	errorId:
		'Often the mailbox does not exist in this account: check its name and domain. Otherwise, the hosting provider can find the error ID in cPanel’s log.',
	mailbox:
		'Check the name and domain of the mailbox: it must exist in the cPanel account that the node uses.',
	domain: 'Check the domain: it must be one of the cPanel account that the credential signs in as.',
	account:
		'Check the parameters of this item: what they name must belong to the cPanel account that the credential signs in as.',
	port: `The port may belong to another service: ${SERVICE_PORTS}.`,
	access: `The user of the credential is not allowed to do this. Check the credential and the port: ${SERVICE_PORTS}.`,
	suspended:
		'Lift the suspension of the mailbox in cPanel under Email Accounts, then run the item again.',
	password: 'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
	feature: 'The hosting provider can enable the feature for the account.',
	function:
		'This cPanel is too old for the function, or the port belongs to another service: cPanel is 2083.',
	argument:
		'Check the parameters of this item: one is missing, or cPanel does not accept its value.',
};

/** The same where a user of WHM asks, who may have chosen another account than meant. */
const AT_WHM: Partial<Record<RefusalFamily, string>> = {
	account: 'Check “cPanel Account”: it must be an account that this WHM user may act for.',
	domain:
		'Check “cPanel Account” and the domain: it must be a domain of that account, and this WHM user must be allowed to act for the account.',
	mailbox:
		'Check the name and domain of the mailbox: it must exist in the cPanel account that the node uses, see “cPanel Account”.',
};

function nextStep(
	family: RefusalFamily | undefined,
	{ by, through }: Pick<RefusedCall, 'by' | 'through'>,
): string {
	if (family === undefined) {
		return 'Check the parameters of this item. The hosting provider can find details in cPanel’s log.';
	}
	const atWhm = by === 'WHM' || through === 'WHM' ? AT_WHM[family] : undefined;
	return atWhm ?? NEXT_STEPS[family];
}

/** What a refusal is about, where its words are known. */
type RefusalFamily =
	| 'port'
	| 'function'
	| 'feature'
	| 'argument'
	| 'access'
	| 'errorId'
	| 'mailbox'
	| 'domain'
	| 'account'
	| 'suspended'
	| 'password';

/**
 * The words are localized and differ between versions, so they are only loosely matched (protocol.md, 1.1), and the
 * order counts: what a function or a feature is called says nothing about the reason, so they come first.
 */
const FAMILIES: Array<[RefusalFamily, RegExp]> = [
	// cPanel's words on the port of another service (protocol.md, 1)
	['port', /^\W*(permission denied|function not found)\W*$/i],
	[
		'function',
		/could not find the (function|module)|(failed|unable) to load module|can.t locate cpanel|(unknown|unsupported|no such) (function|module)|function .{0,30}(does not exist|not found|not available)|m[oó]dulo?\b|\bmodule?\b|\bmodul[oe]?\b|モジュール|модул/i,
	],
	[
		'feature',
		/feature|recurso|fonctionnalit|caracter[ií]stica|funktion|funci[oó]n|funzionalit|functie|функци|機能/i,
	],
	['argument', /\bargument|(missing|invalid|required) (parameter|value)|引数/i],
	[
		'access',
		/^\W*(access|permission|zugriff|accès|acceso|acesso|accesso)\W+(is |was |wurde |est )?(denied|verweigert|refusé|denegado|negado|negato)\b|^\W*(not authori[sz]ed|unauthori[sz]ed|forbidden)\b|(api )?token.{0,30}(invalid|expired|not valid|revoked)|(invalid|expired|unknown) (api )?token|アクセス.{0,6}拒否/i,
	],
	['errorId', /error ?id\b|fehler-?id|\bid d[eu’']? ?l?[’']?err|エラー ?id/i],
	[
		'mailbox',
		/email account (named|called)|have an? e-?mail account|no such (e-?mail )?(account|mailbox|address)|(mailbox|e-?mail (account|address)).{0,80}(not exist|not found|unknown)|cuenta de correo|e-mail-konto|compte (de messagerie|e-?mail)|conta de e-?mail|メール ?アカウント/i,
	],
	[
		'domain',
		/(not|don.t|doesn.t) (own|control|manage).{0,40}domain|domain.{0,80}(not (exist|belong|own|found|configured)|unknown)|(dominio|domínio|domaine|domäne)|ドメイン/i,
	],
	[
		'account',
		/access to (an|the|this|that) account|not own|no such user|user .{0,40}(does not exist|invalid)|account .{0,60}(does not exist|not found)/i,
	],
	['suspended', /suspend|gesperrt|停止/i],
	[
		'password',
		/passw|senha|contrase|mot de passe|kennwort|wachtwoord|пароль|hasło|パスワード|密码/i,
	],
];

/**
 * Finds out what a refusal is about. What stands in quotes is a name, and a function may be called
 * `…_check_password` and a mailbox `feature@…`: it is left out.
 *
 * @param words the server's own
 */
export function familyOf(words: string): RefusalFamily | undefined {
	const bare = words
		.replace(/[“„«「『"][^”“»」』"]{0,200}[”“»」』"]/g, ' … ')
		// an apostrophe is no quote
		.replace(/(^|\s)[‘'][^’']{0,200}[’'](?=[\s.,;:!]|$)/g, '$1 … ')
		.replace(/\S+@\S+/g, ' … ')
		.replace(/\w+_\w+/g, ' … ');
	return FAMILIES.find(([, pattern]) => pattern.test(bare))?.[0];
}
