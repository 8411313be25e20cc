/** Longest wait before a busy server is asked again, in milliseconds, whatever it asks for. */
export const LONGEST_PAUSE = 60_000;
/** Pauses for a busy server, with nothing good in between, after which it is given up. */
export const MOST_PAUSES_IN_A_ROW = 6;

const FIRST_PAUSE = 1_000;

/**
 * The pauses of a server that is busy (HTTP 429 or 503): as long as it asks for, and at least 1, 2, 4 … seconds
 * for each time in a row.
 */
export class BusyPauses {
	/** When the last pause began; that earlier requests find the server busy is no news. */
	private beganAt = -Infinity;
	private until = -Infinity;
	private inARow = 0;
	private busyCount = 0;
	private inAll = 0;

	/** @param now milliseconds, on a clock that never goes back */
	constructor(private readonly now: () => number) {}

	/** For how many milliseconds nothing may be sent. */
	get left(): number {
		return Math.max(0, this.until - this.now());
	}

	/** Whether the server was busy too often in a row to be asked again. */
	get areTooMany(): boolean {
		return this.inARow >= MOST_PAUSES_IN_A_ROW;
	}

	/** How often the server was busy. */
	get busyAnswers(): number {
		return this.busyCount;
	}

	/** The length of all pauses together, in milliseconds. */
	get total(): number {
		return this.inAll;
	}

	/** Takes note that the server handled a request. */
	handled(): void {
		this.inARow = 0;
	}

	/**
	 * Takes note of a request that the server did not handle.
	 *
	 * @param sentAt when it left
	 * @param retryAfter how long the server asks to be left alone, in milliseconds
	 * @returns whether this is news: it left after the last pause began
	 */
	busy(sentAt: number, retryAfter: number): boolean {
		this.busyCount += 1;
		const isNews = sentAt >= this.beganAt;
		if (!isNews) {
			this.waitFor(retryAfter);
			return false;
		}
		this.waitFor(Math.max(retryAfter, FIRST_PAUSE * 2 ** this.inARow));
		this.inARow += 1;
		this.beganAt = this.now();
		return true;
	}

	private waitFor(milliseconds: number): void {
		const until = this.now() + Math.min(milliseconds, LONGEST_PAUSE);
		if (until <= this.until) return;
		this.inAll += until - Math.max(this.until, this.now());
		this.until = until;
	}
}
