import { ConcurrencyLimiter } from '../../../../nodes/shared/n8n/batch/ConcurrencyLimiter';
import { Workers } from './workers';
import type { Changing } from './workers';
import { Timeline } from './timeline';

/** A server, the way to it, and the n8n that asks it. Times are in milliseconds. */
export interface SimulatedWorld {
	items: number;
	/** Without it, everything is sent at once, as n8n's HTTP Request does. */
	maxConcurrency?: number;
	/** How long a byte takes there and back. */
	roundTrip: number;
	service: Changing;
	workers: Changing;
	/** How long n8n is at work for each item. */
	work?: number;
	/** When n8n does something else, and for how long. */
	distractions?: Array<{ at: number; lasts: number }>;
	/** Whether each request opens a connection, as n8n's helper does. */
	alwaysConnects?: boolean;
}

export interface Simulated {
	/** From the first request to the last answer. */
	time: number;
	/** How many requests were in the server's line, on average over time. */
	meanQueue: number;
	connections: number;
	/** The limit, from when on. */
	limits: Array<{ at: number; limit: number }>;
}

/** Round trips that TCP and TLS 1.3 take to open a connection. */
const HANDSHAKES = 2;

/** Runs a batch through a limiter, as a queue of the batch does: one request, and the others when it was accepted. */
export function simulate(world: SimulatedWorld): Simulated {
	const { items, maxConcurrency, roundTrip, work = 0 } = world;
	const timeline = new Timeline();
	const server = new Workers(timeline, world.workers, world.service);
	const n8n = new Process(timeline);
	const limiter = new ConcurrencyLimiter(maxConcurrency ?? items, () => timeline.now);
	const limits: Simulated['limits'] = [];
	let sent = 0;
	let done = 0;
	let connections = 0;

	function limitNow(): number {
		if (maxConcurrency === undefined) return items;
		if (done === 0) return 1;
		const { limit } = limiter;
		if (limits.at(-1)?.limit !== limit) limits.push({ at: timeline.now, limit });
		return limit;
	}

	function send(): void {
		sent += 1;
		const request = limiter.onStart();
		const connects = world.alwaysConnects === true || limiter.inFlight > connections;
		if (connects) connections += 1;
		const wayThere = (connects ? HANDSHAKES : 0) * roundTrip + roundTrip / 2;
		n8n.does(work / 2, () => timeline.after(wayThere, () => server.request(answer)));

		const answer = (): void => timeline.after(roundTrip / 2, () => n8n.does(work / 2, settle));
		const settle = (): void => {
			done += 1;
			limiter.onSuccess(request);
			sendAll();
		};
	}

	function sendAll(): void {
		while (sent < items && limiter.inFlight < limitNow()) send();
	}

	for (const { at, lasts } of world.distractions ?? []) {
		timeline.after(at, () => n8n.does(lasts, () => undefined));
	}
	sendAll();
	timeline.run(() => done < items);
	return { time: timeline.now, meanQueue: server.meanQueue, connections, limits };
}

/** n8n's process, which does one thing after the other. */
class Process {
	private freeAt = 0;

	constructor(private readonly timeline: Timeline) {}

	does(milliseconds: number, then: () => void): void {
		const { now } = this.timeline;
		this.freeAt = Math.max(this.freeAt, now) + milliseconds;
		this.timeline.after(this.freeAt - now, then);
	}
}

/** @returns the limit, on average over the time between two moments */
export function meanLimit({ limits, time }: Simulated, from = 0, to = time): number {
	let sum = 0;
	for (const [index, { at, limit }] of limits.entries()) {
		const end = Math.min(limits[index + 1]?.at ?? time, to);
		sum += limit * Math.max(0, end - Math.max(at, from));
	}
	return sum / (to - from);
}

/** Times of a server that varies as real ones do (log-normal), the same in every run. @param seed not 0 */
export function varying(mean: number, deviation: number, seed: number): () => number {
	let state = seed;
	const random = (): number => {
		// the generator of Park and Miller
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
	return () => {
		const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
		return mean * Math.exp(deviation * normal - deviation ** 2 / 2);
	};
}
