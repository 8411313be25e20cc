/** Ten minutes, in milliseconds: longer than a person tries, shorter than they wait. */
const WINDOW = 10 * 60_000;

/** Links that are counted at once; a few hundred bytes each. Beyond that the one that was quiet longest is forgotten. */
const MAX_LINKS = 10_000;

/**
 * Counts how often each link is opened, over ten minutes. In memory: n8n gives a node no store that several processes
 * could count in, so with several of them each has a count of its own.
 */
export class OpeningCounter {
	/** When each link was opened, oldest first; the links in the order of their last opening. */
	private readonly openings = new Map<string, number[]>();

	/** @param now a clock in milliseconds that never goes back */
	constructor(
		private readonly now: () => number = () => performance.now(),
		private readonly mostLinks = MAX_LINKS,
	) {}

	/**
	 * Takes note of an opening, if it is not one too many.
	 *
	 * @param key names the link
	 * @param most openings that are let through in ten minutes
	 * @returns 0 when it may go on, or the milliseconds until the next may
	 */
	open(key: string, most: number): number {
		const now = this.now();
		const recent = (this.openings.get(key) ?? []).filter((time) => now - time < WINDOW);
		const oldest = recent[recent.length - most];
		if (oldest === undefined) recent.push(now);
		this.openings.delete(key);
		this.openings.set(key, recent);
		for (const quiet of this.openings.keys()) {
			if (this.openings.size <= this.mostLinks) break;
			this.openings.delete(quiet);
		}
		return oldest === undefined ? 0 : oldest + WINDOW - now;
	}
}
