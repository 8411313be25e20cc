import { HttpTransportError } from './HttpTransport';
import type { HttpRequest } from './HttpTransport';
import { toTransportError } from './transportErrors';

/** The two things that end an exchange early: its deadline, and the user's Stop. */
export interface ExchangeLimits {
	/** Aborts at the deadline. */
	deadline: AbortSignal;
	/** Whether one of the two has come. */
	isOver(): boolean;
	/**
	 * Waits for work that cannot be ended itself, such as a look-up of a name, and for no longer than the exchange may
	 * last.
	 *
	 * @throws when one of the two comes first, or what the work throws
	 */
	within<Result>(work: Promise<Result>): Promise<Result>;
	/** Names what ended the exchange: the Stop, the deadline, or what the client threw. */
	explain(
		error: unknown,
		how?: { onKeptConnection?: boolean; nothingSent?: boolean },
	): HttpTransportError;
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
	const isOver = () => deadline.aborted || cancelSignal?.aborted === true;
	return {
		deadline,
		isOver,
		async within<Result>(work: Promise<Result>): Promise<Result> {
			const signals = [deadline, cancelSignal].filter((signal) => signal !== undefined);
			let giveUp = (): void => {};
			const end = new Promise<never>((_resolve, reject) => {
				giveUp = () => reject(new Error('The exchange is over'));
			});
			const listening = signals.map((signal) => onAbort(signal, giveUp));
			if (isOver()) giveUp();
			try {
				return await Promise.race([end, work]);
			} finally {
				for (const stopListening of listening) stopListening();
			}
		},
		explain(error, { onKeptConnection = false, nothingSent = false } = {}) {
			if (cancelSignal?.aborted) return new HttpTransportError('cancelled', host);
			if (deadline.aborted) return new HttpTransportError('timeout', host);
			return toTransportError(error, host, onKeptConnection, nothingSent);
		},
	};
}

const waiting = new WeakMap<AbortSignal, Listeners>();

/** What waits for one signal, behind a single listener. */
class Listeners {
	private readonly all = new Set<() => void>();
	private readonly tellAll = (): void => {
		for (const listener of [...this.all]) listener();
	};

	constructor(private readonly signal: AbortSignal) {}

	add(listener: () => void): void {
		if (this.all.size === 0) this.signal.addEventListener('abort', this.tellAll);
		this.all.add(listener);
	}

	remove(listener: () => void): void {
		this.all.delete(listener);
		if (this.all.size === 0) this.signal.removeEventListener('abort', this.tellAll);
	}
}

/**
 * Listens to a signal that many requests share: Node.js warns of a leak where it has more than ten listeners, and a
 * batch has up to a hundred requests under way.
 *
 * @param listener called when the signal is aborted; it is one of its own for each call
 * @returns ends that
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
	const listeners = waiting.get(signal) ?? new Listeners(signal);
	waiting.set(signal, listeners);
	listeners.add(listener);
	return () => listeners.remove(listener);
}
