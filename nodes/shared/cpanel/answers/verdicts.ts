import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { ASK_FOR_LOG, CHECK_SERVER_AND_PORT } from './advice';
import { frontError } from './frontError';
import { isRecord, parseJson } from './json';
import { findingIn, looksLikeHtml, recognizePage } from './pages';
import type { PageKind } from './pages';
import { judgeRedirect } from './redirects';
import type { Asked } from './redirects';
import { busy, licenseExpired, lockedOut } from './serverTroubles';
import { whoAnswered } from './whoAnswered';
import type { Sender } from './whoAnswered';

/**
 * Judges an answer by its status and by its being a page. Who answered comes first: only what cPanel itself says counts
 * as a refused sign-in or as a lock, and what stands in front of it is named as that (protocol.md, 1.2).
 *
 * @returns `signInRefused` where cPanel refuses whoever asks; undefined for an answer that is to be read
 */
export function judgeAnswer(
	response: HttpResponse,
	asked: Asked,
): CpanelError | 'signInRefused' | undefined {
	const { status, body } = response;
	const isPage = looksLikeHtml(body);
	if (status < 300 && !isPage) return undefined;
	const sender = whoAnswered(response);
	if (status >= 300 && status < 400) return judgeRedirect(response, sender, asked);
	const page = isPage ? recognizePage(body) : 'other';
	if (page === 'license') return licenseExpired(hostOf(asked.url), status);
	if (typeof sender === 'object') return frontError(sender, response, asked);
	if (page === 'locked' || (!isPage && findingIn(body) === 'locked')) return lockedOut(status);
	if (status < 300) return judgePage(page, sender, response, asked);
	if (status === 401 || status === 403) return judgeDenial(sender, response, asked);
	return judgeFailure(sender, response, asked);
}

/** The pages on which cPanel refuses somebody. */
const REFUSING_PAGES: PageKind[] = [
	'twoFactor',
	'securityToken',
	'expiredSession',
	'changedAddress',
	'invalidSession',
	'login',
];

function judgePage(
	page: PageKind,
	sender: Sender,
	{ status }: HttpResponse,
	{ url }: Asked,
): CpanelError | 'signInRefused' {
	if (sender === 'cPanel' && REFUSING_PAGES.includes(page)) return 'signInRefused';
	return new CpanelError('answer', `${hostOf(url)} answered with a web page that is not cPanel’s`, {
		hint: CHECK_SERVER_AND_PORT,
		httpStatus: status,
	});
}

/**
 * A 401 without a page says that it matters who asks, and only the one who was asked knows that. A 403 may be anybody's
 * who stands in the way.
 */
function judgeDenial(
	sender: Sender,
	response: HttpResponse,
	asked: Asked,
): CpanelError | 'signInRefused' {
	const { status, body } = response;
	const isText = !looksLikeHtml(body) && !isRecord(parseJson(body));
	const ofCpanel =
		sender === 'cPanel' || findingIn(body) !== undefined || (status === 401 && isText);
	return ofCpanel ? 'signInRefused' : frontError({ role: 'unknown' }, response, asked);
}

/** What cPanel answers with in trouble of its own, as far as anybody has seen; others have more. */
const OWN_FAILURES = [400, 404, 405, 408, 410, 411, 413, 414, 429, 500, 501, 503];

function judgeFailure(sender: Sender, response: HttpResponse, asked: Asked): CpanelError {
	const { status, retryAfter } = response;
	const host = hostOf(asked.url);
	if (sender === 'unknown' && !OWN_FAILURES.includes(status)) {
		return frontError({ role: status >= 500 ? 'gateway' : 'unknown' }, response, asked);
	}
	switch (status) {
		case 404:
			return new CpanelError('answer', `${host} has no such address (HTTP 404)`, {
				hint: CHECK_SERVER_AND_PORT,
				httpStatus: status,
			});
		case 429:
			return busy(`${host} asks for fewer requests (HTTP 429)`, status, retryAfter);
		case 503:
			return busy(`${host} is not available at the moment (HTTP 503)`, status, retryAfter);
		default:
			return new CpanelError('answer', `${host} could not handle the request (HTTP ${status})`, {
				hint: ASK_FOR_LOG,
				httpStatus: status,
			});
	}
}

function hostOf(url: string): string {
	return new URL(url).host;
}
