import {
	MAX_PAUSE,
	MAX_CONSECUTIVE_PAUSES,
} from '../../../nodes/shared/n8n/batch/ConcurrencyLimiter';
import { ConcurrencyLimiter } from '../../../nodes/shared/n8n/batch/ConcurrencyLimiter';
import type { StartedRequest } from '../../../nodes/shared/n8n/batch/ConcurrencyLimiter';

/** A limiter whose clock the test moves, after the one request that a batch begins with. */
function limiterOf(maxConcurrency: number) {
	let time = 0;
	const limiter = new ConcurrencyLimiter(maxConcurrency, () => time);
	const { backoff } = limiter;
	const pass = (milliseconds: number): void => void (time += milliseconds);

	/** As many requests as the limit, over after so many milliseconds each. */
	function round(rtt: number, end = (request: StartedRequest) => limiter.onSuccess(request)) {
		const started = Array.from({ length: limiter.limit }, () => limiter.onStart());
		pass(rtt);
		for (const request of started) end(request);
		return limiter.limit;
	}
	const rounds = (times: number, rtt: number): number[] =>
		Array.from({ length: times }, () => round(rtt));

	/** A request that finds the server busy, after the pause has passed. */
	function meetBusy(retryAfter?: number): void {
		pass(backoff.pause);
		limiter.onDrop(limiter.onStart(), retryAfter);
	}
	const first = limiter.onStart();
	pass(300);
	limiter.onSuccess(first);
	return { limiter, backoff, pass, round, rounds, meetBusy };
}

/** One that has reached its highest limit, at a server that takes 100 ms for an answer. */
function wide(maxConcurrency: number) {
	const found = limiterOf(maxConcurrency);
	expect(found.rounds(12, 100).at(-1)).toBe(maxConcurrency);
	return found;
}

describe('slow start', () => {
	it('begins with five in flight, or with fewer if there may not be more', () => {
		expect([limiterOf(32).limiter.limit, limiterOf(3).limiter.limit]).toEqual([5, 3]);
	});

	it('doubles the limit with each window of fast answers, up to the most', () => {
		const { rounds } = limiterOf(32);
		// of the first round, four opened a connection
		expect(rounds(6, 100)).toEqual([5, 10, 20, 32, 32, 32]);
	});

	it('does not take the handshakes of new connections for a queue', () => {
		const { limiter, pass, round } = limiterOf(32);
		for (let nth = 0; nth < 5; nth++) {
			round(100);
			const connecting = Array.from({ length: limiter.limit + 1 }, () => limiter.onStart());
			pass(100);
			for (const request of connecting.splice(0, connecting.length - 1)) limiter.onSuccess(request);
			pass(400);
			for (const request of connecting) limiter.onSuccess(request);
		}
		expect(limiter.limit).toBe(32);
	});

	it('is not ended by one slow window, nor by two slow answers in five', () => {
		const { limiter, round, rounds } = limiterOf(32);
		rounds(2, 100);
		for (let nth = 0; nth < 4; nth++) {
			round(500);
			round(100);
			let count = 0;
			round(100, (request) => {
				limiter.onSuccess((count += 1) % 5 < 2 ? { ...request, at: request.at - 5_000 } : request);
			});
		}
		expect(limiter.limit).toBe(32);
	});

	it('ends with the second slow window, and the limit is what keeps the server busy', () => {
		const { rounds } = limiterOf(32);
		expect(rounds(3, 100).at(-1)).toBe(20);
		const [afterOne, afterTwo] = rounds(2, 200);
		expect(afterOne).toBe(20);
		// half of the requests waited
		expect(afterTwo).toBeGreaterThanOrEqual(10);
		expect(afterTwo).toBeLessThanOrEqual(16);
	});
});

describe('the limit', () => {
	it('rises by a few with each window, and does not rise while it is not used', () => {
		const { limiter, pass, rounds, meetBusy } = wide(32);
		meetBusy();
		pass(1_000);
		expect(limiter.limit).toBe(16);
		for (let nth = 0; nth < 50; nth++) {
			const started = [limiter.onStart(), limiter.onStart()];
			pass(100);
			for (const request of started) limiter.onSuccess(request);
		}
		expect(limiter.limit).toBe(16);
		expect(rounds(3, 100)).toEqual([18, 20, 22]);
	});

	it('sinks where requests wait long for no response, and not where they fail at once', () => {
		const { limiter, round } = wide(32);
		const end = (request: StartedRequest): void => limiter.onNoResponse(request);
		for (let nth = 0; nth < 10; nth++) round(10, end);
		expect(limiter.limit).toBe(32);
		for (let nth = 0; nth < 2; nth++) round(5_000, end);
		expect(limiter.limit).toBeLessThan(20);
	});

	it('does not follow answers to what left before it was set', () => {
		const { limiter, rounds, pass } = wide(32);
		const started = Array.from({ length: 32 }, () => limiter.onStart());
		pass(2_000);
		rounds(1, 100);
		for (const request of started) limiter.onSuccess(request);
		expect(limiter.limit).toBe(32);
	});

	it('comes back where a lower one does not make answers faster: the batch is not the cause', () => {
		const { rounds } = wide(32);
		const limits = rounds(12, 400);
		expect(Math.min(...limits)).toBeLessThan(24);
		expect(limits.at(-1)).toBe(32);
	});

	it('does not stay too high after a moment in which everything was slow', () => {
		const { limiter, round, rounds } = wide(32);
		rounds(10, 400);
		// four workers, each with 100 ms for a request
		const limits = Array.from({ length: 100 }, () => round(Math.max(100, limiter.limit * 25)));
		expect(Math.max(...limits.slice(-50))).toBeLessThanOrEqual(12);
	});
});

describe('a busy server', () => {
	it('gets half as many after a pause that doubles each time', () => {
		const { limiter, backoff, meetBusy } = wide(20);
		const seen = Array.from({ length: 5 }, () => {
			meetBusy();
			return [limiter.limit, backoff.pause];
		});
		expect(seen).toEqual([
			[10, 1_000],
			[5, 2_000],
			[2, 4_000],
			[1, 8_000],
			[1, 16_000],
		]);
		expect([backoff.pausedFor, backoff.busyAnswers]).toEqual([31_000, 5]);
	});

	it('is left alone for as long as it asks, within reason, and longer if that was not enough', () => {
		const { backoff, pass, meetBusy } = limiterOf(5);
		meetBusy(7_500);
		pass(400);
		expect(backoff.pause).toBe(7_100);
		meetBusy(0);
		expect(backoff.pause).toBe(2_000);
		meetBusy(3_600_000);
		expect(backoff.pause).toBe(MAX_PAUSE);
	});

	it('is news once for all that was in flight, though the longest of their wishes counts', () => {
		const { limiter, backoff, pass } = wide(20);
		const started = Array.from({ length: 12 }, () => limiter.onStart());
		pass(50);
		for (const [nth, request] of started.entries()) {
			limiter.onDrop(request, [1_000, 5_000, 2_000][nth % 3]);
		}
		expect([limiter.limit, backoff.pause, backoff.busyAnswers]).toEqual([10, 5_000, 12]);
		expect([backoff.pausedFor, backoff.gaveUp, limiter.inFlight]).toEqual([5_000, false, 0]);
	});

	it('is given up after some pauses in a row, and not before', () => {
		const { limiter, backoff, round, meetBusy } = limiterOf(5);
		const meetAllButOne = (): void => {
			for (let nth = 1; nth < MAX_CONSECUTIVE_PAUSES; nth++) meetBusy();
			expect(backoff.gaveUp).toBe(false);
		};
		meetAllButOne();
		round(10);
		meetAllButOne();
		limiter.onStart();
		limiter.onIgnore(true);
		meetAllButOne();
		limiter.onStart();
		limiter.onIgnore(false);
		meetBusy();
		expect(backoff.gaveUp).toBe(true);
	});
});
