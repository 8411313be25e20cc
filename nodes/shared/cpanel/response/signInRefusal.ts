import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { findingIn, looksLikeHtml, recognizePage } from './pages';
import { lockedOut } from './serverErrors';

/** What it means when a caller is refused, and what to do: each way of signing in has its own words. */
export interface SignInWords {
	/** `credential`: everything else would be refused, too. `signIn`: this session only. */
	kind: 'credential' | 'signIn';
	/** What was not accepted: “the credential”, “the session”. */
	subject: string;
	/** What to do about it. */
	hint: string;
	/** What to do where access is denied although it is known who asks (HTTP 403). */
	deniedHint?: string;
	/** Whether the code of a second factor was sent. */
	sentCode?: boolean;
}

/** Ends each hint about a refused credential. */
export const NOTHING_MORE_SENT = 'n8n sent no further request, to avoid a lockout of the account.';

/**
 * What a refused sign-in is told as: a lock, the second factor, a denial, or the credential itself.
 *
 * @param host for the message
 * @param details the server's own words, fit to be shown
 */
export function signInRefusal(
	{ status, body }: Pick<HttpResponse, 'status' | 'body'>,
	host: string,
	words: SignInWords,
	details?: string,
): CpanelError {
	const finding = looksLikeHtml(body) ? recognizePage(body) : findingIn(body);
	if (finding === 'locked') return lockedOut(status);
	if (finding === 'twoFactor') return secondFactorRefused(host, status, words.sentCode === true);
	if (status === 403 && words.deniedHint !== undefined) {
		return new CpanelError('credential', `${host} denies access to this account (HTTP 403)`, {
			hint: `${words.deniedHint} ${NOTHING_MORE_SENT}`,
			httpStatus: status,
			details,
		});
	}
	const how = shownAs(status, looksLikeHtml(body));
	return new CpanelError(words.kind, `${host} did not accept ${words.subject} (${how})`, {
		hint: words.hint,
		httpStatus: status,
		details,
		...(details !== undefined && { family: 'access' }),
	});
}

function shownAs(status: number, isPage: boolean): string {
	if (status >= 300 && status < 400) return 'a redirect to its login page';
	return status < 300 && isPage ? 'its login page' : `HTTP ${status}`;
}

function secondFactorRefused(host: string, httpStatus: number, sentCode: boolean): CpanelError {
	return sentCode
		? new CpanelError('credential', `${host} did not accept the two-factor code`, {
				hint: `Check “Two-Factor Secret” in the credential: it is the key that cPanel showed with the QR code for this account. The clocks of n8n and of the server must agree within 30 seconds. ${NOTHING_MORE_SENT}`,
				httpStatus,
			})
		: new CpanelError('credential', `${host} asks for a two-factor code`, {
				hint: `The account has two-factor authentication. Use an API token, which needs no code, or enter the account’s key under “Two-Factor Secret” in the credential. ${NOTHING_MORE_SENT}`,
				httpStatus,
			});
}
