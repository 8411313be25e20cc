import { CpanelError } from '../../nodes/shared/errors';
import type { ItemAnswer, ItemPlan } from '../../nodes/shared/n8n/batch/ItemPlan';
import type { ReadyItem } from '../../nodes/shared/n8n/batch/ServerQueue';
import { runBatch } from '../../nodes/shared/n8n/batch/runBatch';

type Run = (itemIndex: number) => Promise<ItemAnswer>;

const done: Run = async (itemIndex) => ({ items: [{ json: { itemIndex } }] });

function plan(changes: Partial<ItemPlan> = {}): ItemPlan {
	return {
		read: () => {
			throw new Error('The items were read before');
		},
		lanes: 5,
		itemsCarrySecrets: false,
		repeatable: true,
		close: async () => {},
		...changes,
	};
}

function items(
	count: number,
	run: Run = done,
	serverOf: (itemIndex: number) => string = () => 'one',
): ReadyItem[] {
	return Array.from({ length: count }, (_, itemIndex) => ({
		itemIndex,
		task: { server: serverOf(itemIndex), run: async () => await run(itemIndex) },
	}));
}

describe('a batch', () => {
	it('without an item is over at once', async () => {
		expect(await runBatch(plan({}), [], { continues: true })).toEqual({
			outcomes: [],
			servers: [],
		});
	});

	it('of many servers has no more under way than there are lanes', async () => {
		let underWay = 0;
		let most = 0;
		const run: Run = async () => {
			most = Math.max(most, (underWay += 1));
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return await done(0);
		};
		const spread = items(200, run, (itemIndex) => String(itemIndex % 40));
		const { outcomes, servers } = await runBatch(plan(), spread, { continues: true });
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

	it('has fewer lanes for a server that lets requests wait for nothing', async () => {
		let underWay = 0;
		const seen: number[] = [];
		const run: Run = async (itemIndex) => {
			seen.push((underWay += 1));
			await new Promise((resolve) => setTimeout(resolve, itemIndex < 10 ? 1 : 150));
			underWay -= 1;
			if (itemIndex < 10) return await done(0);
			throw new CpanelError('connection', 'Nothing came', { hint: '' });
		};
		await runBatch(plan({ lanes: 8 }), items(60, run), { continues: true });
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
		const { outcomes } = await runBatch(plan(), items(3, run), {
			continues: true,
			cancelSignal: stop.signal,
		});
		expect(performance.now() - started).toBeLessThan(800);
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
		const { outcomes } = await runBatch(plan({ lanes: 2 }), items(9, run, String), {
			continues: false,
		});
		expect(seen).toEqual([0, 1]);
		expect(Object.keys(outcomes)).toEqual(['1']);
	});
});
