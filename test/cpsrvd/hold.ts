/** Which requests wait, and for what. */
export interface HoldTerms {
	/** So many requests pass before one is held; none unless given. */
	after?: number;
	/** Held requests go as soon as there are so many, and so do all that follow; never unless given. */
	until?: number;
}

interface Watcher {
	requests: number;
	resolve: () => void;
}

/**
 * Holds answers back, so that what a test says of requests at the same time does not depend on how fast the
 * machine is: everything that a client sends without waiting for an answer has arrived, sooner or later.
 */
export class Hold {
	private passing = Infinity;
	private until = Infinity;
	private readonly held = new Set<() => void>();
	private watchers: Watcher[] = [];

	/** Holds requests from now on. */
	place({ after = 0, until = Infinity }: HoldTerms = {}): void {
		this.passing = after;
		this.until = until;
	}

	/** Lets go of what is held, and holds nothing more. */
	lift(): void {
		this.passing = Infinity;
		for (const go of [...this.held]) go();
	}

	/** Resolves as soon as so many requests are held at the same time. */
	async holds(requests: number): Promise<void> {
		if (this.held.size >= requests) return;
		await new Promise<void>((resolve) => this.watchers.push({ requests, resolve }));
	}

	/**
	 * Lets a request through when its time has come.
	 *
	 * @param closed the client has gone: its request is not held any more
	 */
	async pass(closed: AbortSignal): Promise<void> {
		if (this.passing > 0) {
			this.passing -= 1;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const go = (): void => {
				this.held.delete(go);
				resolve();
			};
			closed.addEventListener('abort', () => {
				this.held.delete(go);
				reject(new Error('The client has gone'));
			});
			this.held.add(go);
			this.tell();
			if (this.held.size >= this.until) this.lift();
		});
	}

	private tell(): void {
		for (const { requests, resolve } of this.watchers) if (this.held.size >= requests) resolve();
		this.watchers = this.watchers.filter(({ requests }) => this.held.size < requests);
	}
}
