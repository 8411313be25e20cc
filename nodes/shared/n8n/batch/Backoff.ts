/** Longest pause before a busy server is asked again, in milliseconds, whatever it asks for. */
export const LONGEST_PAUSE = 60_000;
/** Pauses without an answer in between, after which a server is given up. */
export const MOST_PAUSES_IN_A_ROW = 6;

const FIRST_PAUSE = 1_000;

/**
 * Exponential backoff from a server that is busy (429, 503): as long as its `Retry-After`, and at least 1, 2, 4 …
 * seconds for each time in a row.
 */
export class Backoff {
	/** How often the server was busy. */
	busyAnswers = 0;
	/** The length of all pauses together, in milliseconds. */
	pausedFor = 0;
	private inARow = 0;
	private beganAt = -Infinity;
	private until = -Infinity;

	/** @param now milliseconds, on a clock that never goes back */
	constructor(private readonly now: () => number) {}

	/** For how many milliseconds nothing may be sent. */
	get pause(): number {
		return Math.max(0, this.until - this.now());
	}

	/** Whether the server was busy too often in a row to be asked again. */
	get gaveUp(): boolean {
		return this.inARow >= MOST_PAUSES_IN_A_ROW;
	}

	/** The server handled a request. */
	reset(): void {
		this.inARow = 0;
	}

	/**
	 * The server did not handle a request.
	 *
	 * @param startedAt when it left
	 * @param retryAfter in milliseconds
	 * @returns whether this is news: what left before the last pause began only adds its `Retry-After`
	 */
	begin(startedAt: number, retryAfter: number): boolean {
		this.busyAnswers += 1;
		const isNews = startedAt >= this.beganAt;
		const shortest = isNews ? FIRST_PAUSE * 2 ** this.inARow : 0;
		const now = this.now();
		const until = now + Math.min(Math.max(retryAfter, shortest), LONGEST_PAUSE);
		this.pausedFor += Math.max(0, until - Math.max(this.until, now));
		this.until = Math.max(this.until, until);
		if (!isNews) return false;
		this.inARow += 1;
		this.beganAt = now;
		return true;
	}
}
