import {
	LONGEST_PAUSE,
	LanePacer,
	MOST_PAUSES_IN_A_ROW,
} from '../../nodes/shared/n8n/batch/LanePacer';

/** A pacer whose clock the test moves. */
function pacer(lanes: number) {
	let time = 0;
	const paced = new LanePacer(lanes, () => time);
	return {
		paced,
		pass: (milliseconds: number) => (time += milliseconds),
		/** So many answers one after the other, each after so many milliseconds. */
		answer: (times: number, took: number) => {
			for (let nth = 0; nth < times; nth++) {
				const sentAt = time;
				time += took;
				paced.answered(sentAt);
			}
		},
		/** So many requests without an answer, each after so many milliseconds. */
		wait: (times: number, took: number) => {
			for (let nth = 0; nth < times; nth++) {
				const sentAt = time;
				time += took;
				paced.unanswered(sentAt);
			}
		},
		/** A request that finds the server busy, after what was asked for has passed. */
		meetBusy: (retryAfter?: number) => {
			time += paced.pause;
			paced.busy(time, retryAfter);
		},
	};
}

describe('the pace of a busy server', () => {
	it('is full until it is busy, and half of that after a pause', () => {
		const { paced, pass, meetBusy } = pacer(10);
		expect([paced.openLanes, paced.pause, paced.busyAnswers]).toEqual([10, 0, 0]);
		meetBusy();
		expect([paced.openLanes, paced.pause, paced.busyAnswers]).toEqual([5, 1_000, 1]);
		pass(400);
		expect(paced.pause).toBe(600);
		pass(600);
		expect(paced.pause).toBe(0);
	});

	it('halves down to one lane, with pauses that double', () => {
		const { paced, meetBusy } = pacer(20);
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
		const { paced, pass } = pacer(20);
		pass(100);
		for (let nth = 0; nth < 10; nth++) paced.busy(50, 1_000);
		paced.busy(60, 5_000);
		paced.busy(60, 2_000);
		expect([paced.openLanes, paced.pause, paced.busyAnswers]).toEqual([10, 5_000, 12]);
		expect(paced.pausedFor).toBe(5_000);
		expect(paced.gaveUp).toBe(false);
	});

	it('slows down also when its requests left before a lane was added', () => {
		const { paced, meetBusy, answer } = pacer(10);
		meetBusy();
		const sentAt = 1_500;
		answer(5, 200);
		expect(paced.openLanes).toBe(6);
		paced.busy(sentAt);
		expect(paced.openLanes).toBe(3);
	});

	it('is given up after some pauses in a row, and not before', () => {
		const { paced, meetBusy, answer } = pacer(5);
		for (let nth = 1; nth < MOST_PAUSES_IN_A_ROW; nth++) meetBusy();
		expect(paced.gaveUp).toBe(false);
		answer(1, 10);
		meetBusy();
		expect([paced.gaveUp, paced.pause]).toEqual([false, 1_000]);
		paced.handled();
		for (let nth = 1; nth < MOST_PAUSES_IN_A_ROW; nth++) meetBusy();
		expect(paced.gaveUp).toBe(false);
		meetBusy();
		expect(paced.gaveUp).toBe(true);
	});

	it('gets one lane more after each run of good answers, up to the most', () => {
		const { paced, meetBusy, answer } = pacer(4);
		answer(1, 50);
		meetBusy();
		meetBusy();
		const seen = Array.from({ length: 5 }, () => {
			answer(5, 50);
			return paced.openLanes;
		});
		expect(seen).toEqual([2, 3, 4, 4, 4]);
	});
});

describe('the pace of a slow server', () => {
	it('is kept as long as answers take less than twice as long as the best', () => {
		const { paced, answer } = pacer(8);
		answer(8, 200);
		answer(40, 390);
		expect(paced.openLanes).toBe(8);
	});

	it('sinks while answers take longer, and rises when they recover', () => {
		const { paced, answer } = pacer(8);
		answer(8, 200);
		answer(8, 500);
		expect(paced.openLanes).toBe(6);
		answer(6, 500);
		expect(paced.openLanes).toBe(5);
		answer(5, 350);
		expect(paced.openLanes).toBe(5);
		answer(5, 210);
		expect(paced.openLanes).toBe(6);
	});

	it('sinks where requests wait long for no answer, and not where they fail at once', () => {
		const { paced, answer, wait } = pacer(8);
		wait(20, 5_000);
		expect(paced.openLanes).toBe(8);
		answer(8, 200);
		wait(20, 10);
		expect(paced.openLanes).toBe(8);
		wait(8, 5_000);
		expect(paced.openLanes).toBe(6);
	});

	it('does not change for a few answers that are far slower, nor for jitter on a fast server', () => {
		const { paced, answer } = pacer(5);
		for (let run = 0; run < 10; run++) {
			answer(3, 5);
			answer(2, 9_000);
			answer(5, 100);
		}
		expect(paced.openLanes).toBe(5);
	});

	it('does not change for answers to what was sent at another pace', () => {
		const { paced, answer, pass } = pacer(8);
		answer(8, 200);
		answer(8, 500);
		pass(2_000);
		for (let nth = 0; nth < 50; nth++) paced.answered(100);
		expect(paced.openLanes).toBe(6);
	});

	it('rises again where one lane is as slow: then the batch is not the cause', () => {
		const { paced, answer } = pacer(4);
		answer(5, 100);
		answer(15, 900);
		expect(paced.openLanes).toBe(1);
		answer(5, 900);
		expect(paced.openLanes).toBe(1);
		answer(5, 900);
		expect(paced.openLanes).toBe(2);
		answer(10, 900);
		expect(paced.openLanes).toBe(4);
	});
});

/** A server with so many workers of so many milliseconds each, that is kept busy by the pacer alone. */
function simulate(lanes: number, workers: number, service: number, requests: number) {
	let time = 0;
	const paced = new LanePacer(lanes, () => time);
	const freeAt = Array.from({ length: workers }, () => 0);
	const underWay: Array<{ sentAt: number; endsAt: number }> = [];
	let sent = 0;
	while (sent < requests || underWay.length > 0) {
		while (sent < requests && underWay.length < (sent === 0 ? 1 : paced.openLanes)) {
			const worker = freeAt.indexOf(Math.min(...freeAt));
			freeAt[worker] = Math.max(freeAt[worker] ?? 0, time) + service;
			underWay.push({ sentAt: time, endsAt: freeAt[worker] });
			sent += 1;
		}
		underWay.sort((one, other) => one.endsAt - other.endsAt);
		const { sentAt, endsAt } = underWay.shift() ?? { sentAt: 0, endsAt: 0 };
		time = endsAt;
		paced.answered(sentAt);
	}
	return { lanes: paced.openLanes, stretch: time / ((requests / workers) * service) };
}

describe('the pace that is found for a server with few workers', () => {
	it.each([
		[20, 4, 150],
		[10, 4, 150],
		[20, 1, 200],
		[5, 2, 400],
	])(
		'with %i lanes, %i workers and %i ms keeps them busy and no more',
		(lanes, workers, service) => {
			const found = simulate(lanes, workers, service, 400);
			expect(found.lanes).toBeGreaterThanOrEqual(workers);
			// one more is tried now and then
			expect(found.lanes).toBeLessThanOrEqual(workers * 2 + 1);
			expect(found.stretch).toBeLessThan(1.05);
		},
	);

	it.each([
		[5, 5, 150],
		[5, 100, 800],
		[20, 4, 10],
	])('with %i lanes, %i workers and %i ms is full', (lanes, workers, service) => {
		expect(simulate(lanes, workers, service, 400).lanes).toBe(lanes);
	});
});
