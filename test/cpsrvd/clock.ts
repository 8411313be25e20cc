/** The time as the server sees it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Moves the clock on, so that a test need not wait for a session or a lock to end. */
	advance(milliseconds: number): void;
}

/** A clock that runs with the real one, ahead of it by what it was advanced. */
export class AdjustableClock implements Clock {
	private ahead = 0;

	now(): number {
		return Date.now() + this.ahead;
	}

	advance(milliseconds: number): void {
		this.ahead += milliseconds;
	}

	/** Back to the real time. */
	reset(): void {
		this.ahead = 0;
	}
}
