import type { Service } from './sessions';
import { MESSAGES_IN, WORDS, type Language } from './words';

export { MESSAGES } from './words';

const PRODUCT = { cpanel: 'cPanel', webmail: 'Webmail', whm: 'WHM' } as const;

/**
 * The login page. Like the real one it carries all its messages in a script, besides the one that
 * it shows: a client that searches the page for a message finds every one of them.
 */
export function loginPage(service: Service, message: string, language: Language = 'en'): string {
	return document(
		`${PRODUCT[service]} ${WORDS[language].login}`,
		`<script>window.MESSAGES = ${JSON.stringify(MESSAGES_IN[language])};</script>
${loginForm(message, language)}`,
		language,
	);
}

/** The page for a session without the token that belongs to it. */
export function invalidTokenPage(message: string, language: Language = 'en'): string {
	const title = WORDS[language].invalidToken;
	return document(title, `<h1>${title}</h1>\n${loginForm(message, language)}`, language);
}

/** The page that asks for the second factor. Its form has the one mark that is the same in every language. */
export function secondFactorPage(service: Service, language: Language): string {
	const { secondFactor, logIn } = WORDS[language];
	return document(
		`${PRODUCT[service]} ${WORDS[language].login}`,
		`<h1>${secondFactor}</h1>
<form id="tfa_login_form" action="/login/" method="post">
<input name="tfa_token" id="tfatoken" autocomplete="off">
<button type="submit">${logIn}</button>
</form>`,
		language,
	);
}

/** The first page after a login. */
export function landingPage(service: Service, owner: string, locale: string): string {
	return document(
		`${PRODUCT[service]} - ${owner}`,
		`<h1 id="mailbox">${escapeHtml(owner)}</h1>`,
		locale,
	);
}

/** A page that says one thing. */
export function plainPage(title: string, text: string): string {
	return document(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}

function loginForm(message: string, language: Language): string {
	return `<div id="login-status-message">${escapeHtml(message)}</div>
<form id="login_form" action="/login/" method="post">
<input name="user" id="user"><input name="pass" id="pass" type="password">
<input name="goto_uri" type="hidden" value="/"><input name="goto_app" type="hidden" value="">
<button type="submit">${WORDS[language].logIn}</button>
</form>`;
}

function document(title: string, body: string, locale = 'en'): string {
	return `<!DOCTYPE html>
<html lang="${escapeHtml(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
