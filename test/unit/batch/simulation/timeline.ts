/** What will happen, on a clock that nobody waits for. */
export class Timeline {
	/** The latest first. */
	private readonly events: Array<{ at: number; happens: () => void }> = [];
	private time = 0;

	/** Milliseconds since the beginning. */
	get now(): number {
		return this.time;
	}

	/** Lets something happen after so many milliseconds; of two at the same time, the one that was told first. */
	after(milliseconds: number, happens: () => void): void {
		const at = this.time + milliseconds;
		let index = this.events.length;
		while (index > 0 && (this.events[index - 1]?.at ?? Infinity) <= at) index -= 1;
		this.events.splice(index, 0, { at, happens });
	}

	/** Lets everything happen, with whatever that leads to, as long as it is wanted. */
	run(isWanted: () => boolean): void {
		for (let next = this.events.pop(); next !== undefined; next = this.events.pop()) {
			this.time = next.at;
			next.happens();
			if (!isWanted()) return;
		}
	}
}
