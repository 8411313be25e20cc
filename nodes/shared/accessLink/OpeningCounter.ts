import { RecentEvents } from '../RecentEvents';

/** Ten minutes, in milliseconds: longer than a person tries, shorter than they wait. */
const WINDOW = 10 * 60_000;

/** Links that are counted at once; a few hundred bytes each. */
const MAX_LINKS = 10_000;

/** Counts how often each link is opened, over ten minutes, in this process. */
export class OpeningCounter {
	private readonly openings: RecentEvents<void>;

	/** @param now a clock in milliseconds that never goes back */
	constructor(now?: () => number, maxLinks = MAX_LINKS) {
		this.openings = new RecentEvents(WINDOW, maxLinks, now);
	}

	/**
	 * Takes note of an opening, if it is not one too many.
	 *
	 * @param key names the link
	 * @param most openings that are let through in ten minutes
	 * @returns 0 when it may go on, or the milliseconds until the next may
	 */
	open(key: string, most: number): number {
		const oldest = this.openings.of(key).at(-most);
		if (oldest !== undefined) return oldest.at + WINDOW - this.openings.now();
		this.openings.add(key);
		return 0;
	}
}
