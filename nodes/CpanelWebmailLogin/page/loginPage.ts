import { loginAddress, loginFields } from '../../shared/cpanel/login/login';
import type { LoginRequest } from '../../shared/cpanel/login/login';
import type { Language } from './language';
import { renderPage } from './page';
import type { Look, Page, RenderedPage } from './page';

/** What the page looks like and says; the built-in texts of the language where none are given. */
export interface LoginPageChoices {
	language: Language;
	look: Look;
	title?: string;
	text?: string;
	button?: string;
	/** See `Page`. */
	formAction: Page['formAction'];
}

/**
 * A page that logs the browser in that opens it. It submits its form by script; where scripts are off or
 * forbidden, its button does the same.
 *
 * @param method `get` works with every server but those whose cookie is `SameSite=Strict`; `post` keeps the session out
 * of the address bar, the history and the server's log, and fails where the server answers with 307 and its cookie is
 * `SameSite=Lax`
 */
export function loginPage(
	ticket: LoginRequest,
	method: 'get' | 'post',
	{ language, look, title, text, button, formAction }: LoginPageChoices,
): RenderedPage {
	const { texts } = language;
	return renderPage({
		language,
		look,
		title: title ?? texts.title,
		text: text ?? texts.ready,
		formAction,
		form: {
			method,
			// as documented for POST, as seen for GET (protocol.md, 3)
			action: method === 'post' ? loginAddress(ticket) : `${loginAddress(ticket)}/`,
			fields: loginFields(ticket),
			button: button ?? texts.button,
			submitsItself: true,
		},
	});
}
