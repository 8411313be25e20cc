/** What a node asks of the network: one request, one answer, no redirect followed. */
export interface HttpRequest {
	method: 'GET' | 'POST';
	/** Absolute `https://` URL. */
	url: string;
	headers?: Record<string, string>;
	/** Sent as an `application/x-www-form-urlencoded` body. */
	form?: URLSearchParams;
	/** Deadline for the whole exchange, body included, in milliseconds. */
	timeout: number;
	/**
	 * Opens a connection for this request in place of using a kept one, which may turn out to be dead:
	 * always, or as soon as a kept one has died on the way to this server.
	 */
	newConnection?: 'always' | 'afterLoss';
}

export interface HttpResponse {
	status: number;
	location?: string;
	contentType?: string;
	/** How long the server asks to be left alone (`Retry-After`), in milliseconds. */
	retryAfter?: number;
	/** The `Set-Cookie` lines as they came. */
	cookies: string[];
	/** Decoded as UTF-8. */
	body: string;
}

export interface HttpTransport {
	/** @throws {HttpTransportError} when no complete answer came. Any HTTP status is an answer. */
	send(request: HttpRequest): Promise<HttpResponse>;
	/** Ends every connection that is still open. */
	close(): Promise<void>;
}

export type HttpTransportErrorKind =
	| 'refused'
	| 'unreachable'
	| 'reset'
	| 'timeout'
	| 'unknownHost'
	| 'certificate'
	| 'notTls'
	| 'tooLarge'
	| 'blocked'
	| 'cancelled'
	| 'unknown';

/** An exchange that brought no complete answer. Carries nothing of the request but its host. */
export class HttpTransportError extends Error {
	override readonly name = 'HttpTransportError';

	constructor(
		readonly kind: HttpTransportErrorKind,
		/** Host and port of the request, for messages. */
		readonly host: string,
		/** The code of the operating system or of TLS, where there is one. */
		readonly code?: string,
		/** Whether a connection that had served an earlier request died before it answered this one. */
		readonly onKeptConnection = false,
	) {
		super(code === undefined ? `${kind} at ${host}` : `${kind} at ${host} (${code})`);
	}
}

/** More than any UAPI answer or login page needs; what is larger comes from something else. */
export const MAX_ANSWER_BYTES = 1024 * 1024;
