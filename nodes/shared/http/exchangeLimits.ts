import { HttpTransportError } from './HttpTransport';
import { toTransportError } from './transportErrors';

/** The two things that end an exchange early: its deadline, and the user's Stop. */
interface ExchangeLimits {
	/** Aborts at the deadline. */
	deadline: AbortSignal;
	/** Whether one of the two has come. */
	isOver(): boolean;
	/** Names what ended the exchange: the Stop, the deadline, or what the client threw. */
	explain(
		error: unknown,
		how?: { onKeptConnection?: boolean; nothingSent?: boolean },
	): HttpTransportError;
}

/**
 * @param timeout milliseconds until the deadline
 * @param host host and port, for errors
 * @param cancelSignal n8n's signal that the execution was stopped, where it has one
 */
export function exchangeLimits(
	timeout: number,
	host: string,
	cancelSignal: AbortSignal | undefined,
): ExchangeLimits {
	const deadline = AbortSignal.timeout(timeout);
	return {
		deadline,
		isOver: () => deadline.aborted || cancelSignal?.aborted === true,
		explain(error, { onKeptConnection = false, nothingSent = false } = {}) {
			if (cancelSignal?.aborted) return new HttpTransportError('cancelled', host);
			if (deadline.aborted) return new HttpTransportError('timeout', host);
			return toTransportError(error, host, onKeptConnection, nothingSent);
		},
	};
}

/**
 * Waits for work that cannot be ended itself, such as a look-up of a name, and for no longer than until the signal.
 *
 * @param signal one of the exchange's own: Node.js warns of more than ten listeners
 * @throws what the work throws, or an error without a code when the signal comes first
 */
export async function untilAborted<Result>(
	work: Promise<Result>,
	signal: AbortSignal,
): Promise<Result> {
	let giveUp = (): void => {};
	const end = new Promise<never>((_resolve, reject) => {
		giveUp = () => reject(new Error('The exchange is over'));
	});
	signal.addEventListener('abort', giveUp);
	if (signal.aborted) giveUp();
	try {
		return await Promise.race([end, work]);
	} finally {
		signal.removeEventListener('abort', giveUp);
	}
}
