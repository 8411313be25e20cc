import type * as Undici from 'undici';

import { exchangeLimits, untilAborted } from '../exchangeLimits';
import { HttpTransportError } from '../HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport } from '../HttpTransport';
import { decodeText, hasNoBody, notAnAnswer, readBody, readHead } from '../readResponse';
import { isParserError } from '../transportErrors';
import { checkEgress, openKeptConnection } from './keptConnection';
import type { KeptConnection, KeptConnectionOptions } from './keptConnection';
import type { ResponseMatcher } from './responseMatching';
import { unpack } from './unpack';

interface UndiciTransportOptions extends KeptConnectionOptions {
	cancelSignal?: AbortSignal;
}

/**
 * How much of its time a request may wait for a connection to be opened. Where packets are swallowed, as on a direct
 * way that only the proxy may take, n8n's helper still has two thirds of it.
 */
const OPENING_SHARE = 1 / 3;

/**
 * The transport that keeps its connections: as many TLS handshakes as there are requests at once, in place of one for
 * each request. It obeys the instance's egress policy and its proxy variables. Its connections live until `close()`,
 * so it belongs to one execution of one node and to one credential.
 */
export function createUndiciTransport(
	undici: typeof Undici,
	options: UndiciTransportOptions,
	matcher: ResponseMatcher,
): HttpTransport {
	const { cancelSignal } = options;
	const connections = new Set<KeptConnection>();
	const idle: KeptConnection[] = [];
	/** Connections that are on their way out. */
	const ending = new Set<Promise<void>>();
	/** The origins on the way to which a kept connection died. */
	const lossy = new Set<string>();
	// one listener for all requests: `AbortSignal.any` for each of them costs 20 µs, a tenth of a request
	const stop = () => {
		for (const connection of connections) connection.abandon.abort();
	};
	cancelSignal?.addEventListener('abort', stop, { once: true });

	function open(): KeptConnection {
		const connection = openKeptConnection(undici, options, matcher);
		connections.add(connection);
		return connection;
	}

	/** A new connection takes the place of an idle one, so that there are never more than requests at once. */
	async function connectionFor(
		origin: string,
		{ newConnection }: HttpRequest,
	): Promise<KeptConnection> {
		const kept = idle.pop();
		const isNew =
			newConnection === 'always' || (newConnection === 'afterLoss' && lossy.has(origin));
		if (kept === undefined || !isNew) return kept ?? open();
		await discard(kept);
		return open();
	}

	/**
	 * undici's agent loses track of a connection that takes the place of one the server is about to close,
	 * and then opens one for each request. So it is not kept for longer than its socket.
	 */
	function release(connection: KeptConnection, isOver: boolean): void {
		if (isOver) void discard(connection);
		else idle.push(connection);
	}

	async function discard(connection: KeptConnection): Promise<void> {
		connections.delete(connection);
		const destroyed = connection.dispatcher.destroy();
		connection.abandon.abort();
		ending.add(destroyed);
		await destroyed;
		ending.delete(destroyed);
	}

	return {
		async send(request: HttpRequest): Promise<HttpResponse> {
			const url = new URL(request.url);
			const { host, origin } = url;
			const exchange = exchangeLimits(request.timeout, host, cancelSignal);
			let connection: KeptConnection;
			try {
				connection = await connectionFor(origin, request);
			} catch (error) {
				throw exchange.explain(error, { nothingSent: true });
			}
			const { signal } = connection.abandon;
			const keptSocket = connection.socketTo(origin);
			const isSameSocket = () => connection.socketTo(origin) === keptSocket;
			let openBy: AbortSignal | undefined;
			/** Whether the request may have left by a socket that served an earlier one. */
			let reusesSocket = false;
			let answering = false;
			const giveUp = () => connection.abandon.abort();
			const giveUpOpening = () => {
				if (isSameSocket()) giveUp();
			};
			exchange.deadline.addEventListener('abort', giveUp, { once: true });
			// it may have ended while a kept connection gave way
			if (exchange.isOver()) giveUp();
			try {
				await untilAborted(checkEgress(options.egressFilter, url), signal);
				reusesSocket = keptSocket !== undefined;
				if (keptSocket) keptSocket.skipContinue();
				else openBy = openingDeadline(request);
				openBy?.addEventListener('abort', giveUpOpening, { once: true });
				const response = await undici.request(url, {
					dispatcher: connection.dispatcher,
					method: request.method,
					headers: {
						...request.headers,
						...(request.form && { 'content-type': 'application/x-www-form-urlencoded' }),
					},
					body: request.form?.toString(),
					signal,
				});
				answering = true;
				const { statusCode: status, headers } = response;
				const answer = {
					status,
					...readHead(headers),
					body: await readText(response, host, signal),
				};
				const timedOut = status === REQUEST_TIMEOUT;
				if (timedOut && keptSocket) lossy.add(origin);
				const isRenewed = keptSocket !== undefined && !isSameSocket();
				const isOver = isRenewed || timedOut || hasNoBody(status) || saysClose(headers.connection);
				return matching(request, answer, connection, isOver);
			} catch (error) {
				const onKeptConnection = reusesSocket && !answering && isSameSocket();
				if (onKeptConnection) lossy.add(origin);
				await discard(connection);
				const nothingSent = !reusesSocket && isSameSocket();
				const isLate = nothingSent && openBy?.aborted === true && !exchange.isOver();
				throw exchange.explain(
					isLate ? new HttpTransportError('timeout', host, undefined, false, true) : error,
					{ onKeptConnection, nothingSent },
				);
			} finally {
				exchange.deadline.removeEventListener('abort', giveUp);
				openBy?.removeEventListener('abort', giveUpOpening);
			}
		},
		async close() {
			cancelSignal?.removeEventListener('abort', stop);
			idle.length = 0;
			await Promise.all([...[...connections].map(discard), ...ending]);
		},
	};

	/** Begins to match an answer, and lets its connection go on unless that waits for whose it is. */
	function matching(
		{ url, awaitsMatch = false }: HttpRequest,
		answer: HttpResponse,
		connection: KeptConnection,
		isOver: boolean,
	): HttpResponse {
		const socket = connection.socketTo(new URL(url).origin);
		const pendingMatch = socket?.responses.received(
			awaitsMatch ? (isKnown) => release(connection, isOver || !isKnown) : undefined,
		);
		// another connection may have shown meanwhile that this one is mismatched
		if (pendingMatch?.mismatch !== undefined) throw pendingMatch.mismatch;
		if (!awaitsMatch) release(connection, isOver);
		return { ...answer, pendingMatch };
	}

	/** Reads a body as n8n's helper does. */
	async function readText(
		{ statusCode, headers, body }: Undici.Dispatcher.ResponseData,
		host: string,
		signal: AbortSignal,
	): Promise<string> {
		if (hasNoBody(statusCode)) {
			// it may have one nevertheless, and then its connection is of no more use
			body.on('error', () => {}).destroy();
			return '';
		}
		const broken = notAnAnswer(statusCode, host);
		if (broken !== undefined) throw broken;
		const bytes = await readBody(body, host, signal).catch((error: unknown) => {
			// a body that breaks the rules of HTTP is broken off: n8n's helper gives no other reason either
			throw isParserError(error) ? new HttpTransportError('reset', host) : error;
		});
		const encoding = [headers['content-encoding'] ?? []].flat().join(', ');
		return decodeText(await unpack(undici, bytes, encoding, host));
	}
}

/** With this status a server takes leave of a connection that was idle for too long (RFC 9110, 15.5.9). */
const REQUEST_TIMEOUT = 408;

/** When a connection that is still to be opened is given up. */
function openingDeadline({ timeout }: HttpRequest): AbortSignal {
	return AbortSignal.timeout(Math.ceil(timeout * OPENING_SHARE));
}

function saysClose(header: string | string[] | undefined): boolean {
	return /\bclose\b/i.test(String(header));
}
