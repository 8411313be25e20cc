import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { looksLikeHtml, recognizePage } from './pages';

/** The next step where something else than cPanel answered. */
export const CHECK_SERVER_AND_PORT =
	'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.';

/** The host a redirect points to, for a message; never its path or query, which may hold a session. */
export function redirectTarget(location: string | undefined, requested: string): string {
	const url = URL.canParse(location ?? '', requested)
		? new URL(location ?? '', requested)
		: undefined;
	return url?.host || 'an address it does not name';
}

/** An account or an address that was locked out; each further try prolongs the lock. */
export function lockedOut(httpStatus: number): CpanelError {
	return new CpanelError(
		'credential',
		'The server has locked this account or the address of n8n out',
		{
			hint: 'Too many sign-ins were refused. Do not try again for some minutes: each try prolongs the lock. The hosting provider can lift it (cPHulk in WHM).',
			httpStatus,
		},
	);
}

/**
 * Finds out why an answer is none of Webmail's and none of UAPI's, from its HTTP status. A busy server is asked
 * again later, so a lock-out in that guise is told from it.
 *
 * @returns undefined for a status that leaves the verdict to the body
 */
export function judgeStatus(
	{ status, location, body, retryAfter }: HttpResponse,
	url: string,
): CpanelError | undefined {
	if (status < 300) return undefined;
	const { host } = new URL(url);
	if (status < 400) {
		const target = redirectTarget(location, url);
		return new CpanelError('answer', `${host} redirects to ${target}, and that was not followed`, {
			hint: 'A credential is sent to no other server than its own. If the other one is right, enter it as the server.',
			httpStatus: status,
		});
	}
	if (status === 404) {
		return new CpanelError('answer', `${host} has no such address (HTTP 404)`, {
			hint: CHECK_SERVER_AND_PORT,
			httpStatus: status,
		});
	}
	if ((status === 429 || status === 503) && looksLikeHtml(body)) {
		if (recognizePage(body) === 'locked') return lockedOut(status);
	}
	if (status === 429) {
		return new CpanelError('busy', `${host} asks for fewer requests (HTTP 429)`, {
			hint: 'Wait a while, then run what is missing with fewer items at a time or a lower “Max Concurrency” under “Options”.',
			httpStatus: status,
			retryAfter,
		});
	}
	if (status === 503) {
		return new CpanelError('busy', `${host} is not available at the moment (HTTP 503)`, {
			hint: 'It may be overloaded, restarting or under maintenance. Run the item again later.',
			httpStatus: status,
			retryAfter,
		});
	}
	if (status >= 400 && status !== 401 && status !== 403) {
		return new CpanelError('answer', `${host} could not handle the request (HTTP ${status})`, {
			hint: 'Run the item again later. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			httpStatus: status,
		});
	}
	return undefined;
}

/**
 * Says what it means that a page came where UAPI should have answered.
 *
 * @returns undefined when the body is no page
 */
export function judgePage({ status, body }: HttpResponse, url: string): CpanelError | undefined {
	if (!looksLikeHtml(body)) return undefined;
	const { host } = new URL(url);
	switch (recognizePage(body)) {
		case 'locked':
			return lockedOut(status);
		case 'license':
			return new CpanelError('answer', `The cPanel license of ${host} has expired`, {
				hint: 'Only the hosting provider can renew it. cPanel answers nothing until then.',
				httpStatus: status,
			});
		case 'other':
			return status === 401 || status === 403
				? undefined
				: new CpanelError('answer', `${host} answered with a web page that is not cPanel’s`, {
						hint: CHECK_SERVER_AND_PORT,
						httpStatus: status,
					});
		default:
			return undefined;
	}
}
