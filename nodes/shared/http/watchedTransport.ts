import type { HttpTransport, HttpTransportError, Receipt } from './HttpTransport';

/** A transport that keeps the receipts of what it brought. */
export interface WatchedTransport extends HttpTransport {
	/** Why one of its answers is not to be trusted after all. */
	readonly doubt: HttpTransportError | undefined;
}

/** Watches what a transport brings to somebody, of whom only some of its requests may be. Closing stays its owner’s. */
export function watchTransport(transport: HttpTransport): WatchedTransport {
	const receipts: Receipt[] = [];
	return {
		async send(request) {
			const answer = await transport.send(request);
			if (answer.receipt !== undefined) receipts.push(answer.receipt);
			return answer;
		},
		async close() {},
		get doubt() {
			return receipts.find(({ doubt }) => doubt !== undefined)?.doubt;
		},
	};
}
