import type { Busy } from '../busy';
import type { Duplicate } from '../duplicates';

/** How much the server can do, and what its connections do, with calls and logins. */
export interface ConnectionSwitches {
	/** Requests that are worked on at once, while the others wait in line. 0 for any number. */
	workers: number;
	/** Milliseconds a worker takes for a request. */
	serviceTime: number;
	/** Requests are turned away with 429 or 503 (nothing is executed). */
	busy: Busy | null;

	/** Milliseconds before the answer begins. */
	delay: number;
	/** Milliseconds over which the body is sent in pieces; the head comes at once. */
	drip: number;
	/** The request is taken and never answered; nothing is executed. */
	neverAnswer: boolean;
	/**
	 * The connection dies: upon the request (nothing is executed), after it was executed and before the
	 * answer, or halfway through the body.
	 */
	reset: 'off' | 'before-answer' | 'after-work' | 'mid-answer';
	/** So many requests that are not the first of their connection meet its end; counts down. */
	resetKeptConnection: number;
	/** Whether those requests are executed before. */
	resetKeptAfterWork: boolean;
	/** Answers come a second time on their connection, where the next request takes them for its own. */
	duplicate: Duplicate | null;
	/** Every so many answers, one says `Connection: close`. 0 switches it off. */
	connectionClose: number;
	/** So many answers on a connection, then it is closed: `Keep-Alive: max=`. 0 for any number. */
	keepAliveMax: number;
	/** A connection is closed after so many milliseconds without a request: `Keep-Alive: timeout=`. 0 for never. */
	keepAliveTimeout: number;
	/** Neither of the two is said beforehand. */
	keepAliveSilent: boolean;
}

export const CONNECTION_DEFAULTS: ConnectionSwitches = {
	workers: 0,
	serviceTime: 0,
	busy: null,
	delay: 0,
	drip: 0,
	neverAnswer: false,
	reset: 'off',
	resetKeptConnection: 0,
	resetKeptAfterWork: false,
	duplicate: null,
	connectionClose: 0,
	keepAliveMax: 0,
	keepAliveTimeout: 0,
	keepAliveSilent: false,
};
