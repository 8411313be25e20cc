import type * as Undici from 'undici';

import { HttpTransportError } from '../HttpTransport';
import type { HttpResponse, HttpTransport } from '../HttpTransport';
import type { EgressFilter } from './keptConnection';
import { ResponseMatcher } from './responseMatching';
import { createUndiciTransport } from './undiciTransport';

export type { EgressFilter } from './keptConnection';

/**
 * Why each request has a connection of its own.
 * - `oldN8n`: the instance does not tell its egress policy, as before n8n 2.30
 * - `noUndici`: undici is not installed, or too old
 * - `unreachable`: no connection that is kept reached a server, and n8n's helper did
 */
export type NotKept = 'oldN8n' | 'noUndici' | 'unreachable';

interface KeepingTransport extends HttpTransport {
	/** Why connections are not kept; undefined as long as that is not so. */
	readonly notKept: NotKept | undefined;
}

/**
 * Keeps connections where undici is found and the instance hands over its egress policy, and leaves the rest to n8n's
 * helper. Both obey the proxy variables, but by different rules, so that one may reach a server that the other does
 * not.
 *
 * - A connection that cannot be opened has sent nothing: the helper sends the request, and its verdict counts. A
 *   server that no kept connection ever reached is the helper's from then on.
 * - A server whose responses were mismatched is the helper's, too: it has a connection for each of them.
 */
export async function keepConnections(
	helper: HttpTransport,
	egressFilter: EgressFilter | undefined,
	options: { allowUnauthorizedCerts: boolean; cancelSignal?: AbortSignal },
): Promise<KeepingTransport> {
	const matcher = new ResponseMatcher();
	const fallback = matchResponses(helper, matcher);
	if (egressFilter === undefined) return { ...fallback, notKept: 'oldN8n' };
	const undici = await loadUndici();
	if (undici === undefined) return { ...fallback, notKept: 'noUndici' };
	const kept = createUndiciTransport(undici, { ...options, egressFilter }, matcher);
	const reached = new Set<string>();
	const unreachable = new Set<string>();
	return {
		get notKept() {
			return unreachable.size > 0 && reached.size === 0 ? 'unreachable' : undefined;
		},
		async send(request): Promise<HttpResponse> {
			const { origin } = new URL(request.url);
			if (unreachable.has(origin) || matcher.mismatchedOrigins.has(origin)) {
				return await fallback.send(request);
			}
			const startedAt = performance.now();
			const response = await kept.send(request).catch((error: unknown) => {
				if (isOpeningFailure(error)) return undefined;
				throw error;
			});
			if (response !== undefined) {
				reached.add(origin);
				return response;
			}
			if (!reached.has(origin)) unreachable.add(origin);
			const left = Math.ceil(request.timeout - (performance.now() - startedAt));
			return await fallback.send({ ...request, timeout: Math.max(1, left) });
		},
		async close() {
			await Promise.all([kept.close(), helper.close()]);
		},
	};
}

/** What the policy forbids and what the user stopped is nothing to be tried in another way. */
function isOpeningFailure(error: unknown): boolean {
	return (
		error instanceof HttpTransportError &&
		error.nothingSent &&
		!['blocked', 'cancelled'].includes(error.kind)
	);
}

/** Matches what comes over connections of one response each: a session may still come twice. */
function matchResponses(transport: HttpTransport, matcher: ResponseMatcher): HttpTransport {
	return {
		...transport,
		async send(request) {
			const response = await transport.send(request);
			const { origin } = new URL(request.url);
			return { ...response, pendingMatch: matcher.connection(origin).received() };
		},
	};
}

/**
 * undici comes with n8n or is installed beside it. What is found may be of any age: a copy that does not know of
 * proxies would pass them by, and one that cannot unpack every answer would not understand what the helper does.
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
