import { chooseLanguage } from '../../nodes/CpanelWebmailLogin/page/language';
import { loginPage } from '../../nodes/CpanelWebmailLogin/page/pages';
import type { LoginRequest } from '../../nodes/shared/cpanel/login/login';

/** The page of Create Page, with nothing changed. */
export function builtInPage(ticket: LoginRequest, method: 'get' | 'post'): string {
	const language = chooseLanguage({});
	return loginPage(ticket, method, { language, look: {}, formAction: 'https:' }).html;
}
