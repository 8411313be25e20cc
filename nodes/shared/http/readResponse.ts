import { HttpTransportError, MAX_ANSWER_BYTES } from './HttpTransport';
import type { HttpResponse } from './HttpTransport';

/** Headers as HTTP clients give them: one that came more than once is a list. */
export type ReceivedHeaders = Record<string, string | string[] | undefined>;

/** What a node is told of an answer's headers, whichever client received them. */
export function readHead(
	headers: ReceivedHeaders,
): Pick<HttpResponse, 'location' | 'contentType' | 'server' | 'retryAfter' | 'cookies'> {
	return {
		location: single(headers.location),
		contentType: single(headers['content-type']),
		server: single(headers.server),
		retryAfter: parseRetryAfter(single(headers['retry-after']), Date.now()),
		cookies: [headers['set-cookie'] ?? []].flat(),
	};
}

function single(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? header[0] : header;
}

/** Whether an answer of this status has no body, whatever its headers say (RFC 9110, 6.4.1). */
export function hasNoBody(status: number): boolean {
	return status === 204 || status === 304;
}

/**
 * What is wrong with a status that is no server's answer to a request: an interim one, none at all, or that of a proxy
 * which wants to know who asks (RFC 9110, 15 and 15.5.8).
 */
export function notAnAnswer(status: number, host: string): HttpTransportError | undefined {
	if (status === 407) return new HttpTransportError('proxy', host, '407');
	return status < 200 ? new HttpTransportError('brokenHttp', host) : undefined;
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date.
 *
 * @param now milliseconds since the epoch, to measure a date against
 * @returns milliseconds, 0 for a date that has passed; undefined for anything else
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	// `Date` would read far more than an HTTP date, and much of it in the time zone of n8n
	const date = /^[a-z]+, .+ GMT$/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A body as it arrives, that can be given up. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
	destroy?(): unknown;
}

/**
 * Reads a body to its end.
 *
 * @param body the chunks as they arrive
 * @param host host and port, for the error
 * @param signal gives the body up, however slowly it drips
 * @throws {HttpTransportError} `tooLarge` beyond {@link MAX_ANSWER_BYTES}
 */
export async function readBody(
	body: BodyStream,
	host: string,
	signal: AbortSignal,
): Promise<Buffer> {
	const giveUp = () => body.destroy?.();
	signal.addEventListener('abort', giveUp, { once: true });
	try {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of body) {
			size += chunk.byteLength;
			if (size > MAX_ANSWER_BYTES) throw new HttpTransportError('tooLarge', host);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		signal.removeEventListener('abort', giveUp);
		giveUp();
	}
}

/** Decodes UTF-8; a byte order mark stays, and what is no UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Buffer): string {
	return UTF8.decode(bytes);
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
