import { AnswerTimes } from './AnswerTimes';
import type { Cost, TimedAnswer } from './AnswerTimes';
import { BusyPauses } from './BusyPauses';

/** Lanes before anything is known of a server: what even a small one can do beside its other work. */
const FIRST_LANES = 5;
/** Fewest answers from which the pace of a server is told: two strays in five change little. */
const SHORTEST_RUN = 5;
/** The part of the best time that an answer may wait in the server before that is taken for a sign of a line. */
const SIGN = 0.25;
/** The part of an answer's time that n8n may be at work itself; beyond it, more lanes would wait for n8n. */
const MOST_WORK = 0.9;
/** A line is short beyond doubt with so many of the lanes it was long with … */
const MUCH_FEWER = 0.75;
/** … and then takes less than so much of the time it took; the lanes that are gone alone would be a quarter of it. */
const AS_LONG = 0.9;
/** Runs after which a best time that was raised is tested for the first time; then after twice as many each time. */
const FIRST_TEST = 10;

/** What a pacer tells the time by. */
export interface PaceClock {
	/** Milliseconds, on a clock that never goes back. */
	now(): number;
	/** For how many of them this process was at work so far, and did not wait for anything. */
	atWork(): number;
}

/** A request that left. */
export interface Departure {
	readonly at: number;
	/** How long this process had been at work by then. */
	readonly atWork: number;
	/** How many requests were under way then, itself included. */
	readonly underWay: number;
	/** Whether it is the first of its lane, and opens its connection. */
	readonly opensLane: boolean;
}

/**
 * The pace at which one server is sent requests: how many may be under way, and how long none may leave. It is
 * found from the answers alone, by how long they waited in the server ({@link AnswerTimes}). They are judged in
 * runs, so that a few strays change little, and no sign of a line is believed before a second run shows it, too:
 * a slow item, a collection of garbage, or somebody else's burst passes. A run during which n8n was at work
 * itself nearly all the time says nothing: neither is the server slow then, nor would more lanes help.
 *
 * - *Searching*, as in TCP's slow start (RFC 5681): it begins with five lanes, and each answer that hardly waited opens
 *   two more, up to twice as many as it left beside, since that is what it is evidence for. A sign stops that;
 *   with the second one the server has a line, and the search is over.
 * - *Following*, as TCP Vegas does and Netflix's concurrency-limits: of all lanes, `best ÷ typical` are on the way
 *   or worked on, and the others wait in line (Little's law). A line that is as good as empty gets one lane more after
 *   each run; one that is long gets as many as keep the workers busy and the line short, and at least half of what
 *   it had. In between nothing changes: a few in line are what keeps the workers busy.
 * - *Searching again*: a line grows shorter with fewer lanes. Where answers take as long as before, in two runs, the
 *   server has become slower and this batch is not the cause. Their time is the new best one.
 * - *Testing*: it may have been a moment only, and a best time that is too long hides a line for good. So it is tested,
 *   after some runs or with the next sign: by half the lanes, and half of those, until answers are not faster any more.
 * - A server that is busy (HTTP 429 or 503) gets half the lanes after a pause ({@link BusyPauses}), and is followed
 *   from there. Of what was under way by then, only the pause counts.
 */
export class LanePacer {
	private isSearching = true;
	private lanes: number;
	/** So many lanes have a connection. Those of lanes that are closed may be gone when they are wanted again. */
	private lanesOpened = 0;
	/** When the number of lanes was set; how long earlier requests take tells nothing about it. */
	private changedAt = -Infinity;
	private run: TimedAnswer[] = [];
	/** What is known since the first answer. */
	private times: AnswerTimes | undefined;
	/** Whether the last run was a sign of a line. */
	private hasSign = false;
	/** What it was like before lanes were closed on account of a line that is still long. */
	private before: { lanes: number; typical: number } | undefined;
	/** Whether the last run was as slow as before with far fewer lanes. */
	private isDoubted = false;
	private isTesting = false;
	/** Runs until a best time that was raised is tested; undefined where none was. */
	private testIn: number | undefined;
	private testAfter = FIRST_TEST;
	private readonly pauses: BusyPauses;

	/** @param mostLanes most requests under way at once */
	constructor(
		private readonly mostLanes: number,
		private readonly clock: PaceClock,
	) {
		this.lanes = Math.min(FIRST_LANES, mostLanes);
		this.pauses = new BusyPauses(() => clock.now());
	}

	/** How many requests may be under way. */
	get openLanes(): number {
		return this.lanes;
	}

	/** For how many milliseconds nothing may be sent. */
	get pause(): number {
		return this.pauses.left;
	}

	/** Whether the server was busy too often in a row to be asked again. */
	get gaveUp(): boolean {
		return this.pauses.areTooMany;
	}

	/** How often the server was busy. */
	get busyAnswers(): number {
		return this.pauses.busyAnswers;
	}

	/** The length of all pauses together, in milliseconds. */
	get pausedFor(): number {
		return this.pauses.total;
	}

	/**
	 * Takes note of a request that leaves.
	 *
	 * @param underWay how many are under way with it
	 * @returns what to hand back when there is an answer
	 */
	departs(underWay: number): Departure {
		const opensLane = underWay > this.lanesOpened;
		this.lanesOpened = Math.max(this.lanesOpened, underWay);
		return { at: this.clock.now(), atWork: this.clock.atWork(), underWay, opensLane };
	}

	/** Takes note that the server handled a request, though not in a way that tells how fast it is. */
	handled(): void {
		this.pauses.handled();
	}

	/** Takes note of a good answer. */
	answered(request: Departure): void {
		this.handled();
		const answer = this.timed(request);
		if (this.times === undefined) this.times = new AnswerTimes(answer);
		else this.measure(this.times, answer, request.at);
	}

	/** Takes note that a request has no answer; a long wait for none is a slow answer, too. */
	unanswered(request: Departure): void {
		const { times } = this;
		const answer = this.timed(request);
		if (times === undefined || answer.took <= 2 * times.bestOpening + times.chance) return;
		this.measure(times, answer, request.at);
	}

	/**
	 * Takes note of a request that the server did not handle.
	 *
	 * @param retryAfter how long the server asks to be left alone, in milliseconds
	 */
	busy({ at }: Departure, retryAfter = 0): void {
		if (this.pauses.busy(at, retryAfter)) this.followWith(this.lanes / 2);
	}

	private timed({ at, atWork, underWay, opensLane }: Departure): TimedAnswer {
		const { clock } = this;
		return { took: clock.now() - at, worked: clock.atWork() - atWork, underWay, opensLane };
	}

	private measure(times: AnswerTimes, answer: TimedAnswer, sentAt: number): void {
		if (sentAt < this.changedAt) return;
		const isFast = times.waited(answer) <= patience(times) && !isOwnWork([answer]);
		if (this.isSearching && !this.hasSign && isFast) this.widen(2 * answer.underWay);
		this.run.push(answer);
		// before the lanes are settled, an early verdict is worth more than a precise one
		const length = this.isSearching ? this.lanes / 2 : this.lanes;
		if (this.run.length >= Math.max(SHORTEST_RUN, length)) this.judge(times, this.run.splice(0));
	}

	/** @param enough lanes for which the answer is evidence */
	private widen(enough: number): void {
		this.lanes = Math.max(this.lanes, Math.min(this.lanes + 2, enough, this.mostLanes));
	}

	private judge(times: AnswerTimes, run: TimedAnswer[]): void {
		if (isOwnWork(run)) return;
		times.learn(run);
		const typical = times.typical(run);
		const isSlow = typical > times.best + patience(times);
		// as long as a line grows, it makes answers differ
		if (!this.isSearching || !isSlow) times.learnSpread(run);
		if (this.testIn !== undefined) this.testIn -= 1;
		if (this.isTesting) this.test(times, typical);
		else if (this.testIn === 0) this.beginTest(typical);
		else if (this.isSearching) this.search(times, typical, isSlow);
		else this.follow(times, typical, Math.max(...run.map(({ underWay }) => underWay)));
	}

	/** @param typical how long an answer takes now, in milliseconds */
	private search(times: AnswerTimes, typical: number, isSlow: boolean): void {
		if (isSlow && this.hasSign) {
			if (this.testIn === undefined) this.shorten(times, typical);
			else this.beginTest(typical);
			return;
		}
		this.hasSign = isSlow;
		// the second run is to tell of the lanes as they are now
		if (isSlow) this.changedAt = this.clock.now();
	}

	/**
	 * @param typical how long an answer takes now, in milliseconds
	 * @param inUse how many lanes were in use
	 */
	private follow(times: AnswerTimes, typical: number, inUse: number): void {
		if (this.isNotTheCause(typical)) {
			if (this.isDoubted) this.searchAgain(times, typical);
			else this.isDoubted = true;
			return;
		}
		this.isDoubted = false;
		const inLine = this.lanes - this.useful(times, typical);
		const isLong = inLine > 2 * this.few;
		if (isLong && (this.hasSign || this.before !== undefined)) {
			this.shorten(times, typical);
			return;
		}
		this.hasSign = isLong;
		if (!isLong) this.before = undefined;
		if (inLine < this.few && inUse >= this.lanes) this.followWith(this.lanes + 1);
	}

	/** A line of so many requests is short: the workers are busy, and nobody waits for long. */
	private get few(): number {
		return Math.max(0.75, this.lanes / 8);
	}

	/** How many of the lanes do not wait in line. */
	private useful({ best, chance }: AnswerTimes, typical: number): number {
		return (this.lanes * (best + chance)) / Math.max(best + chance, typical);
	}

	private shorten(times: AnswerTimes, typical: number): void {
		this.before ??= { lanes: this.lanes, typical };
		this.followWith(Math.max(this.lanes / 2, this.useful(times, typical) + this.few));
	}

	private isNotTheCause(typical: number): boolean {
		if (this.before === undefined) return false;
		const { lanes, typical: typicalBefore } = this.before;
		return this.lanes <= MUCH_FEWER * lanes && typical > AS_LONG * typicalBefore;
	}

	private searchAgain(times: AnswerTimes, typical: number): void {
		times.slowDownTo(typical);
		this.isSearching = true;
		this.hasSign = false;
		this.before = undefined;
		this.testIn = this.testAfter;
		this.testAfter *= 2;
	}

	/** @param typical how long an answer takes now, in milliseconds */
	private beginTest(typical: number): void {
		this.isTesting = true;
		this.testIn = undefined;
		this.before = { lanes: this.lanes, typical };
		this.followWith(this.lanes / 2);
	}

	/** @param typical how long an answer takes with half the lanes, in milliseconds */
	private test(times: AnswerTimes, typical: number): void {
		const isFaster = typical <= AS_LONG * (this.before?.typical ?? Infinity);
		if (isFaster && this.lanes > 1) {
			// there was a line: what is found with fewer lanes needs no other test
			this.testAfter = FIRST_TEST;
			this.beginTest(typical);
			return;
		}
		this.isTesting = false;
		const wasRight = this.testAfter > FIRST_TEST;
		this.searchAgain(times, typical);
		if (!wasRight) this.testIn = undefined;
	}

	private followWith(wanted: number): void {
		this.isSearching = false;
		this.isDoubted = false;
		this.hasSign = false;
		this.run = [];
		const lanes = Math.min(Math.max(Math.floor(wanted), 1), this.mostLanes);
		if (lanes !== this.lanes) this.changedAt = this.clock.now();
		this.lanesOpened = Math.min(this.lanesOpened, lanes);
		this.lanes = lanes;
	}
}

/** How long an answer may wait before that is taken for a sign. */
function patience({ best, chance }: AnswerTimes): number {
	return SIGN * best + chance;
}

/** Whether n8n was at work itself for nearly all of the time that some answers took. */
function isOwnWork(answers: Cost[]): boolean {
	const sum = (figure: keyof Cost): number =>
		answers.reduce((total, answer) => total + answer[figure], 0);
	return sum('worked') > MOST_WORK * sum('took');
}
