/**
 * What a test has running beside it. The test environment ends what is left over, and shows what
 * was logged when a test fails; see `../environment.js`.
 */
export interface Attendant {
	name: string;
	/** Everything it logged so far. */
	log(): string;
	/** Ends it at once. */
	kill(): void;
}

declare global {
	// put there by the test environment
	var attendants: Set<Attendant> | undefined;
}

/** Puts something into the care of the test environment. */
export function attend(attendant: Attendant): void {
	globalThis.attendants?.add(attendant);
}

/** For what was stopped in an orderly way. */
export function dismiss(attendant: Attendant): void {
	globalThis.attendants?.delete(attendant);
}
