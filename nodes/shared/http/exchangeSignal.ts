import { HttpTransportError } from './HttpTransport';
import type { HttpRequest } from './HttpTransport';
import { toTransportError } from './transportErrors';

/** One signal for the two things that end an exchange early: its deadline, and the user's Stop. */
export interface ExchangeSignal {
	signal: AbortSignal;
	/** Names what ended the exchange: the Stop, the deadline, or what the client threw. */
	explain(error: unknown, onKeptConnection?: boolean): HttpTransportError;
}

/**
 * @param request its timeout becomes the deadline
 * @param host host and port, for errors
 * @param cancelSignal n8n's signal that the execution was stopped, where it has one
 */
export function exchangeSignal(
	request: HttpRequest,
	host: string,
	cancelSignal: AbortSignal | undefined,
): ExchangeSignal {
	const deadline = AbortSignal.timeout(request.timeout);
	return {
		signal: cancelSignal === undefined ? deadline : AbortSignal.any([deadline, cancelSignal]),
		explain(error, onKeptConnection) {
			if (cancelSignal?.aborted) return new HttpTransportError('cancelled', host);
			if (deadline.aborted) return new HttpTransportError('timeout', host);
			return toTransportError(error, host, onKeptConnection);
		},
	};
}
