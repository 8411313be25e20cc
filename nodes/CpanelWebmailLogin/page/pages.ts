import { TOKEN_FIELD } from '../../shared/accessLink/linkAddress';
import type { AccessLink } from '../../shared/accessLink/accessLink';
import { loginAddress, loginFields } from '../../shared/cpanel/login/login';
import type { LoginRequest } from '../../shared/cpanel/login/login';
import { writeMoment } from './language';
import type { Language } from './language';
import { OWN_ADDRESS, renderPage } from './renderPage';
import type { Page, PageChoices, RenderedPage } from './renderPage';

/**
 * A page that logs in whichever browser opens it. It submits its form by script; where scripts are off or
 * forbidden, its button does the same.
 *
 * @param method `get` works with every server but those whose cookie is `SameSite=Strict`; `post` keeps the session out
 * of the address bar, the history and the server's log, and fails where the server answers with 307 and its cookie is
 * `SameSite=Lax`
 */
export function loginPage(
	ticket: LoginRequest,
	method: 'get' | 'post',
	{
		language,
		look,
		title,
		text,
		button,
		formAction,
	}: Omit<PageChoices, 'language'> & Pick<Page, 'language' | 'formAction'>,
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

/** For whom a page is. */
export interface Reader {
	language: Language;
	/** In which dates are written. */
	timeZone: string;
}

/** Why there is no mailbox behind a link; see `Texts`. */
export type RefusalPage = 'expired' | 'invalid' | 'withdrawn' | 'tooMany' | 'unavailable';

/** Forms of these pages go to n8n, which may have no TLS in a private network, and on to Webmail, which has. */
const FORM_ACTION = "'self' https:";

/** The page with the button. Whoever opens it has done nothing yet. */
export function buttonPage(
	link: AccessLink,
	token: string,
	choices: PageChoices,
	reader: Reader,
): RenderedPage {
	const { texts } = reader.language;
	return render(choices, reader, {
		title: choices.title ?? texts.title,
		text: choices.text ?? texts.text,
		...(choices.showMailbox && { mailbox: link.mailbox }),
		note: withMoment(texts.until, link, reader),
		form: {
			method: 'post',
			action: OWN_ADDRESS,
			fields: { [TOKEN_FIELD]: token },
			button: choices.button ?? texts.button,
		},
	});
}

/**
 * A page that says why the link opens nothing.
 *
 * @param link undefined where nothing of it can be believed
 * @param incident the code of what the trigger reported, where it did
 */
export function refusalPage(
	kind: RefusalPage,
	choices: PageChoices,
	reader: Reader,
	{ link, incident }: { link?: AccessLink; incident?: string } = {},
): RenderedPage {
	const { texts } = reader.language;
	const built = link === undefined ? texts[kind] : withMoment(texts[kind], link, reader);
	return render(choices, reader, {
		title: texts[`${kind}Title`],
		text: kind === 'expired' ? (choices.expiredText ?? built) : built,
		...(incident !== undefined && { note: texts.code.replace('{code}', incident) }),
	});
}

function render(
	{ look }: PageChoices,
	{ language }: Reader,
	page: Omit<Page, 'language' | 'look' | 'formAction'>,
): RenderedPage {
	return renderPage({ language, look, formAction: FORM_ACTION, ...page });
}

function withMoment(text: string, { expiresAt }: AccessLink, reader: Reader): string {
	return text.replace('{until}', () => writeMoment(expiresAt, reader.language, reader.timeZone));
}
