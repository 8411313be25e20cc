import { html, type Answer } from './answer';
import type { Journal, JournalEntry } from './journal';
import { plainPage } from './pages';

/** How and when a server says that it has too much to do. */
export interface Busy {
	status: 429 | 503;
	/** The header `Retry-After`, verbatim; none unless given. */
	retryAfter?: string;
	/** So many answers, and no more; counts down. As many as it takes unless given. */
	times?: number;
	/** Only until then, by the clock of the server. */
	until?: number;
	/** Only while more than so many requests are under way. */
	aboveInFlight?: number;
	/** Only for what exceeds so many requests in a second. */
	abovePerSecond?: number;
}

/** @returns the answer of a server that has too much to do for this request, if it has */
export function turnAway(
	busy: Busy | null,
	{ inFlight }: JournalEntry,
	journal: Journal,
	now: number,
): Answer | undefined {
	if (busy === null) return undefined;
	const { until = Infinity, times = Infinity, aboveInFlight = 0, abovePerSecond = 0 } = busy;
	const isBusy =
		now < until &&
		times > 0 &&
		inFlight > aboveInFlight &&
		letInWithinSecond(busy, journal, now) > abovePerSecond;
	if (!isBusy) return undefined;
	if (busy.times !== undefined) busy.times -= 1;
	return answerOf(busy);
}

/** How many requests of the last second were not turned away, the one in question included. */
function letInWithinSecond({ status }: Busy, { entries }: Journal, now: number): number {
	let letIn = 0;
	for (let index = entries.length - 1; (entries[index]?.at ?? 0) > now - 1000; index -= 1) {
		if (entries[index]?.status !== status) letIn += 1;
	}
	return letIn;
}

function answerOf({ status, retryAfter }: Busy): Answer {
	const page =
		status === 429
			? plainPage('Too Many Requests', 'Please try again later.')
			: plainPage('Maintenance', 'This server is down for maintenance.');
	const answer = html(page, status);
	return retryAfter === undefined
		? answer
		: { ...answer, headers: { ...answer.headers, 'Retry-After': retryAfter } };
}
