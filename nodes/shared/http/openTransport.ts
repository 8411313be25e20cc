import type * as Undici from 'undici';

import { ResponseMatcher } from './kept/responseMatching';
import type { EgressFilter } from './kept/egress';
import { withHandOver } from './kept/handOver';
import { createHelperTransport } from './helperTransport';
import type { HttpHelper } from './helperTransport';
import type { HttpTransport } from './HttpTransport';
import { createUndiciTransport } from './kept/undiciTransport';

/** n8n's request helpers; those of n8n 2.30 and newer can tell the instance's egress policy. */
export interface RequestHelpers extends HttpHelper {
	getSecureEgressFilter?: () => EgressFilter;
}

export interface TransportOptions {
	/** Accept certificates that cannot be verified. */
	allowUnauthorizedCerts: boolean;
	/** Whether more than one request may come: loading undici takes longer than a connection does. */
	keepConnections: boolean;
	/** n8n's signal that the execution was stopped. */
	cancelSignal?: AbortSignal;
}

/**
 * Why each request has a connection of its own.
 * - `oldN8n`: the instance does not tell its egress policy, as before n8n 2.30
 * - `noUndici`: undici is not installed, or too old
 * - `unreachable`: no connection that is kept reached a server, and n8n's helper did
 */
export type NotKept = 'oldN8n' | 'noUndici' | 'unreachable';

export interface OpenedTransport extends HttpTransport {
	/** Why connections were wanted to be kept, and were not; undefined as long as that is not so. */
	readonly notKept: NotKept | undefined;
}

/**
 * The transport for one execution; the caller closes it in `finally`.
 * Kept connections where they are wanted, undici is installed and the instance hands over its egress
 * policy, n8n's helper everywhere else. Nothing is loaded before the first request.
 */
export function openTransport(helpers: RequestHelpers, options: TransportOptions): OpenedTransport {
	let opening: Promise<OpenedTransport> | undefined;
	let opened: OpenedTransport | undefined;
	return {
		get notKept() {
			return opened?.notKept;
		},
		async send(request) {
			opening ??= chooseTransport(helpers, options);
			opened = await opening;
			return await opened.send(request);
		},
		async close() {
			await (await opening)?.close();
		},
	};
}

async function chooseTransport(
	helpers: RequestHelpers,
	options: TransportOptions,
): Promise<OpenedTransport> {
	const ledger = new ResponseMatcher();
	const helper = createHelperTransport(helpers, { ...options, ledger });
	if (!options.keepConnections) return { ...helper, notKept: undefined };
	const egressFilter = helpers.getSecureEgressFilter?.();
	if (egressFilter === undefined) return { ...helper, notKept: 'oldN8n' };
	const undici = await loadUndici();
	if (undici === undefined) return { ...helper, notKept: 'noUndici' };
	const kept = createUndiciTransport(undici, { ...options, egressFilter, ledger });
	const transport = withHandOver(kept, helper, ledger);
	return {
		get notKept() {
			return transport.reachedNothing ? 'unreachable' : undefined;
		},
		send: async (request) => await transport.send(request),
		close: async () => await transport.close(),
	};
}

/**
 * undici is no dependency of this package, because n8n accepts none. The copy that is found belongs to n8n, or
 * somebody added it to `~/.n8n`; its age is unknown. One that does not know of proxies would pass them by, and one that
 * cannot unpack every answer would not understand what the helper does.
 */
async function loadUndici(): Promise<typeof Undici | undefined> {
	try {
		const undici = await import('undici');
		return 'EnvHttpProxyAgent' in undici && 'decompress' in undici.interceptors
			? undici
			: undefined;
	} catch {
		return undefined;
	}
}
