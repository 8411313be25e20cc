import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { intermediaryError, whoAnswered } from './intermediary';
import type { Sender } from './intermediary';
import { isRecord, parseJson } from './json';
import { findingIn, looksLikeHtml, recognizePage } from './pages';
import type { PageKind } from './pages';
import { judgeRedirect } from './redirects';
import type { Asked } from './redirects';
import type { Subject } from './refusal';
import {
	ASK_FOR_LOG,
	CHECK_SERVER_AND_PORT,
	busy,
	licenseExpired,
	lockedOut,
} from './serverErrors';
import { signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';

/** What the judgment needs to know of the call. */
export interface CallContext {
	/** URL of the request, for the name of its host. */
	url: string;
	/** `Module::function`, for messages. */
	function: string;
	/** Everything secret that was sent, to keep it out of cPanel's own words. */
	secrets: readonly string[];
	/** What a refused sign-in means here. */
	signIn: SignInWords;
	/** What the call is about, for messages. */
	about?: Subject;
	/** Who was asked, where it was not cPanel itself. */
	through?: 'WHM';
}

/**
 * The answer of a server that accepted the caller, without its byte order mark.
 *
 * @throws {CpanelError} of kind `credential` or `signIn` where cPanel refused the sign-in, `answer` or `busy` for what
 * its status or its being a page shows to be something else
 */
export function acceptedAnswer(
	response: HttpResponse,
	{ url, secrets, signIn }: Pick<CallContext, 'url' | 'secrets' | 'signIn'>,
): HttpResponse {
	const answer = { ...response, body: response.body.replace(/^\uFEFF/, '') };
	const verdict = judgeAnswer(answer, { url, secrets });
	if (verdict === 'signInRefused') throw signInRefusal(answer, new URL(url).host, signIn);
	if (verdict !== undefined) throw verdict;
	return answer;
}

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
	const sender = whoAnswered(response, asked.secrets);
	if (status >= 300 && status < 400) return judgeRedirect(response, sender, asked);
	const page = isPage ? recognizePage(body) : 'other';
	if (page === 'license') return licenseExpired(hostOf(asked.url), status);
	if (typeof sender === 'object') return intermediaryError(sender, response, asked);
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
	return new CpanelError(
		'answer',
		`${hostOf(url)} answered with a web page that does not come from cPanel`,
		{
			hint: CHECK_SERVER_AND_PORT,
			httpStatus: status,
		},
	);
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
	return ofCpanel ? 'signInRefused' : intermediaryError({ role: 'unknown' }, response, asked);
}

/** What cPanel answers with in trouble of its own, as far as anybody has seen; others have more. */
const OWN_FAILURES = [400, 404, 405, 408, 410, 411, 413, 414, 429, 500, 501, 503];

function judgeFailure(sender: Sender, response: HttpResponse, asked: Asked): CpanelError {
	const { status, retryAfter } = response;
	const host = hostOf(asked.url);
	if (sender === 'unknown' && !OWN_FAILURES.includes(status)) {
		return intermediaryError({ role: status >= 500 ? 'gateway' : 'unknown' }, response, asked);
	}
	switch (status) {
		case 404:
			return new CpanelError('answer', `${host} has no such address (HTTP 404)`, {
				hint: CHECK_SERVER_AND_PORT,
				httpStatus: status,
			});
		case 429:
			return busy(`${host} is receiving too many requests (HTTP 429)`, status, retryAfter);
		case 503:
			return busy(`${host} is currently unavailable (HTTP 503)`, status, retryAfter);
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
