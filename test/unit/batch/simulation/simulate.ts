import { LanePacer } from '../../../../nodes/shared/n8n/batch/LanePacer';
import { Workers } from './workers';
import type { Changing } from './workers';
import { Timeline } from './timeline';

/** A server, the way to it, and the n8n that asks it. Times are in milliseconds. */
export interface SimulatedWorld {
	items: number;
	/** The most lanes; none at all: everything is sent at once, as n8n's HTTP Request does. */
	mostLanes?: number;
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
	/** How many lanes were open from when on. */
	course: Array<{ at: number; lanes: number }>;
}

/** Round trips that TCP and TLS 1.3 take to open a connection. */
const HANDSHAKES = 2;

/** Runs a batch through a pacer, as a queue of the batch does: one request, and the others when it was accepted. */
export function simulate(world: SimulatedWorld): Simulated {
	const { items, mostLanes, roundTrip, work = 0 } = world;
	const timeline = new Timeline();
	const server = new Workers(timeline, world.workers, world.service);
	const n8n = new Process(timeline);
	const pacer = new LanePacer(mostLanes ?? items, {
		now: () => timeline.now,
		atWork: () => n8n.workedFor,
	});
	const course: Simulated['course'] = [];
	let sent = 0;
	let underWay = 0;
	let done = 0;
	let connections = 0;

	function openLanes(): number {
		if (mostLanes === undefined) return items;
		if (done === 0) return 1;
		if (course.at(-1)?.lanes !== pacer.openLanes) {
			course.push({ at: timeline.now, lanes: pacer.openLanes });
		}
		return pacer.openLanes;
	}

	function send(): void {
		sent += 1;
		underWay += 1;
		const departure = pacer.departs(underWay);
		const connects = world.alwaysConnects === true || underWay > connections;
		if (connects) connections += 1;
		const wayThere = (connects ? HANDSHAKES : 0) * roundTrip + roundTrip / 2;
		n8n.does(work / 2, () => timeline.after(wayThere, () => server.request(answer)));

		const answer = (): void => timeline.after(roundTrip / 2, () => n8n.does(work / 2, settle));
		const settle = (): void => {
			underWay -= 1;
			done += 1;
			pacer.answered(departure);
			sendAll();
		};
	}

	function sendAll(): void {
		while (sent < items && underWay < openLanes()) send();
	}

	for (const { at, lasts } of world.distractions ?? []) {
		timeline.after(at, () => n8n.does(lasts, () => undefined));
	}
	sendAll();
	timeline.run(() => done < items);
	return { time: timeline.now, meanQueue: server.meanQueue, connections, course };
}

/** n8n's process, which does one thing after the other. */
class Process {
	private freeAt = 0;
	private plannedInAll = 0;

	constructor(private readonly timeline: Timeline) {}

	/** For how many milliseconds it was at work so far. */
	get workedFor(): number {
		return this.plannedInAll - Math.max(0, this.freeAt - this.timeline.now);
	}

	does(milliseconds: number, then: () => void): void {
		const { now } = this.timeline;
		this.freeAt = Math.max(this.freeAt, now) + milliseconds;
		this.plannedInAll += milliseconds;
		this.timeline.after(this.freeAt - now, then);
	}
}

/** @returns how many lanes were open, on average over the time between two moments */
export function meanLanes({ course, time }: Simulated, from = 0, to = time): number {
	let sum = 0;
	for (const [index, { at, lanes }] of course.entries()) {
		const end = Math.min(course[index + 1]?.at ?? time, to);
		sum += lanes * Math.max(0, end - Math.max(at, from));
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
