import type * as Undici from 'undici';

import { exchangeLimits } from './exchangeLimits';
import { HttpTransportError } from './HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport } from './HttpTransport';
import { decodeText, readBody } from './readBody';
import { readHead, single } from './readHead';

type Verdict = { ok: true; result: void } | { ok: false; error: Error };

/** The instance's egress policy, as n8n 2.30 and newer hand it to a node that brings its own client. */
export interface EgressFilter {
	validateUrl(url: string | URL): Promise<Verdict>;
	validateConnectionHost(host: string): Verdict;
	createSecureLookup(): Extract<Undici.buildConnector.BuildOptions, { lookup?: unknown }>['lookup'];
}

export interface UndiciTransportOptions {
	egressFilter: EgressFilter;
	allowUnauthorizedCerts: boolean;
	cancelSignal?: AbortSignal;
}

/** One kept connection to each origin, used by one request at a time. */
interface Lane {
	dispatcher: Undici.Dispatcher;
	/**
	 * Ends its request and its connection, also one that is still being opened: undici itself would wait for
	 * that.
	 */
	abandon: AbortController;
	/** How many connections were opened so far. */
	opened: number;
	/** The origins that have answered on this lane. */
	answered: Set<string>;
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
	const lanes = new Set<Lane>();
	const idle: Lane[] = [];
	/** The origins on the way to which a kept connection died. */
	const lossy = new Set<string>();
	// one listener for all requests: a signal composed for each of them would cost a tenth of a request
	const stop = () => {
		for (const lane of lanes) lane.abandon.abort();
	};
	options.cancelSignal?.addEventListener('abort', stop, { once: true });

	function openLane(): Lane {
		const abandon = new AbortController();
		if (options.cancelSignal?.aborted) abandon.abort();
		const tls = {
			rejectUnauthorized: !options.allowUnauthorizedCerts,
			signal: abandon.signal,
		};
		const connect = undici.buildConnector({
			...tls,
			lookup: options.egressFilter.createSecureLookup(),
			allowH2: false,
			timeout: 0,
		});
		const lane: Lane = {
			opened: 0,
			answered: new Set(),
			abandon,
			dispatcher: new undici.EnvHttpProxyAgent({
				connections: 1,
				pipelining: 1,
				allowH2: false,
				headersTimeout: 0,
				bodyTimeout: 0,
				requestTls: tls,
				proxyTls: { ...tls, rejectUnauthorized: true },
				connect(
					connectOptions: Undici.buildConnector.Options,
					callback: Undici.buildConnector.Callback,
				) {
					lane.opened += 1;
					connect(connectOptions, callback);
				},
			}),
		};
		lanes.add(lane);
		return lane;
	}

	/** A new lane takes the place of an idle one, so that there are never more than requests at once. */
	async function laneFor({ origin }: URL, { newConnection }: HttpRequest): Promise<Lane> {
		const kept = idle.pop();
		const isNew =
			newConnection === 'always' || (newConnection === 'afterLoss' && lossy.has(origin));
		if (kept === undefined || !isNew) return kept ?? openLane();
		await discard(kept);
		return openLane();
	}

	/**
	 * undici's agent loses track of a connection that takes the place of one the server is about to close,
	 * and then opens one for each request. So a lane is not kept for longer than its connection.
	 */
	async function release(lane: Lane, connectionIsOver: boolean): Promise<void> {
		if (connectionIsOver) await discard(lane);
		else idle.push(lane);
	}

	async function discard(lane: Lane): Promise<void> {
		lanes.delete(lane);
		const destroyed = lane.dispatcher.destroy();
		lane.abandon.abort();
		await destroyed;
	}

	/** The secure lookup sees names only, so an address literal is checked here. */
	async function checkEgress(url: URL): Promise<void> {
		const verdicts = [
			options.egressFilter.validateConnectionHost(url.hostname.replace(/^\[|\]$/g, '')),
			await options.egressFilter.validateUrl(url),
		];
		if (verdicts.some((verdict) => !verdict.ok)) throw new HttpTransportError('blocked', url.host);
	}

	return {
		async send(request: HttpRequest): Promise<HttpResponse> {
			const url = new URL(request.url);
			const exchange = exchangeLimits(request, url.host, options.cancelSignal);
			let lane: Lane;
			try {
				await checkEgress(url);
				exchange.throwIfOver();
				lane = await laneFor(url, request);
			} catch (error) {
				throw exchange.explain(error);
			}
			const openedBefore = lane.opened;
			const isKept = lane.answered.has(url.origin);
			let answering = false;
			const giveUp = () => lane.abandon.abort();
			exchange.deadline.addEventListener('abort', giveUp, { once: true });
			try {
				const response = await undici.request(url, {
					dispatcher: lane.dispatcher,
					method: request.method,
					headers: {
						...request.headers,
						...(request.form && { 'content-type': 'application/x-www-form-urlencoded' }),
					},
					body: request.form?.toString(),
					signal: lane.abandon.signal,
				});
				answering = true;
				const answer: HttpResponse = {
					status: response.statusCode,
					...readHead(response.headers),
					body: await readText(response, url.host, lane.abandon.signal),
				};
				lane.answered.add(url.origin);
				const isRenewed = isKept && lane.opened > openedBefore;
				await release(lane, isRenewed || saysClose(response.headers.connection));
				return answer;
			} catch (error) {
				const onKeptConnection = !answering && isKept && lane.opened === openedBefore;
				if (onKeptConnection) lossy.add(url.origin);
				await discard(lane);
				throw exchange.explain(error, onKeptConnection);
			} finally {
				exchange.deadline.removeEventListener('abort', giveUp);
			}
		},
		async close() {
			options.cancelSignal?.removeEventListener('abort', stop);
			idle.length = 0;
			await Promise.all([...lanes].map(discard));
		},
	};
}

/** Reads a body as n8n's helper does, which undoes a compression that nobody asked for. */
async function readText(
	{ headers, body }: Undici.Dispatcher.ResponseData,
	host: string,
	signal: AbortSignal,
): Promise<string> {
	const bytes = await readBody(body, host, signal);
	const encoding = single(headers['content-encoding'])?.toLowerCase();
	// an empty body is not packed, whatever its header says
	if ((encoding !== 'gzip' && encoding !== 'deflate') || bytes.length === 0) {
		return decodeText(bytes);
	}
	const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(encoding));
	return decodeText(await readBody(unpacked, host, signal));
}

function saysClose(header: string | string[] | undefined): boolean {
	return /\bclose\b/i.test(String(header));
}
