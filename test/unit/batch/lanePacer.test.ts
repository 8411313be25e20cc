import { LONGEST_PAUSE, MOST_PAUSES_IN_A_ROW } from '../../../nodes/shared/n8n/batch/BusyPauses';
import { LanePacer } from '../../../nodes/shared/n8n/batch/LanePacer';
import type { Departure } from '../../../nodes/shared/n8n/batch/LanePacer';

/** A pacer whose clock the test moves. */
function pacer(mostLanes: number) {
	let time = 0;
	let worked = 0;
	const paced = new LanePacer(mostLanes, { now: () => time, atWork: () => worked });

	/** As many requests as there are lanes, answered together after so many milliseconds. */
	function round(took: number, { work = 0, end = (sent: Departure) => paced.answered(sent) } = {}) {
		const sent = Array.from({ length: paced.openLanes }, (_, nth) => paced.departs(nth + 1));
		time += took;
		worked += work;
		for (const departure of sent) end(departure);
	}
	return {
		paced,
		pass: (milliseconds: number) => (time += milliseconds),
		departs: () => paced.departs(1),
		/** The one request that a batch begins with. */
		first: (took: number) => {
			const departure = paced.departs(1);
			time += took;
			paced.answered(departure);
		},
		round,
		rounds: (times: number, took: number) => {
			for (let nth = 0; nth < times; nth++) round(took);
		},
		/** A request that finds the server busy, after what was asked for has passed. */
		meetBusy: (retryAfter?: number) => {
			time += paced.pause;
			paced.busy(paced.departs(1), retryAfter);
		},
	};
}

/** A pacer that has found its most lanes, at a server that takes 100 ms for an answer. */
function wide(mostLanes: number) {
	const found = pacer(mostLanes);
	found.first(100);
	found.rounds(8, 100);
	expect(found.paced.openLanes).toBe(mostLanes);
	return found;
}

describe('the pace of a busy server', () => {
	it('is full until it is busy, and half of that after a pause', () => {
		const { paced, pass, meetBusy } = wide(10);
		expect([paced.pause, paced.busyAnswers]).toEqual([0, 0]);
		meetBusy();
		expect([paced.openLanes, paced.pause, paced.busyAnswers]).toEqual([5, 1_000, 1]);
		pass(400);
		expect(paced.pause).toBe(600);
		pass(600);
		expect(paced.pause).toBe(0);
	});

	it('halves down to one lane, with pauses that double', () => {
		const { paced, meetBusy } = wide(20);
		const seen = Array.from({ length: 5 }, () => {
			meetBusy();
			return [paced.openLanes, paced.pause];
		});
		expect(seen).toEqual([
			[10, 1_000],
			[5, 2_000],
			[2, 4_000],
			[1, 8_000],
			[1, 16_000],
		]);
		expect(paced.pausedFor).toBe(31_000);
	});

	it('waits as long as the server asks, within reason, and longer if that was not enough', () => {
		const { paced, meetBusy } = pacer(5);
		meetBusy(7_500);
		expect(paced.pause).toBe(7_500);
		meetBusy(0);
		expect(paced.pause).toBe(2_000);
		meetBusy(3_600_000);
		expect(paced.pause).toBe(LONGEST_PAUSE);
	});

	it('slows down once for all that was under way, but waits for the longest of their wishes', () => {
		const { paced, pass, departs } = wide(20);
		const sent = departs();
		pass(50);
		for (let nth = 0; nth < 10; nth++) paced.busy(sent, 1_000);
		paced.busy(sent, 5_000);
		paced.busy(sent, 2_000);
		expect([paced.openLanes, paced.pause, paced.busyAnswers]).toEqual([10, 5_000, 12]);
		expect(paced.pausedFor).toBe(5_000);
		expect(paced.gaveUp).toBe(false);
	});

	it('slows down also when its requests left before a lane was added', () => {
		const { paced, pass, meetBusy, departs, rounds } = wide(10);
		meetBusy();
		pass(paced.pause);
		const sent = departs();
		rounds(1, 100);
		expect(paced.openLanes).toBe(6);
		paced.busy(sent);
		expect(paced.openLanes).toBe(3);
	});

	it('is given up after some pauses in a row, and not before', () => {
		const { paced, meetBusy, first } = pacer(5);
		for (let nth = 1; nth < MOST_PAUSES_IN_A_ROW; nth++) meetBusy();
		expect(paced.gaveUp).toBe(false);
		first(10);
		meetBusy();
		expect([paced.gaveUp, paced.pause]).toEqual([false, 1_000]);
		paced.handled();
		for (let nth = 1; nth < MOST_PAUSES_IN_A_ROW; nth++) meetBusy();
		expect(paced.gaveUp).toBe(false);
		meetBusy();
		expect(paced.gaveUp).toBe(true);
	});

	it('gets one lane more after each run of good answers, and no more than it had', () => {
		const { paced, pass, meetBusy, rounds } = wide(8);
		meetBusy();
		pass(paced.pause);
		const seen = Array.from({ length: 6 }, () => {
			rounds(1, 100);
			return paced.openLanes;
		});
		// five answers make a run, so four lanes need two rounds
		expect(seen).toEqual([4, 5, 6, 7, 8, 8]);
	});
});

describe('the search for the width of a server', () => {
	it('begins with five lanes, or with fewer if there may not be more', () => {
		expect(pacer(32).paced.openLanes).toBe(5);
		expect(pacer(3).paced.openLanes).toBe(3);
	});

	it('doubles the lanes with each round of fast answers, up to the most', () => {
		const { paced, first, rounds } = pacer(32);
		first(100);
		const seen = Array.from({ length: 5 }, () => {
			rounds(1, 110);
			return paced.openLanes;
		});
		expect(seen).toEqual([10, 20, 32, 32, 32]);
	});

	it('knows that the first request of a lane opens a connection', () => {
		const { paced, first, round } = pacer(32);
		first(300);
		// the four new connections take as long as the first one did, the kept one a third
		const times = [100, 300, 300, 300, 300];
		for (const took of times) round(took);
		expect(paced.openLanes).toBe(32);
	});

	it('does not go on with answers that waited', () => {
		const { paced, first, rounds } = pacer(32);
		first(100);
		rounds(1, 100);
		rounds(1, 140);
		expect(paced.openLanes).toBe(10);
	});

	it('ends when a second run shows the line too, with what keeps the server busy', () => {
		const { paced, first, rounds } = pacer(32);
		first(100);
		rounds(2, 100);
		expect(paced.openLanes).toBe(20);
		rounds(2, 200);
		// half of the requests waited; a few in line are left to the workers
		expect(paced.openLanes).toBeGreaterThanOrEqual(10);
		expect(paced.openLanes).toBeLessThanOrEqual(14);
	});

	it('does not end with one run of slow answers', () => {
		const { paced, first, rounds } = pacer(32);
		first(100);
		rounds(1, 100);
		for (let nth = 0; nth < 4; nth++) {
			rounds(1, 500);
			rounds(1, 100);
		}
		expect(paced.openLanes).toBe(32);
	});

	it('does not end with a few answers that are far slower', () => {
		const { paced, first, pass, departs } = pacer(32);
		first(100);
		for (let nth = 0; nth < 30; nth++) {
			const sent = Array.from({ length: paced.openLanes }, (_, lane) => paced.departs(lane + 1));
			const stray = departs();
			pass(100);
			for (const departure of sent) paced.answered(departure);
			pass(5_000);
			paced.answered(stray);
		}
		expect(paced.openLanes).toBe(32);
	});

	it('is not led by an n8n that was at work itself: more lanes would not help, fewer neither', () => {
		const { paced, first, round } = pacer(32);
		first(100);
		for (let nth = 0; nth < 5; nth++) round(100, { work: 95 });
		expect(paced.openLanes).toBe(5);
		for (let nth = 0; nth < 5; nth++) round(900, { work: 850 });
		expect(paced.openLanes).toBe(5);
		// a pause for a busy server would have ended the search
		for (let nth = 0; nth < 3; nth++) round(100, { work: 20 });
		expect(paced.openLanes).toBe(32);
	});
});

describe('the pace of a slow server', () => {
	it('is kept as long as the line is short', () => {
		const { paced, rounds } = wide(32);
		rounds(10, 120);
		expect(paced.openLanes).toBe(32);
	});

	it('sinks while answers wait, and rises when they recover', () => {
		const { paced, rounds, meetBusy, pass } = wide(32);
		meetBusy();
		pass(paced.pause);
		expect(paced.openLanes).toBe(16);
		rounds(1, 300);
		expect(paced.openLanes).toBe(16);
		rounds(1, 300);
		expect(paced.openLanes).toBe(8);
		rounds(1, 130);
		expect(paced.openLanes).toBe(8);
		rounds(2, 100);
		expect(paced.openLanes).toBe(10);
	});

	it('sinks where requests wait long for no answer, and not where they fail at once', () => {
		const { paced, round } = wide(32);
		const end = (sent: Departure): void => paced.unanswered(sent);
		for (let nth = 0; nth < 10; nth++) round(10, { end });
		expect(paced.openLanes).toBe(32);
		for (let nth = 0; nth < 2; nth++) round(5_000, { end });
		expect(paced.openLanes).toBe(16);
	});

	it('does not change for answers to what was sent at another pace', () => {
		const { paced, rounds, departs, pass } = wide(32);
		const sent = departs();
		rounds(2, 300);
		const { openLanes } = paced;
		expect(openLanes).toBeLessThan(32);
		pass(2_000);
		for (let nth = 0; nth < 100; nth++) paced.answered(sent);
		expect(paced.openLanes).toBe(openLanes);
	});

	it('is searched for again where fewer lanes do not help: then the batch is not the cause', () => {
		const { paced, rounds } = wide(32);
		const seen = Array.from({ length: 12 }, () => {
			rounds(1, 400);
			return paced.openLanes;
		});
		expect(Math.min(...seen)).toBeLessThan(24);
		expect(seen.at(-1)).toBe(32);
	});

	it('does not stay too wide after a moment in which everything was slow', () => {
		const { paced, round, rounds } = wide(32);
		rounds(10, 400);
		// four workers, each with 100 ms for a request
		const seen = Array.from({ length: 200 }, () => {
			round(Math.max(100, paced.openLanes * 25));
			return paced.openLanes;
		});
		expect(Math.max(...seen.slice(-50))).toBeLessThanOrEqual(8);
		expect(Math.min(...seen.slice(-50))).toBeGreaterThanOrEqual(4);
	});

	it('is tested less and less where it turns out to be right', () => {
		const { paced, round } = wide(32);
		const seen = Array.from({ length: 400 }, () => {
			round(400);
			return paced.openLanes;
		});
		const narrow = (part: number[]): number => part.filter((lanes) => lanes < 32).length;
		expect(narrow(seen.slice(0, 100))).toBeGreaterThan(narrow(seen.slice(-100)));
		expect(narrow(seen.slice(-300))).toBeLessThan(15);
	});

	it('does not rise while its lanes are not in use', () => {
		const { paced, pass, meetBusy } = wide(32);
		meetBusy();
		pass(paced.pause);
		for (let nth = 0; nth < 200; nth++) {
			const sent = [1, 2, 3].map((underWay) => paced.departs(underWay));
			pass(100);
			for (const departure of sent) paced.answered(departure);
		}
		expect(paced.openLanes).toBe(16);
	});
});
