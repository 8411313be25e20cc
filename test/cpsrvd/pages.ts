import type { Service } from './sessions';

/** The messages of the login page, by their keys. */
export const MESSAGES = {
	no_credentials: '',
	invalid_login: 'The login is invalid.',
	no_username: 'You must enter a username to log in.',
	logout: 'You have logged out.',
	invalid_session: 'Your session cookie is invalid. Please log in again.',
	expired_session: 'Your session has expired. Please log in again.',
	changed_ip: 'Your IP address has changed. Please log in again.',
	token_missing: 'The security token is missing from your request.',
	token_incorrect: 'The security token in your request is invalid.',
	two_factor_missing: 'Two-factor authentication is on: enter the security code.',
	two_factor_wrong: 'The security code is invalid.',
	locked:
		'This account is locked out because a brute force attempt was detected. ' +
		'Please wait some minutes and try again.',
} as const;

const PRODUCT = { cpanel: 'cPanel', webmail: 'Webmail', whm: 'WHM' } as const;

/**
 * The login page. Like the real one it carries all its messages in a script, besides the one that
 * it shows: a client that searches the page for a message finds every one of them.
 */
export function loginPage(service: Service, message: string): string {
	return document(
		`${PRODUCT[service]} Login`,
		`<script>window.MESSAGES = ${JSON.stringify(MESSAGES)};</script>
${loginForm(message)}`,
	);
}

/** The page for a session without the token that belongs to it. */
export function invalidTokenPage(message: string): string {
	return document(
		'Invalid Security Token',
		`<h1>Invalid Security Token</h1>
${loginForm(message)}`,
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

function loginForm(message: string): string {
	return `<div id="login-status-message">${escapeHtml(message)}</div>
<form id="login_form" action="/login/" method="post">
<input name="user" id="user"><input name="pass" id="pass" type="password">
<input name="goto_uri" type="hidden" value="/"><input name="goto_app" type="hidden" value="">
<button type="submit">Log in</button>
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
