import type { Clock } from './clock';

/** So many refused logins are put up with. */
export const TOLERATED_FAILURES = 5;
/** How long a lock lasts, and how long a refused login is remembered. */
export const LOCK_MILLISECONDS = 15 * 60 * 1000;

interface Failures {
	count: number;
	last: number;
}

/**
 * The brute force protection (cPHulk): refused logins are counted under the name that was tried and
 * under the address they came from, and too many of them lock that name or address for a while.
 */
export class Lockout {
	private readonly failures = new Map<string, Failures>();

	constructor(private readonly clock: Clock) {}

	/** Counts a refused login. One more failure while the lock holds starts its time anew. */
	refused(...names: Array<string | undefined>): void {
		for (const name of names) {
			if (!name) continue;
			const count = this.recent(name)?.count ?? 0;
			this.failures.set(name, { count: count + 1, last: this.clock.now() });
		}
	}

	/** Whether any of these names or addresses is locked out now. */
	locked(...names: Array<string | undefined>): boolean {
		return names.some((name) => name && (this.recent(name)?.count ?? 0) >= TOLERATED_FAILURES);
	}

	/** Forgives everything. */
	reset(): void {
		this.failures.clear();
	}

	private recent(name: string): Failures | undefined {
		const failures = this.failures.get(name);
		const fresh = failures && this.clock.now() - failures.last < LOCK_MILLISECONDS;
		return fresh ? failures : undefined;
	}
}
