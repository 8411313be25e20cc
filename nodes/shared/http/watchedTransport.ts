import type { HttpTransport, HttpTransportError, PendingMatch } from './HttpTransport';

/** A transport that keeps the matches of what it brought. */
export interface WatchedTransport extends HttpTransport {
	/** Why one of its answers is not to be trusted after all. */
	readonly mismatch: HttpTransportError | undefined;
}

/** Watches what a transport brings to somebody, of whom only some of its requests may be. Closing stays its owner’s. */
export function watchTransport(transport: HttpTransport): WatchedTransport {
	const matches: PendingMatch[] = [];
	return {
		async send(request) {
			const answer = await transport.send(request);
			if (answer.pendingMatch !== undefined) matches.push(answer.pendingMatch);
			return answer;
		},
		async close() {},
		get mismatch() {
			return matches.find(({ mismatch }) => mismatch !== undefined)?.mismatch;
		},
	};
}
