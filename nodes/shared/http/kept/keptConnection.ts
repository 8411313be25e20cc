import type * as Undici from 'undici';

import { HttpTransportError } from '../HttpTransport';
import type { ConnectionResponses, ResponseMatcher } from './responseMatching';
import { skipContinue } from './skipContinue';

type Verdict = { ok: true; result: void } | { ok: false; error: Error };

/** The instance's egress policy, as n8n 2.30 and newer hand it to a node that brings its own client. */
export interface EgressFilter {
	validateUrl(url: string | URL): Promise<Verdict>;
	validateConnectionHost(host: string): Verdict;
	createSecureLookup(): Extract<Undici.buildConnector.BuildOptions, { lookup?: unknown }>['lookup'];
}

/**
 * Asks the policy about an address. Its look-up is asked again when a connection is opened, but sees names only, so
 * an address literal is checked here.
 *
 * @throws {HttpTransportError} `blocked`
 */
export async function checkEgress(filter: EgressFilter, url: URL): Promise<void> {
	const verdicts = [
		filter.validateConnectionHost(url.hostname.replace(/^\[|\]$/g, '')),
		await filter.validateUrl(url),
	];
	if (verdicts.some((verdict) => !verdict.ok)) throw new HttpTransportError('blocked', url.host);
}

export interface KeptConnectionOptions {
	egressFilter: EgressFilter;
	allowUnauthorizedCerts: boolean;
}

/** One kept connection to each origin, used by one request at a time. */
export interface KeptConnection {
	dispatcher: Undici.Dispatcher;
	/**
	 * Ends its request and its connection, also one that is still being opened: undici itself would wait for
	 * that.
	 */
	abandon: AbortController;
	/** The socket to an origin that was opened last, through a proxy or not. */
	socketTo(origin: string): KeptSocket | undefined;
}

interface KeptSocket {
	responses: ConnectionResponses;
	/** To be called when a later request leaves. */
	skipContinue(): void;
}

/**
 * Prepares a connection that is opened by its first request and kept. It obeys the instance's egress policy and its
 * proxy variables.
 *
 * @throws {Error} where a proxy variable is none that undici understands
 */
export function openKeptConnection(
	undici: typeof Undici,
	{ egressFilter, allowUnauthorizedCerts }: KeptConnectionOptions,
	matcher: ResponseMatcher,
): KeptConnection {
	const abandon = new AbortController();
	const tls = { rejectUnauthorized: !allowUnauthorizedCerts, signal: abandon.signal };
	const direct = undici.buildConnector({
		...tls,
		lookup: egressFilter.createSecureLookup(),
		allowH2: false,
		timeout: 0,
	});
	const sockets = new Map<string, KeptSocket>();

	/** What undici makes its connections with: here every socket comes by, also one that leads through a proxy. */
	const factory = (url: string | URL, options: object): Undici.Dispatcher => {
		const { connect } = options as { connect: Undici.buildConnector.connector };
		const { origin } = new URL(url);
		return new undici.Client(url, {
			...options,
			connect(connectOptions: Undici.buildConnector.Options, done: Undici.buildConnector.Callback) {
				// Node 20 itself crashes where a TLS connection begins with a signal that is aborted
				if (abandon.signal.aborted) {
					done(new Error('The connection was given up'), null);
					return;
				}
				connect(connectOptions, (...outcome: Parameters<Undici.buildConnector.Callback>) => {
					const [, socket] = outcome;
					if (socket) {
						sockets.set(origin, {
							responses: matcher.connection(origin),
							skipContinue: skipContinue(socket),
						});
					}
					done(...outcome);
				});
			},
		});
	};

	return {
		abandon,
		dispatcher: new undici.EnvHttpProxyAgent({
			connections: 1,
			pipelining: 1,
			allowH2: false,
			headersTimeout: 0,
			bodyTimeout: 0,
			requestTls: tls,
			proxyTls: { ...tls, rejectUnauthorized: true },
			connect: direct,
			factory,
		}),
		socketTo: (origin) => sockets.get(origin),
	};
}
