import { HttpTransportError } from './HttpTransport';
import type { HttpRequest } from './HttpTransport';
import { toTransportError } from './transportErrors';

/** The two things that end an exchange early: its deadline, and the user's Stop. */
export interface ExchangeLimits {
	/** Aborts at the deadline. */
	deadline: AbortSignal;
	/** @throws when one of the two has come */
	throwIfOver(): void;
	/** Names what ended the exchange: the Stop, the deadline, or what the client threw. */
	explain(error: unknown, onKeptConnection?: boolean): HttpTransportError;
}

/**
 * @param request its timeout becomes the deadline
 * @param host host and port, for errors
 * @param cancelSignal n8n's signal that the execution was stopped, where it has one
 */
export function exchangeLimits(
	request: HttpRequest,
	host: string,
	cancelSignal: AbortSignal | undefined,
): ExchangeLimits {
	const deadline = AbortSignal.timeout(request.timeout);
	return {
		deadline,
		throwIfOver() {
			cancelSignal?.throwIfAborted();
			deadline.throwIfAborted();
		},
		explain(error, onKeptConnection) {
			if (cancelSignal?.aborted) return new HttpTransportError('cancelled', host);
			if (deadline.aborted) return new HttpTransportError('timeout', host);
			return toTransportError(error, host, onKeptConnection);
		},
	};
}
