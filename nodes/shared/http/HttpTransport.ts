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
	/**
	 * Whether the caller says whose answer it is, by {@link PendingMatch.match}. Until then a kept connection takes no
	 * other request.
	 *
	 * @default false
	 */
	awaitsMatch?: boolean;
}

export interface HttpResponse {
	status: number;
	location?: string;
	contentType?: string;
	/** What the program that answered calls itself (`Server`). */
	server?: string;
	/** How long the server asks to be left alone (`Retry-After`), in milliseconds. */
	retryAfter?: number;
	/** The `Set-Cookie` lines as they came. */
	cookies: string[];
	/** Decoded as UTF-8. */
	body: string;
	/** Where answers are matched to requests; there is none where each request has a connection of its own. */
	pendingMatch?: PendingMatch;
}

/** What an answer tells of whose it is. HTTP/1.1 does not number answers, so a kept connection cannot tell it. */
export interface ResponseIdentity {
	/** Whether it names what was asked for: true proves that it is the request's own, false that it is another's. */
	isOwn?: boolean;
	/**
	 * Whether it names something else than was asked for, which says something only where a server names what was
	 * asked for at all. That is seen by the first answers of connections, which have nothing before them.
	 */
	seemsForeign?: boolean;
	/** Something that two answers never have in common, such as a session. */
	unique?: string;
}

/** The matching of an answer to its request, which ends with what the answer itself tells. */
export interface PendingMatch {
	/** Why the answer may be another request's, which may come to light with a later one of its connection. */
	readonly mismatch: HttpTransportError | undefined;
	/**
	 * Tells whose answer it is, once. A connection whose answer told nothing is not kept: behind it, a second copy of
	 * that answer would pass for the next one.
	 *
	 * @returns why the answer may be another request's
	 */
	match(identity: ResponseIdentity): HttpTransportError | undefined;
}

export interface HttpTransport {
	/** @throws {HttpTransportError} when no complete answer came. Any HTTP status is an answer. */
	send(request: HttpRequest): Promise<HttpResponse>;
	/** Ends every connection that is still open. */
	close(): Promise<void>;
}

/**
 * What kept an exchange from its answer.
 * - `refused`, `unreachable`, `unknownHost`: there was no connection
 * - `proxyDown`: there was none to the proxy that the environment names
 * - `proxy`: that proxy opened no way to the server; the code is its HTTP status
 * - `certificate`, `notTls`: TLS did not come about; `oldTls`: it would have, in a version that is too old for n8n
 * - `notHttp`: what came is no HTTP; `brokenHttp`: it is, and breaks its rules; `largeHead`: its headers are larger than
 * any client takes; `tlsRefused`: the other end ended the handshake
 * - `reset`: the connection closed before the response was complete
 * - `garbled`: the body cannot be unpacked
 * - `tooLarge`: it is larger than {@link MAX_ANSWER_BYTES}
 * - `mismatched`: the answer may be another request's
 * - `timeout`: the deadline came first; `cancelled`: the Stop did
 * - `blocked`: the instance's policy forbids the address
 */
export type HttpTransportErrorKind =
	| 'refused'
	| 'unreachable'
	| 'reset'
	| 'timeout'
	| 'unknownHost'
	| 'certificate'
	| 'notTls'
	| 'oldTls'
	| 'tlsRefused'
	| 'notHttp'
	| 'brokenHttp'
	| 'largeHead'
	| 'garbled'
	| 'tooLarge'
	| 'mismatched'
	| 'proxy'
	| 'proxyDown'
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
		/** The code of the operating system, of TLS, or of whoever gave one. */
		readonly code?: string,
		/** Whether a connection that had served an earlier request died before it answered this one. */
		readonly onKeptConnection = false,
		/** Whether no connection was open yet, so that no byte of the request was sent. */
		readonly nothingSent = false,
	) {
		super(code === undefined ? `${kind} at ${host}` : `${kind} at ${host} (${code})`);
	}
}

/** More than any UAPI answer or login page needs; what is larger comes from something else. */
export const MAX_ANSWER_BYTES = 1024 * 1024;
