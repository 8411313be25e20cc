import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import type { LoginTicket } from '../input/loginTicket';
import { securityTokenOf } from '../input/securityToken';
import type { LoggedInSession } from '../input/sessionUrl';
import { cookieHeader, landingPage, sessionCookies } from './login';
import type { SessionCookie } from './login';
import { looksLikeHtml, recognizePage } from './pages';
import type { PageKind } from './pages';
import { judgePage, judgeStatus, lockedOut, redirectTarget } from './verdicts';

/** A login that succeeded. */
export interface Login extends LoggedInSession {
	/** The page the login leads to. */
	url: string;
}

/**
 * Judges the answer to a login with a login ticket.
 *
 * A good login is answered by a redirect (301, 302, 303, 307 and 308 have been seen or are plausible) to a path
 * that starts with the security token, together with a cookie that names a user. A refused login sets a cookie
 * too, without a user in it (protocol.md, 3).
 *
 * @param url where the login was sent
 * @throws {CpanelError} of kind `signIn` when the session is not accepted, `answer`, `busy` or `credential` (a
 * lock-out) otherwise
 */
export function readLoginAnswer(
	response: HttpResponse,
	ticket: LoginTicket,
	{ url, cookie }: { url: string; cookie: SessionCookie },
): Login {
	const landing = landingPage(response, ticket.host);
	const cookies = sessionCookies(response, cookie);
	if (landing === undefined || cookies === undefined) {
		throw refusal(response, landing !== undefined, url);
	}
	const token = securityTokenOf(landing.pathname) ?? ticket.token;
	return {
		url: landing.href,
		sessionUrl: ticket.host.origin + token,
		cookie: cookieHeader(cookies),
	};
}

function refusal(response: HttpResponse, redirectsToSession: boolean, url: string): CpanelError {
	const { status, location, body } = response;
	const { host } = new URL(url);
	if (redirectsToSession) {
		return new CpanelError('signIn', `${host} redirected to a session without giving its cookie`, {
			hint: 'Webmail did not log in. Create a new session and log in with it right away.',
			httpStatus: status,
		});
	}
	const redirectsToLogin = /^\/login\b/.test(pathOnServer(location, url) ?? '');
	if (status >= 300 && status < 400 && !redirectsToLogin) {
		return new CpanelError(
			'answer',
			`${host} answered the login with a redirect to ${redirectTarget(location, url)}, and that was not followed`,
			{
				hint: 'A session is sent to no other server than its own. Check “Host”: it is the server that created the session, or the one cPanel named.',
				httpStatus: status,
			},
		);
	}
	const page = looksLikeHtml(body) ? recognizePage(body) : 'other';
	if (page === 'locked') return lockedOut(status);
	const unusable = redirectsToLogin ? undefined : judgeStatus(response, url);
	if (unusable?.kind === 'busy') return unusable.as('busy', { hint: NEW_SESSION_LATER });
	if (unusable !== undefined) return unusable;
	if (status === 200 && (page === 'other' || page === 'license')) {
		return (
			judgePage(response, url) ??
			new CpanelError('answer', `${host} did not answer as Webmail does`, {
				hint: 'Check that “Host” names a Webmail server and its port: 2096 when none is given.',
				httpStatus: status,
			})
		);
	}
	const [message, hint] = REFUSALS[page] ?? NOT_ACCEPTED;
	return new CpanelError('signIn', message, { hint, httpStatus: status });
}

function pathOnServer(location: string | undefined, url: string): string | undefined {
	if (location === undefined || !URL.canParse(location, url)) return undefined;
	const target = new URL(location, url);
	return target.origin === new URL(url).origin ? target.pathname : undefined;
}

const NEW_SESSION_LATER =
	'The login was not sent again, because a session works once. Wait a while, create a new session and log in with that one.';

const NEW_SESSION = 'Create a new session and use it within 15 minutes, once.';

const NOT_ACCEPTED: [string, string] = [
	'Webmail did not accept the session',
	`It was used before, has expired, or was made for another address. ${NEW_SESSION}`,
];

const REFUSALS: Partial<Record<PageKind, [message: string, hint: string]>> = {
	invalidSession: [
		'Webmail does not know this session any more: it was used before, or never existed',
		NEW_SESSION,
	],
	expiredSession: ['The session expired before it was used', NEW_SESSION],
	changedAddress: [
		'The session was made for another address than the one that used it',
		'cPanel binds a session to an address: the one under “Remote Address”, or else n8n’s. Leave it empty when n8n itself logs in; give the visitor’s address for a link or a page.',
	],
	securityToken: [
		'The security token does not belong to this session',
		'Take “Token” and “Session” from the same item of the cPanel Session node.',
	],
};
