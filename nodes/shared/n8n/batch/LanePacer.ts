/** Longest wait before a busy server is asked again, in milliseconds, whatever it asks for. */
export const LONGEST_PAUSE = 60_000;
/** Pauses for a busy server, with nothing good in between, after which it is given up. */
export const MOST_PAUSES_IN_A_ROW = 6;

const FIRST_PAUSE = 1_000;
/** Fewest answers from which the pace of a server is told. */
const SHORTEST_RUN = 5;
/** Milliseconds by which answers may always vary: on a fast server that is jitter and no queue. */
const JITTER = 100;

/**
 * The pace at which one server is sent requests: how many may be under way, and how long none may leave. It
 * is found from the answers alone.
 *
 * - A server that is busy (HTTP 429 or 503) gets half the lanes after a pause: as long as it asks for, and at
 *   least 1, 2, 4 … seconds for each time in a row. Of what was under way by then, only the pause counts.
 * - Answers that take twice as long as the best ones queue up in the server: it gets fewer lanes, and one
 *   more after each run of answers that do not. Answers that stay slow with one lane are not slow because
 *   of this batch; they become the measure for the others.
 */
export class LanePacer {
	private lanes: number;
	/** When the number of lanes changed; how long earlier requests take tells nothing about it. */
	private changedAt = -Infinity;
	/** When the last pause began; that earlier requests find the server busy is no news. */
	private pausedAt = -Infinity;
	private pausedUntil = -Infinity;
	private pausesInARow = 0;
	/** How long answers took since the number of lanes changed, in milliseconds. */
	private run: number[] = [];
	/** How long an answer takes when the server is at its best; Infinity before the first one. */
	private best = Infinity;
	private busyCount = 0;
	private pausedInAll = 0;

	/**
	 * @param mostLanes most requests under way at once
	 * @param now a clock in milliseconds that never goes back
	 */
	constructor(
		private readonly mostLanes: number,
		private readonly now: () => number,
	) {
		this.lanes = mostLanes;
	}

	/** How many requests may be under way. */
	get openLanes(): number {
		return this.lanes;
	}

	/** For how many milliseconds nothing may be sent. */
	get pause(): number {
		return Math.max(0, this.pausedUntil - this.now());
	}

	/** Whether the server was busy too often in a row to be asked again. */
	get gaveUp(): boolean {
		return this.pausesInARow >= MOST_PAUSES_IN_A_ROW;
	}

	/** How often the server was busy. */
	get busyAnswers(): number {
		return this.busyCount;
	}

	/** The length of all pauses together, in milliseconds. */
	get pausedFor(): number {
		return this.pausedInAll;
	}

	/** Takes note that the server handled a request, though not in a way that tells how fast it is. */
	handled(): void {
		this.pausesInARow = 0;
	}

	/** @param sentAt when the request left that was answered well, by the same clock */
	answered(sentAt: number): void {
		this.handled();
		if (this.best === Infinity) this.best = this.now() - sentAt;
		this.measure(sentAt);
	}

	/** @param sentAt when the request left that has no answer; a long wait for none is a slow answer, too */
	unanswered(sentAt: number): void {
		if (this.now() - sentAt > this.best + tolerance(this.best)) this.measure(sentAt);
	}

	/**
	 * @param sentAt when the request left that the server did not handle
	 * @param retryAfter how long the server asks to be left alone, in milliseconds
	 */
	busy(sentAt: number, retryAfter = 0): void {
		this.busyCount += 1;
		let pause = retryAfter;
		if (sentAt >= this.pausedAt) {
			pause = Math.max(pause, FIRST_PAUSE * 2 ** this.pausesInARow);
			this.pausesInARow += 1;
			this.pausedAt = this.now();
			this.setLanes(Math.floor(this.lanes / 2));
		}
		const until = this.now() + Math.min(pause, LONGEST_PAUSE);
		if (until <= this.pausedUntil) return;
		this.pausedInAll += until - Math.max(this.pausedUntil, this.now());
		this.pausedUntil = until;
	}

	private measure(sentAt: number): void {
		if (sentAt < this.changedAt) return;
		this.run.push(this.now() - sentAt);
		if (this.run.length >= Math.max(SHORTEST_RUN, this.lanes)) this.adapt(median(this.run));
	}

	/** @param typical how long an answer takes now, in milliseconds */
	private adapt(typical: number): void {
		this.run = [];
		const best = Math.min(this.best, typical);
		const isSlow = typical > best + tolerance(best);
		this.best = isSlow && this.lanes === 1 ? typical : best;
		if (isSlow) this.setLanes(this.lanes - Math.max(1, Math.floor(this.lanes / 4)));
		else if (typical <= best + tolerance(best) / 2) this.setLanes(this.lanes + 1);
	}

	private setLanes(wanted: number): void {
		const lanes = Math.min(Math.max(wanted, 1), this.mostLanes);
		if (lanes === this.lanes) return;
		this.lanes = lanes;
		this.changedAt = this.now();
		this.run = [];
	}
}

/** How much longer than the best an answer may take before it is slow, in milliseconds. */
function tolerance(best: number): number {
	return Math.max(best, JITTER);
}

/** @param numbers at least one */
function median(numbers: number[]): number {
	const sorted = [...numbers].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] as number;
}
