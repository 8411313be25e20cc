import { CpanelError } from '../../../nodes/shared/errors';
import { done } from './plan';
import type { Run } from './plan';

/** A request as the server saw it. */
export interface Seen {
	/** When it came, in milliseconds of jest's clock. */
	at: number;
	/** How many were under way then, itself included. */
	inFlight: number;
	turnedAway: boolean;
	/** The number of its item. */
	itemIndex: number;
	/** Whether it was answered. */
	done: boolean;
}

/** How a server answers. */
export interface Manner {
	/** How long it works on a request, in milliseconds. */
	service: number;
	/** How many it works on at once; the others wait in line. Any number unless given. */
	workers?: number;
	/** Whether it turns this request away, without any work. */
	isBusy?(request: Seen, earlier: readonly Seen[]): boolean;
	/** What it says then about coming back, in milliseconds. */
	retryAfter?: number;
	/** Whether the connection of this request breaks, and nothing is done. */
	breaks?(request: Seen, earlier: readonly Seen[]): boolean;
}

/**
 * A server that lives in jest's clock, as everything does that waits in a batch: what overlaps is decided by
 * its numbers, and not by the machine.
 */
export class SimulatedServer {
	readonly seen: Seen[] = [];
	private underWay = 0;
	private freeAt: number[];

	constructor(private manner: Manner) {
		this.freeAt = Array.from({ length: manner.workers ?? 1000 }, () => 0);
	}

	/** Becomes another server: workers that are gone finish what they have, and those that come are free. */
	become(manner: Manner): void {
		this.manner = manner;
		const { workers = 1000 } = manner;
		const busiest = [...this.freeAt].sort((one, other) => other - one).slice(0, workers);
		this.freeAt = Array.from({ length: workers }, (_, nth) => busiest[nth] ?? 0);
	}

	/** Answers a request. */
	readonly handle: Run = async (itemIndex) => {
		this.underWay += 1;
		const request: Seen = {
			at: performance.now(),
			inFlight: this.underWay,
			turnedAway: false,
			itemIndex,
			done: false,
		};
		const { retryAfter } = this.manner;
		request.turnedAway = this.manner.isBusy?.(request, this.seen) ?? false;
		const breaks = !request.turnedAway && (this.manner.breaks?.(request, this.seen) ?? false);
		this.seen.push(request);
		await new Promise((resolve) => {
			setTimeout(resolve, request.turnedAway || breaks ? 1 : this.work());
		});
		this.underWay -= 1;
		if (breaks) throw new CpanelError('connection', 'The connection broke', { hint: '' });
		request.done = !request.turnedAway;
		if (!request.turnedAway) return await done(itemIndex);
		throw new CpanelError('busy', 'Busy', { hint: '', ...(retryAfter && { retryAfter }) });
	};

	/** Gives the work to the worker that is free first. @returns when it is done, in milliseconds from now */
	private work(): number {
		const now = performance.now();
		const first = Math.min(...this.freeAt);
		const end = Math.max(first, now) + this.manner.service;
		this.freeAt[this.freeAt.indexOf(first)] = end;
		return end - now;
	}
}

/** The most that were under way when these requests came. */
export function mostAtOnce(requests: readonly Seen[]): number {
	return Math.max(...requests.map(({ inFlight }) => inFlight));
}
