import type { HttpResponse } from './HttpTransport';
import { parseRetryAfter } from './retryAfter';

/** Headers as HTTP clients give them: one that came more than once is a list. */
export type ReceivedHeaders = Record<string, string | string[] | undefined>;

/** What a node is told of an answer's headers, whichever client received them. */
export function readHead(headers: ReceivedHeaders): Omit<HttpResponse, 'status' | 'body'> {
	return {
		location: single(headers.location),
		contentType: single(headers['content-type']),
		retryAfter: parseRetryAfter(single(headers['retry-after']), Date.now()),
		cookies: [headers['set-cookie'] ?? []].flat(),
	};
}

/** The first of what came under a name. */
export function single(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? header[0] : header;
}
