import type * as Undici from 'undici';

import type { ResponseMatcher, ConnectionResponses } from './responseMatching';
import type { EgressFilter } from './egress';
import { skipContinue } from './skipContinue';

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
	/** How many connections were opened so far, through a proxy or not. */
	readonly opened: number;
	/** Tells it that a request leaves. @returns the answers of the connection that it will come back on */
	begin(origin: string): void;
	/** The answers that came from an origin over the connection that is open now. */
	answersOf(origin: string): ConnectionResponses;
	/** Whether an answer came from an origin. */
	hasServed(origin: string): boolean;
	/** Notes that an answer came. */
	served(origin: string): void;
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
	ledger: ResponseMatcher,
): KeptConnection {
	const abandon = new AbortController();
	const tls = { rejectUnauthorized: !allowUnauthorizedCerts, signal: abandon.signal };
	const direct = undici.buildConnector({
		...tls,
		lookup: egressFilter.createSecureLookup(),
		allowH2: false,
		timeout: 0,
	});
	const served = new Set<string>();
	const answers = new Map<string, { opened: number; answers: ConnectionResponses }>();
	const beginnings = new Map<string, () => void>();
	let opened = 0;

	/** What undici makes its connections with: here every socket comes by, also one that leads through a proxy. */
	const factory = (origin: string | URL, options: object): Undici.Dispatcher => {
		const { connect } = options as { connect: Undici.buildConnector.connector };
		return new undici.Client(origin, {
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
						opened += 1;
						beginnings.set(new URL(origin).origin, skipContinue(socket));
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
		get opened() {
			return opened;
		},
		begin(origin) {
			beginnings.get(origin)?.();
		},
		answersOf(origin) {
			const known = answers.get(origin);
			if (known?.opened === opened) return known.answers;
			const fresh = ledger.connection(origin);
			answers.set(origin, { opened, answers: fresh });
			return fresh;
		},
		hasServed: (origin) => served.has(origin),
		served: (origin) => void served.add(origin),
	};
}
