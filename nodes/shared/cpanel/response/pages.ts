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
const TWO_FACTOR =
	/two[- ]?factor|\b2fa\b|\btfa\b|(security|verification) code|one[- ]time (code|password)/i;

/** What a text that is no page says; the words are localized, so only their families are known. */
export function findingIn(words: string): 'locked' | 'twoFactor' | undefined {
	if (/brute.?force|locked out/i.test(words)) return 'locked';
	return TWO_FACTOR.test(words) ? 'twoFactor' : undefined;
}

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
	if (/brute.?force|locked out/i.test(shown)) return 'locked';
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

/**
 * Whether a page is one of cPanel's to log in with, in any language and under any brand: by its form, whose fields have
 * the same names everywhere, or by its title (protocol.md, 3.1).
 *
 * @returns `likely` for a form that could be somebody else's as well: others ask for `user` and `pass`, too
 */
export function loginForm(html: string): 'sure' | 'likely' | undefined {
	const markup = withoutScripts(html);
	if (/<title>[^<]{0,200}\b(cPanel|Webmail|WHM) Login\b/i.test(markup)) return 'sure';
	if (asksForSecondFactor(markup)) return 'sure';
	if (!hasField(markup, 'pass')) return undefined;
	const asksForUser = hasField(markup, 'user');
	if (asksForUser && MARKS_OF_FORM.test(markup)) return 'sure';
	return asksForUser || !hasField(markup, OTHERS_NAMES) ? 'likely' : undefined;
}

function isLoginPage(html: string): boolean {
	return loginForm(html) !== undefined;
}

/** The address and the further fields of the form, and what its messages are shown in. */
const MARKS_OF_FORM =
	/<form\b[^<>]*\baction=["']?[^"'\s<>]*\/login\b|<input\b[^<>]*\bname=["']?goto_(uri|app)\b|\bid=["']?login-status-message\b/i;

/** What forms of others call the user whose `pass` they ask for. */
const OTHERS_NAMES = '(name|username|email|mail|login|log|auth_user|userid)';

function hasField(markup: string, name: string): boolean {
	return new RegExp(`<input\\b[^<>]*\\bname=["']?${name}(?=["'\\s/>])`, 'i').test(markup);
}

function withoutScripts(html: string): string {
	return html
		.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
		.replace(/<(script|style|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ');
}

/**
 * A server may send what was made to keep a parser busy: what is not closed ends with the text, and no tag
 * holds another, so that the time stays in proportion to the length.
 */
function shownText(html: string): string {
	return withoutScripts(html)
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ');
}
