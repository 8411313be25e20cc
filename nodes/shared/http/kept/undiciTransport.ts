import type * as Undici from 'undici';

import { ResponseMatcher, tells } from './responseMatching';
import { checkEgress } from './egress';
import { exchangeLimits } from '../exchangeLimits';
import { HttpTransportError } from '../HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport, PendingMatch } from '../HttpTransport';
import { openKeptConnection } from './keptConnection';
import type { KeptConnection, KeptConnectionOptions } from './keptConnection';
import { decodeText, readBody } from '../readBody';
import { hasNoBody, notAnAnswer, readHead } from '../readHead';
import { isParserError } from '../transportErrors';
import { unpack } from './unpack';

export type { EgressFilter } from './egress';

export interface UndiciTransportOptions extends KeptConnectionOptions {
	cancelSignal?: AbortSignal;
	/** Where the answers are noted; one of its own by default. */
	ledger?: ResponseMatcher;
}

/**
 * The transport that keeps its connections: one TLS handshake for each lane in place of one for each
 * request. It obeys the instance's egress policy and its proxy variables. Its connections live until
 * `close()`, so it belongs to one execution of one node and to one credential.
 */
export function createUndiciTransport(
	undici: typeof Undici,
	options: UndiciTransportOptions,
): HttpTransport {
	const { cancelSignal, ledger = new ResponseMatcher() } = options;
	const connections = new Set<KeptConnection>();
	const idle: KeptConnection[] = [];
	/** Connections that are on their way out. */
	const ending = new Set<Promise<void>>();
	/** The origins on the way to which a kept connection died. */
	const lossy = new Set<string>();
	// one listener for all requests: a signal composed for each of them would cost a tenth of a request
	const stop = () => {
		for (const connection of connections) connection.abandon.abort();
	};
	cancelSignal?.addEventListener('abort', stop, { once: true });

	function open(): KeptConnection {
		const connection = openKeptConnection(undici, options, ledger);
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

	/** The receipt of an answer whose connection waits for what is found in it. */
	function releasing(
		receipt: PendingMatch,
		connection: KeptConnection,
		isOver: boolean,
	): PendingMatch {
		return {
			get mismatch() {
				return receipt.mismatch;
			},
			match(finding) {
				const doubt = receipt.match(finding);
				release(connection, isOver || doubt !== undefined || !tells(finding));
				return doubt;
			},
		};
	}

	return {
		async send(request: HttpRequest): Promise<HttpResponse> {
			const url = new URL(request.url);
			const { host, origin } = url;
			const exchange = exchangeLimits(request, host, cancelSignal);
			let connection: KeptConnection;
			try {
				await exchange.within(checkEgress(options.egressFilter, url));
				connection = await connectionFor(origin, request);
			} catch (error) {
				throw exchange.explain(error, { nothingSent: true });
			}
			const openedBefore = connection.opened;
			const isKept = connection.hasServed(origin);
			const openBy = opening(request, isKept);
			let answering = false;
			const giveUp = () => connection.abandon.abort();
			const giveUpOpening = () => {
				if (connection.opened === openedBefore) giveUp();
			};
			exchange.deadline.addEventListener('abort', giveUp, { once: true });
			openBy?.addEventListener('abort', giveUpOpening, { once: true });
			// it may have ended while a kept connection gave way
			if (exchange.isOver()) giveUp();
			try {
				connection.begin(origin);
				const response = await undici.request(url, {
					dispatcher: connection.dispatcher,
					method: request.method,
					headers: {
						...request.headers,
						...(request.form && { 'content-type': 'application/x-www-form-urlencoded' }),
					},
					body: request.form?.toString(),
					signal: connection.abandon.signal,
				});
				answering = true;
				const answer: HttpResponse = {
					status: response.statusCode,
					...readHead(response.headers),
					body: await readText(response, host, connection.abandon.signal),
				};
				const isRenewed = isKept && connection.opened > openedBefore;
				const isOver =
					isRenewed || saysClose(response.headers.connection) || hasNoBody(answer.status);
				return accept(connection, request, origin, answer, isOver);
			} catch (error) {
				const isSameSocket = connection.opened === openedBefore;
				const onKeptConnection = !answering && isKept && isSameSocket;
				if (onKeptConnection) lossy.add(origin);
				await discard(connection);
				const nothingSent = !isKept && isSameSocket;
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

	/** Notes whose answer it seems to be, and lets the connection go on unless that is still to be told. */
	function accept(
		connection: KeptConnection,
		request: HttpRequest,
		origin: string,
		answer: HttpResponse,
		isOver: boolean,
	): HttpResponse {
		const answers = connection.answersOf(origin);
		const receipt = answers.received();
		// another connection may have shown meanwhile that this one cannot be trusted
		if (receipt.mismatch !== undefined) throw receipt.mismatch;
		const wasKept = connection.hasServed(origin);
		connection.served(origin);
		if (answer.status === REQUEST_TIMEOUT && wasKept) lossy.add(origin);
		const ends = isOver || answer.status === REQUEST_TIMEOUT;
		if (request.awaitsMatch)
			return { ...answer, pendingMatch: releasing(receipt, connection, ends) };
		release(connection, ends);
		return { ...answer, pendingMatch: receipt };
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
		let bytes: Buffer;
		try {
			bytes = await readBody(body, host, signal);
		} catch (error) {
			throw asBrokenOff(error, host);
		}
		const encoding = [headers['content-encoding'] ?? []].flat().join(', ');
		return decodeText(await unpack(undici, bytes, encoding, host, signal));
	}
}

/** With this status a server takes leave of a connection that was idle for too long (RFC 9110, 15.5.9). */
const REQUEST_TIMEOUT = 408;

/** When a connection that is still to be opened is given up. */
function opening({ openWithin }: HttpRequest, isKept: boolean): AbortSignal | undefined {
	return openWithin === undefined || isKept ? undefined : AbortSignal.timeout(openWithin);
}

/** A body that breaks the rules of HTTP is broken off: n8n's helper gives no other reason either. */
function asBrokenOff(error: unknown, host: string): unknown {
	return isParserError(error) ? new HttpTransportError('reset', host) : error;
}

function saysClose(header: string | string[] | undefined): boolean {
	return /\bclose\b/i.test(String(header));
}
