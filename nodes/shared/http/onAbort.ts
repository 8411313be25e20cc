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
