/** What a page that came in place of an answer turns out to be. */
export type PageKind =
	| 'locked'
	| 'license'
	| 'twoFactor'
	| 'securityToken'
	| 'expiredSession'
	| 'changedAddress'
	| 'invalidSession'
	| 'login'
	| 'other';

/** The families of words for a second factor that is missing or wrong; none was published (protocol.md, 1.4). */
export const TWO_FACTOR =
	/two[- ]?factor|\b2fa\b|\btfa\b|(security|verification) code|one[- ]time (code|password)/i;

export function looksLikeHtml(body: string): boolean {
	return /^\s*</.test(body);
}

/**
 * Recognizes the pages that cPanel serves in place of an answer.
 * A login page carries the texts of all its messages in a script, so only what it shows is looked at. The
 * texts are localized: a page that is not recognized by its text is still told from its form (protocol.md, 1.2
 * and 3.1).
 */
export function recognizePage(html: string): PageKind {
	const shown = shownText(html);
	if (/brute force|locked out/i.test(shown)) return 'locked';
	if (asksForSecondFactor(html)) return 'twoFactor';
	if (isLicenseNotice(shown) && !isLoginPage(html)) return 'license';
	if (TWO_FACTOR.test(shown)) return 'twoFactor';
	if (/security token/i.test(shown)) return 'securityToken';
	if (/session has expired/i.test(shown)) return 'expiredSession';
	if (/IP address has changed/i.test(shown)) return 'changedAddress';
	if (/session cookie is invalid/i.test(shown)) return 'invalidSession';
	return isLoginPage(html) ? 'login' : 'other';
}

/** The form for the code has the same name in every language (protocol.md, 1.4). */
function asksForSecondFactor(html: string): boolean {
	return /<form\b[^<>]*\bid=["']?tfa_login_form\b/i.test(html);
}

function isLicenseNotice(shown: string): boolean {
	return /licen[cs]e.{0,40}(expired|invalid|not active)|(expired|invalid).{0,20}licen[cs]e/i.test(
		shown,
	);
}

function isLoginPage(html: string): boolean {
	const asksForPassword = /<input\b[^<>]*\bname=["']?pass\b/i.test(html);
	return asksForPassword || /<title>[^<]*\b(cPanel|Webmail) Login\b/i.test(html);
}

/**
 * A server may send what was made to keep a parser busy: what is not closed ends with the text, and no tag
 * holds another, so that the time stays in proportion to the length.
 */
function shownText(html: string): string {
	return html
		.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
		.replace(/<(script|style|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ');
}
