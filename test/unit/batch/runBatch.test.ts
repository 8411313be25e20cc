import { CpanelError } from '../../../nodes/shared/errors';
import { runBatch } from '../../../nodes/shared/n8n/batch/runBatch';
import { passTime, useJestClock } from './jestClock';
import { done, items, plan } from './plan';
import type { Run } from './plan';

useJestClock();

/** Lets everything happen that waits for nothing. */
const nextTurn = async (): Promise<void> => await jest.advanceTimersByTimeAsync(0);

describe('a batch', () => {
	it('without an item is over at once', async () => {
		expect(await runBatch(plan({}), [], { continues: true })).toEqual({
			outcomes: [],
			servers: [],
		});
	});

	it('of many servers has no more in flight than it may', async () => {
		let underWay = 0;
		let most = 0;
		const run: Run = async () => {
			most = Math.max(most, (underWay += 1));
			await new Promise((resolve) => setTimeout(resolve, 1));
			underWay -= 1;
			return await done(0);
		};
		const spread = items(200, run, (itemIndex) => String(itemIndex % 40));
		const { outcomes, servers } = await passTime(runBatch(plan(), spread, { continues: true }));
		expect(outcomes).toHaveLength(200);
		expect(servers).toHaveLength(40);
		expect(most).toBe(5);
	});

	it('goes on after what nobody expected', async () => {
		const run: Run = async (itemIndex) => {
			if (itemIndex === 1) throw new TypeError('x');
			return await done(itemIndex);
		};
		const { outcomes } = await runBatch(plan(), items(3, run), { continues: true });
		expect(outcomes).toEqual([
			{ answer: await done(0) },
			{ error: new TypeError('x') },
			{ answer: await done(2) },
		]);
	});

	it('sends fewer requests at once to a server that lets requests wait for nothing', async () => {
		let underWay = 0;
		const seen: number[] = [];
		const run: Run = async (itemIndex) => {
			seen.push((underWay += 1));
			await new Promise((resolve) => setTimeout(resolve, itemIndex < 10 ? 1 : 150));
			underWay -= 1;
			if (itemIndex < 10) return await done(0);
			throw new CpanelError('connection', 'Nothing came', { hint: '' });
		};
		await passTime(runBatch(plan({ maxConcurrency: 8 }), items(60, run), { continues: true }));
		expect(Math.max(...seen)).toBe(8);
		expect(Math.max(...seen.slice(-8))).toBeLessThan(6);
	});

	it('that waits for a busy server ends at once with Stop', async () => {
		const stop = new AbortController();
		const run: Run = async () => {
			setTimeout(() => stop.abort(), 50);
			throw new CpanelError('busy', 'Busy', { hint: '', retryAfter: 30_000 });
		};
		const started = performance.now();
		const { outcomes } = await passTime(
			runBatch(plan(), items(3, run), { continues: true, cancelSignal: stop.signal }),
		);
		expect(performance.now() - started).toBe(50);
		expect(outcomes).toHaveLength(3);
		for (const outcome of outcomes) {
			expect('error' in outcome && String(outcome.error)).toMatch(
				/was stopped before this item was sent/,
			);
		}
	});

	it('that stops on errors begins nothing more after one, and does not wait for a busy server', async () => {
		const seen: number[] = [];
		const run: Run = async (itemIndex) => {
			seen.push(itemIndex);
			if (itemIndex === 0) throw new CpanelError('busy', 'Busy', { hint: '', retryAfter: 30_000 });
			throw new CpanelError('refusal', 'No', { hint: '' });
		};
		const { outcomes } = await runBatch(plan({ maxConcurrency: 2 }), items(9, run, String), {
			continues: false,
		});
		expect(seen).toEqual([0, 1]);
		expect(Object.keys(outcomes)).toEqual(['1']);
	});

	it('that stops on errors finishes what is under way', async () => {
		const begun: number[] = [];
		const finish: Array<() => void> = [];
		const run: Run = async (itemIndex) => {
			begun.push(itemIndex);
			if (itemIndex === 0) return await done(0);
			await new Promise<void>((resolve) => finish.push(resolve));
			if (itemIndex === 1) throw new CpanelError('refusal', 'No', { hint: '' });
			return await done(itemIndex);
		};
		const running = runBatch(plan({ maxConcurrency: 3 }), items(9, run), { continues: false });
		while (begun.length < 3) await nextTurn();
		finish[0]?.();
		await nextTurn();
		for (const go of finish) go();
		const { outcomes } = await running;
		expect(Object.keys(outcomes)).toEqual(begun.map(String));
		expect(outcomes.map((outcome) => 'answer' in outcome).slice(0, 3)).toEqual([true, false, true]);
	});
});
