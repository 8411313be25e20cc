/** In flight before anything is known of a server: what even a small one can do beside its other work. */
const INITIAL_LIMIT = 5;
/** Fewest RTTs that make a window: two slow answers of five do not move the median. */
const MIN_WINDOW = 5;
/** A window is congested from 1.25 times the min RTT on; Netflix's Gradient2 tolerates 1.5, and leaves a longer queue. */
const RTT_TOLERANCE = 1.25;
/** Milliseconds that an RTT may vary by in any case: next door, more than that is a garbage collection and no queue. */
const JITTER = 5;
/** Lowest gradient, as in Netflix's limiters: one window does not cost more than half the limit. */
const LOWEST_GRADIENT = 0.5;
/** Congested windows after which the min RTT is measured again. More often costs throughput, as half the limit is unused. */
const MIN_RTT_WINDOWS = 15;

/** So much of the limit that the RTT of a queue would be as much shorter … */
const FAR_LOWER = 0.6;
/** … and this is not. */
const AS_LONG = 0.9;

/** A request in flight. */
export interface StartedRequest {
	/** Milliseconds on the clock of the limiter. */
	readonly at: number;
	/** Whether its RTT includes the handshakes of a new connection. */
	readonly connects: boolean;
}

/**
 * Limits how many requests are in flight to one server, by their round-trip times (RTT) alone. It is the Gradient
 * limit of Netflix's concurrency-limits: after each window of answers, `limit × gradient + queue size`, where the
 * gradient is `min RTT ÷ RTT` (Little's law: that part of the requests does not wait in the server's queue). Nothing is
 * decided by one window: a slow item, a garbage collection, or n8n's own work passes.
 *
 * - *Slow start* (RFC 5681): from a few requests, the limit doubles with each window until one is congested.
 * - *Min RTT*: a queue that never empties hides it, and a server may become slower for everybody. So, as in TCP BBR, it
 *   expires: half the limit for one window shows it, and slow start leads back. It expires at once where half the limit
 *   did not make the RTT shorter: then this batch is not the cause.
 * - *429 and 503* halve the limit after a pause ({@link Backoff}).
 */
export class ConcurrencyLimiter {
	readonly backoff: Backoff;
	private requestsInFlight = 0;
	private mostInFlight = 0;
	private exactLimit: number;
	private isSlowStart = true;
	private minRtt = Infinity;
	private previousRtt = 0;
	/** The RTTs of the window. Its requests left after the one before it had ended, so they met the limit as it is now. */
	private rtts: number[] = [];
	private windowStart = -Infinity;
	/** Most in flight at once during the window. */
	private inUse = 0;
	private congestion: { windows: number; worst: { rtt: number; limit: number } } | undefined;

	/**
	 * @param maxConcurrency most requests in flight at once
	 * @param now milliseconds, on a clock that never goes back
	 */
	constructor(
		private readonly maxConcurrency: number,
		private readonly now: () => number,
	) {
		this.exactLimit = Math.min(INITIAL_LIMIT, maxConcurrency);
		this.backoff = new Backoff(now);
	}

	get inFlight(): number {
		return this.requestsInFlight;
	}

	/** How many requests may be in flight now. */
	get limit(): number {
		return Math.floor(this.exactLimit);
	}

	/** Takes note of a request that leaves. @returns what one of the other methods is handed when it is over */
	onStart(): StartedRequest {
		this.requestsInFlight += 1;
		this.inUse = Math.max(this.inUse, this.requestsInFlight);
		const connects = this.requestsInFlight > this.mostInFlight;
		if (connects) this.mostInFlight = this.requestsInFlight;
		return { at: this.now(), connects };
	}

	onSuccess(request: StartedRequest): void {
		this.backoff.reset();
		this.measure(request);
		this.requestsInFlight -= 1;
	}

	/** Nothing came back. A long wait is a slow answer, too; a connection that breaks at once tells nothing. */
	onNoResponse(request: StartedRequest): void {
		if (this.isCongested(this.now() - request.at)) this.measure(request);
		this.requestsInFlight -= 1;
	}

	/** The request ended in a way that does not tell how fast the server is. @param isHandled whether the server took it */
	onIgnore(isHandled: boolean): void {
		if (isHandled) this.backoff.reset();
		this.requestsInFlight -= 1;
	}

	/**
	 * The server did not handle the request (429, 503).
	 *
	 * @param retryAfter how long it asks to be left alone, in milliseconds
	 */
	onDrop({ at }: StartedRequest, retryAfter = 0): void {
		this.requestsInFlight -= 1;
		if (!this.backoff.begin(at, retryAfter)) return;
		this.isSlowStart = false;
		this.startWindow(this.exactLimit / 2);
	}

	private measure({ at, connects }: StartedRequest): void {
		const rtt = this.now() - at;
		// the first request met no queue of this batch; its handshakes make it longer, but not shorter
		if (this.mostInFlight === 1) this.minRtt = Math.min(this.minRtt, rtt);
		if (connects || at < this.windowStart) return;
		this.rtts.push(rtt);
		// in slow start, an early verdict is worth more than a precise one
		const enough = this.isSlowStart ? this.limit / 2 : this.limit;
		if (this.rtts.length >= Math.max(MIN_WINDOW, enough)) this.update(median(this.rtts));
	}

	/** @param rtt of the window that ended, in milliseconds */
	private update(rtt: number): void {
		this.minRtt = Math.min(this.minRtt, rtt);
		const shorter = Math.min(rtt, this.previousRtt);
		this.previousRtt = rtt;
		if (!this.isCongested(rtt)) {
			this.congestion = undefined;
			this.startWindow(this.increased);
		} else if (this.isCongested(shorter)) {
			this.decrease(shorter);
		} else {
			this.startWindow(this.exactLimit);
		}
	}

	private decrease(rtt: number): void {
		this.isSlowStart = false;
		const { windows, worst } = this.congestion ?? { windows: 0, worst: { rtt, limit: this.limit } };
		this.congestion = {
			windows: windows + 1,
			worst: rtt > worst.rtt ? { rtt, limit: this.limit } : worst,
		};
		const isNotTheCause = this.limit <= FAR_LOWER * worst.limit && rtt >= AS_LONG * worst.rtt;
		if (isNotTheCause) {
			this.measureMinRtt(this.exactLimit);
		} else if (windows === MIN_RTT_WINDOWS) {
			this.measureMinRtt(this.exactLimit / 2);
		} else {
			const gradient = Math.max(LOWEST_GRADIENT, this.longestRtt / rtt);
			this.startWindow(gradient * this.exactLimit + this.queueSize);
		}
	}

	private measureMinRtt(limit: number): void {
		this.minRtt = Infinity;
		this.congestion = undefined;
		this.isSlowStart = true;
		this.startWindow(limit);
	}

	private startWindow(limit: number): void {
		this.exactLimit = Math.min(Math.max(limit, 1), this.maxConcurrency);
		this.rtts = [];
		this.inUse = 0;
		this.windowStart = this.now();
	}

	private get increased(): number {
		// requests that do not fill half the limit tell nothing about a higher one
		if (this.inUse < this.exactLimit / 2) return this.exactLimit;
		return this.isSlowStart ? 2 * this.exactLimit : this.exactLimit + this.queueSize;
	}

	/** A queue of so many requests keeps the server's workers busy. */
	private get queueSize(): number {
		return Math.max(1, Math.sqrt(this.exactLimit) / 2);
	}

	private get longestRtt(): number {
		return RTT_TOLERANCE * this.minRtt + JITTER;
	}

	private isCongested(rtt: number): boolean {
		return rtt > this.longestRtt;
	}
}

/** @param numbers at least one */
function median(numbers: number[]): number {
	const sorted = [...numbers].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] as number;
}

/** Longest pause before a busy server is asked again, in milliseconds, whatever it asks for. */
export const MAX_PAUSE = 60_000;
/** Pauses without an answer in between, after which a server is given up. */
export const MAX_CONSECUTIVE_PAUSES = 6;

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
		return this.inARow >= MAX_CONSECUTIVE_PAUSES;
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
		const until = now + Math.min(Math.max(retryAfter, shortest), MAX_PAUSE);
		this.pausedFor += Math.max(0, until - Math.max(this.until, now));
		this.until = Math.max(this.until, until);
		if (!isNews) return false;
		this.inARow += 1;
		this.beganAt = now;
		return true;
	}
}
