/** Fewest answers of one kind from which the best time of that kind is told. */
const FEWEST = 3;
/** Milliseconds that any answer may wait: on a fast server that is jitter and no line. */
const LEAST_CHANCE = 5;
/**
 * How many times the distance between the quartiles, over the root of how many answers there are, is chance: some
 * four standard errors of a mean, since the best of hundreds of means lies three below the usual one.
 */
const CHANCE = 3;
/** How much of what is known about the spread of answers new ones replace. */
const NEWS = 0.1;

/** What an answer took, in milliseconds. */
export interface Cost {
	took: number;
	/** For how much of that this process was at work, and did not wait for anything. */
	worked: number;
}

/** An answer, as far as it tells of the pace of a server. */
export interface TimedAnswer extends Cost {
	/** Whether its request opened a connection, which takes time of its own. */
	opensLane: boolean;
	/** How many requests were under way when its own left, that one included. */
	underWay: number;
}

/**
 * What is known of the time a server takes, and so how long an answer waited there: that is what it took beyond
 * the best time of its kind, less what n8n itself was at work with meanwhile.
 */
export class AnswerTimes {
	/** What an answer takes when the server is at its best, over a kept connection, and with a new one. */
	private kept: Cost;
	private opening: Cost;
	/** How much answers differ from each other without a line in the server. */
	private spread = 0;
	private chanceNow = LEAST_CHANCE;

	/** @param first the first answer, whose connection was new */
	constructor(first: Cost) {
		this.kept = first;
		this.opening = first;
	}

	/** The best time without the opening of a connection, in milliseconds. */
	get best(): number {
		return this.kept.took;
	}

	/** The best time with it. */
	get bestOpening(): number {
		return this.opening.took;
	}

	/** By how many milliseconds answers differ by chance. */
	get chance(): number {
		return this.chanceNow;
	}

	/** How many milliseconds an answer waited in the server; below 0 if it came sooner than the best ones. */
	waited({ took, worked, opensLane }: TimedAnswer): number {
		const best = opensLane ? this.opening : this.kept;
		return took - best.took - Math.max(0, worked - best.worked);
	}

	/** How long an answer takes now, over a kept connection. @param run at least one */
	typical(run: TimedAnswer[]): number {
		return meanOf(run.map((answer) => this.best + this.waited(answer)));
	}

	/** Takes the best times from a run of answers. */
	learn(run: TimedAnswer[]): void {
		this.kept = better(this.kept, ofKind(run, false));
		this.opening = better(this.opening, ofKind(run, true));
	}

	/**
	 * Takes from a run how far answers stray by chance: from its faster half, as a line makes answers slower and never
	 * faster.
	 */
	learnSpread(run: TimedAnswer[]): void {
		const waits = run.map((answer) => this.waited(answer));
		const spread = 2 * (quantile(waits, 0.5) - quantile(waits, 0.25));
		this.spread += NEWS * (spread - this.spread);
		this.chanceNow = Math.max(LEAST_CHANCE, (CHANCE * this.spread) / Math.sqrt(run.length));
	}

	/** Takes a longer time for the best one: the server has become slower. */
	slowDownTo(best: number): void {
		const more = best - this.best;
		this.kept = { ...this.kept, took: best };
		this.opening = { ...this.opening, took: this.opening.took + more };
	}
}

function ofKind(run: TimedAnswer[], opensLane: boolean): TimedAnswer[] {
	return run.filter((answer) => answer.opensLane === opensLane);
}

/** The best cost so far, or what is usual for some answers if that is less and they are enough to tell. */
function better(best: Cost, answers: Cost[]): Cost {
	if (answers.length < FEWEST) return best;
	const took = meanOf(answers.map((answer) => answer.took));
	const worked = answers.reduce((sum, answer) => sum + answer.worked, 0) / answers.length;
	return took < best.took ? { took, worked } : best;
}

/** The mean, to which a stray adds no more than two usual ones. @param times at least one */
function meanOf(times: number[]): number {
	const most = 2 * quantile(times, 0.5);
	return times.reduce((sum, time) => sum + Math.min(time, most), 0) / times.length;
}

/** @param numbers at least one */
function quantile(numbers: number[], part: number): number {
	const sorted = [...numbers].sort((one, other) => one - other);
	return sorted[Math.round((sorted.length - 1) * part)] as number;
}
