import { findToken } from '../../shared/accessLink/findToken';
import { parseUrl } from '../../shared/cpanel/input/host';
import { isRecord } from '../../shared/cpanel/response/json';
import type { Origin } from '../../shared/accessLink/visitorAddress';
import type { RenderedPage } from '../page/renderPage';

/** What counts of a request, with everything else left behind. */
export interface LinkRequest {
	method: 'GET' | 'HEAD' | 'POST';
	/** What looks like one, without what the link picked up on its way; nothing of it is believed yet. */
	token: string | undefined;
	origin: Origin;
	/**
	 * Whether another page than the trigger's own sent the form.
	 *
	 * @param ownOrigin what the trigger is known as from outside, where that is known
	 */
	isCrossSite: (ownOrigin?: string) => boolean;
	acceptLanguage: string;
	userAgent: string;
}

/** What is read of n8n's request, which is that of Express. */
export interface RawRequest {
	method?: string;
	headers: Record<string, string | string[] | undefined>;
	query?: unknown;
	body?: unknown;
	socket?: { remoteAddress?: string };
}

/** Longer than a browser’s own; what is longer is somebody’s joke, and would be stored with the execution. */
const MAX_USER_AGENT_LENGTH = 300;

/**
 * Takes from a request what counts. A link is opened by its query, and its button sends a form: a form sent to the
 * address of a link is not taken for a press of the button.
 */
export function readRequest({ method, headers, query, body, socket }: RawRequest): LinkRequest {
	const isPost = method === 'POST';
	return {
		method: isPost || method === 'HEAD' ? method : 'GET',
		token: findToken(isPost ? body : query),
		origin: { headers, peer: socket?.remoteAddress },
		isCrossSite: (ownOrigin) => isCrossSite(headers, ownOrigin),
		acceptLanguage: textOf(headers['accept-language']),
		userAgent: textOf(headers['user-agent']).slice(0, MAX_USER_AGENT_LENGTH),
	};
}

/** A file that n8n stored for a request, of the library by which n8n reads forms. */
interface Upload {
	destroy(): void;
}

/**
 * Deletes the files that came with a request: nobody wants them, and n8n 2.8 leaves what anybody on the internet sends
 * in its folder for temporary files. A body of JSON has no methods, so it cannot pass for one with files.
 */
export function discardUploads({ body }: Pick<RawRequest, 'body'>): void {
	const files = isRecord(body) && isRecord(body.files) ? Object.values(body.files).flat() : [];
	for (const file of files) {
		if (isUpload(file)) file.destroy();
	}
}

function isUpload(file: unknown): file is Upload {
	return typeof (file as Partial<Upload> | null | undefined)?.destroy === 'function';
}

/**
 * Whether a form comes from elsewhere (docs/access-links.md has what browsers send). A sibling of the own site may be
 * somebody else's. Without `Sec-Fetch-Site` the origin decides; the page's own form names it, so that “null” is the
 * origin of a page that hides it.
 */
function isCrossSite(headers: RawRequest['headers'], ownOrigin: string | undefined): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined) return !/^(same-origin|none)$/i.test(textOf(site).trim());
	const origin = textOf(headers.origin).trim();
	if (origin === '' || origin === ownOrigin) return false;
	const url = parseUrl(origin);
	if (url === undefined || url.origin !== origin) return true;
	// a proxy may call n8n by another name, and then tells the one that it was called by; no page can set either
	const names = [headers.host, headers['x-forwarded-host']].flatMap((name) =>
		textOf(name).split(','),
	);
	return !names.some((name) => {
		return parseUrl(`${url.protocol}//${name.trim()}`)?.host === url.host;
	});
}

function textOf(header: string | string[] | undefined): string {
	return [header ?? ''].flat().join(', ');
}

/** What a request is answered with. */
export interface Answer {
	status: number;
	/** Its policy goes along in any case; its text only where there is no other. */
	page: RenderedPage;
	/** In place of the page, for a machine. */
	text?: string;
	/** Where the browser goes on, without a body. */
	location?: string;
	/** In seconds. */
	retryAfter?: number;
}

/** What is used of the response: Node's own part of what n8n hands out. */
export interface ResponseWriter {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	removeHeader?(name: string): unknown;
	end(body?: string): unknown;
}

/** For every answer: it is kept nowhere, rewritten nowhere (RFC 9111, 5.2.2.6), framed nowhere, found nowhere, and tells nobody where somebody came from. */
const HEADERS = {
	'Cache-Control': 'no-store, no-transform',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'X-Robots-Tag': 'noindex, nofollow, noarchive',
};

/** What n8n has set when a request names its origin: scripts of any other site could read along by them. */
const FOR_OTHER_SITES = ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods'];

/**
 * Sends an answer. To HEAD goes what GET would get, without its body.
 *
 * @param method of the request
 */
export function sendAnswer(response: ResponseWriter, method: string, answer: Answer): void {
	const { status, page, text, location, retryAfter } = answer;
	const headers = {
		...HEADERS,
		'Content-Security-Policy': [...page.policy, "frame-ancestors 'none'"].join('; '),
		'Content-Type': `text/${text === undefined ? 'html' : 'plain'}; charset=utf-8`,
		...(location !== undefined && { Location: location }),
		...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
	};
	response.statusCode = status;
	for (const name of FOR_OTHER_SITES) response.removeHeader?.(name);
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	const hasBody = method !== 'HEAD' && location === undefined;
	response.end(hasBody ? (text ?? page.html) : undefined);
}

/**
 * Whether an answer is one of {@link sendAnswer}: nothing else has just these headers.
 *
 * @param headers with names in lower case
 */
export function isOwnAnswer(headers: Record<string, string | string[] | undefined>): boolean {
	return (
		headers['x-robots-tag'] === HEADERS['X-Robots-Tag'] &&
		headers['x-frame-options'] === HEADERS['X-Frame-Options'] &&
		String(headers['content-security-policy']).includes("form-action 'self' https:")
	);
}
