import { TOKEN_FIELD } from '../../shared/accessLink/linkAddress';
import type { Origin } from '../../shared/accessLink/visitorAddress';

/** What counts of a request, with everything else left behind. */
export interface LinkRequest {
	method: 'GET' | 'HEAD' | 'POST';
	/** Whatever came in its place: not only texts, and nothing of it is believed yet. */
	token: unknown;
	origin: Origin;
	/** Whether a page of another site sent the form: with a browser that says so. */
	isCrossSite: boolean;
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
const LONGEST_USER_AGENT = 300;

/**
 * Takes from a request what counts. A link is opened by its query, and its button sends a form: a form sent to the
 * address of a link is not taken for a press of the button.
 */
export function readRequest({ method, headers, query, body, socket }: RawRequest): LinkRequest {
	const isPost = method === 'POST';
	return {
		method: isPost || method === 'HEAD' ? method : 'GET',
		token: fieldOf(isPost ? body : query),
		origin: { headers, peer: socket?.remoteAddress },
		isCrossSite: textOf(headers['sec-fetch-site']).trim().toLowerCase() === 'cross-site',
		acceptLanguage: textOf(headers['accept-language']),
		userAgent: textOf(headers['user-agent']).slice(0, LONGEST_USER_AGENT),
	};
}

function fieldOf(fields: unknown): unknown {
	return typeof fields === 'object' && fields !== null && Object.hasOwn(fields, TOKEN_FIELD)
		? (fields as Record<string, unknown>)[TOKEN_FIELD]
		: undefined;
}

function textOf(header: string | string[] | undefined): string {
	return [header ?? ''].flat().join(', ');
}
