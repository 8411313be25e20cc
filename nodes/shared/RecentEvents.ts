/** Something that happened, and when. */
interface RecentEvent<What> {
	what: What;
	/** In milliseconds, by the clock of the list. */
	at: number;
}

/**
 * What happened within the last while, by key. In memory, and bounded: n8n gives a node no store that several
 * processes could write to, so with several of them each has a list of its own.
 */
export class RecentEvents<What> {
	/** Oldest first; the keys in the order of their last event. */
	private readonly byKey = new Map<string, Array<RecentEvent<What>>>();

	/**
	 * @param remembersFor how long an event counts, in milliseconds
	 * @param maxKeys beyond so many, the key that was quiet longest is forgotten
	 * @param now a clock in milliseconds that never goes back
	 */
	constructor(
		private readonly remembersFor: number,
		private readonly maxKeys: number,
		readonly now: () => number = () => performance.now(),
	) {}

	/** The events that still count, oldest first. */
	of(key: string): ReadonlyArray<RecentEvent<What>> {
		return (this.byKey.get(key) ?? []).filter(({ at }) => this.now() - at < this.remembersFor);
	}

	add(key: string, what: What): void {
		const events = [...this.of(key), { what, at: this.now() }];
		this.byKey.delete(key);
		this.byKey.set(key, events);
		for (const quietest of this.byKey.keys()) {
			if (this.byKey.size <= this.maxKeys) break;
			this.byKey.delete(quietest);
		}
	}

	forget(key: string): void {
		this.byKey.delete(key);
	}
}
