import type { Timeline } from './timeline';

/** A number, or one that depends on the time. */
export type Changing = number | ((at: number) => number);

/** Workers who take one request after the other from a line. */
export class Workers {
	private readonly line: Array<() => void> = [];
	private working = 0;
	private waitedInAll = 0;
	private countedAt = 0;

	constructor(
		private readonly timeline: Timeline,
		/** Requests that are worked on at once; Infinity for any number. */
		private readonly workers: Changing,
		/** Milliseconds a worker takes for a request. */
		private readonly service: Changing,
	) {}

	/** How many requests were in line since the beginning, on average over time. */
	get meanQueue(): number {
		this.count();
		return this.waitedInAll / this.timeline.now;
	}

	/** Takes a request. @param answer is called when it was worked on */
	request(answer: () => void): void {
		this.count();
		this.line.push(answer);
		this.work();
	}

	private work(): void {
		while (this.working < valueAt(this.workers, this.timeline.now)) {
			this.count();
			const answer = this.line.shift();
			if (answer === undefined) return;
			this.working += 1;
			this.timeline.after(valueAt(this.service, this.timeline.now), () => {
				this.working -= 1;
				answer();
				this.work();
			});
		}
	}

	private count(): void {
		const { now } = this.timeline;
		this.waitedInAll += this.line.length * (now - this.countedAt);
		this.countedAt = now;
	}
}

function valueAt(value: Changing, at: number): number {
	return typeof value === 'number' ? value : value(at);
}
