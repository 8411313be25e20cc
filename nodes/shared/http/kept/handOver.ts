import type { ResponseMatcher } from './responseMatching';
import { HttpTransportError } from '../HttpTransport';
import type { HttpResponse, HttpTransport } from '../HttpTransport';

/**
 * How much of its time a request may wait for a connection to be opened that will be kept. Where packets are
 * swallowed, as on a direct way that only the proxy may take, the helper still has two thirds of it.
 */
const OPENING_SHARE = 1 / 3;

export interface HandingOverTransport extends HttpTransport {
	/** Whether there was something to send, and no connection that is kept reached any server. */
	readonly reachedNothing: boolean;
}

/**
 * Keeps connections where that works, and leaves the rest to n8n's helper. Both obey the proxy variables, but by
 * different rules, so that one may reach a server that the other does not.
 *
 * - A connection that cannot be opened has sent nothing: the helper sends the request, and its verdict counts. A
 *   server that no kept connection ever reached is the helper's from then on.
 * - A server whose answers were found in wrong places is the helper's, too: it has a connection for each answer.
 */
export function withHandOver(
	kept: HttpTransport,
	helper: HttpTransport,
	ledger: ResponseMatcher,
): HandingOverTransport {
	const reached = new Set<string>();
	const unreachable = new Set<string>();
	return {
		get reachedNothing() {
			return unreachable.size > 0 && reached.size === 0;
		},
		async send(request): Promise<HttpResponse> {
			const { origin } = new URL(request.url);
			if (unreachable.has(origin) || ledger.misplacing.has(origin))
				return await helper.send(request);
			const startedAt = performance.now();
			const openWithin = Math.ceil(request.timeout * OPENING_SHARE);
			const answer = await kept.send({ ...request, openWithin }).catch((error: unknown) => {
				if (isOpeningFailure(error)) return undefined;
				throw error;
			});
			if (answer !== undefined) {
				reached.add(origin);
				return answer;
			}
			if (!reached.has(origin)) unreachable.add(origin);
			const left = Math.ceil(request.timeout - (performance.now() - startedAt));
			return await helper.send({ ...request, timeout: Math.max(1, left) });
		},
		async close() {
			await Promise.all([kept.close(), helper.close()]);
		},
	};
}

/** What the policy forbids and what the user stopped is nothing to be tried in another way. */
function isOpeningFailure(error: unknown): boolean {
	if (!(error instanceof HttpTransportError)) return false;
	return error.nothingSent && error.kind !== 'blocked' && error.kind !== 'cancelled';
}
