/** What a refusal is about, where its words are known. */
export type RefusalFamily =
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
