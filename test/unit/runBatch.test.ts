import { CpanelError } from '../../nodes/shared/errors';
import type { ItemPlan } from '../../nodes/shared/n8n/batch/ItemPlan';
import { runBatch } from '../../nodes/shared/n8n/batch/runBatch';

/** The plan of a batch whose items are numbers. */
function plan(changes: Partial<ItemPlan<number>>): ItemPlan<number> {
	return {
		read: (itemIndex) => itemIndex,
		run: async () => ({ json: {} }),
		lanes: 5,
		itemsCarrySecrets: false,
		repeatable: true,
		close: async () => {},
		...changes,
	};
}

function items(count: number): Array<{ itemIndex: number; parameters: number }> {
	return Array.from({ length: count }, (_, index) => ({ itemIndex: index, parameters: index }));
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
		const run: ItemPlan<number>['run'] = async () => {
			most = Math.max(most, (underWay += 1));
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return { json: {} };
		};
		const serverOf = (parameters: number): string => String(parameters % 40);
		const batch = plan({ run, serverOf });
		const { outcomes, servers } = await runBatch(batch, items(200), { continues: true });
		expect(outcomes).toHaveLength(200);
		expect(servers).toHaveLength(40);
		expect(most).toBe(5);
	});

	it('goes on after what nobody expected', async () => {
		const run: ItemPlan<number>['run'] = async (parameters) => {
			if (parameters === 1) throw new TypeError('x');
			return { json: { parameters } };
		};
		const { outcomes } = await runBatch(plan({ run }), items(3), { continues: true });
		expect(outcomes).toEqual([
			{ answer: { json: { parameters: 0 } } },
			{ error: new TypeError('x') },
			{ answer: { json: { parameters: 2 } } },
		]);
	});

	it('has fewer lanes for a server that lets requests wait for nothing', async () => {
		let underWay = 0;
		const seen: number[] = [];
		const run: ItemPlan<number>['run'] = async (parameters) => {
			seen.push((underWay += 1));
			await new Promise((resolve) => setTimeout(resolve, parameters < 10 ? 1 : 150));
			underWay -= 1;
			if (parameters < 10) return { json: {} };
			throw new CpanelError('connection', 'Nothing came', { hint: '' });
		};
		await runBatch(plan({ run, lanes: 8 }), items(60), { continues: true });
		expect(Math.max(...seen)).toBe(8);
		expect(Math.max(...seen.slice(-8))).toBeLessThan(6);
	});

	it('that waits for a busy server ends at once with Stop', async () => {
		const stop = new AbortController();
		const run: ItemPlan<number>['run'] = async () => {
			setTimeout(() => stop.abort(), 50);
			throw new CpanelError('busy', 'Busy', { hint: '', retryAfter: 30_000 });
		};
		const started = performance.now();
		const { outcomes } = await runBatch(plan({ run }), items(3), {
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
		const run: ItemPlan<number>['run'] = async (parameters) => {
			seen.push(parameters);
			if (parameters === 0) throw new CpanelError('busy', 'Busy', { hint: '', retryAfter: 30_000 });
			throw new CpanelError('refusal', 'No', { hint: '' });
		};
		const serverOf = String;
		const { outcomes } = await runBatch(plan({ run, serverOf, lanes: 2 }), items(9), {
			continues: false,
		});
		expect(seen).toEqual([0, 1]);
		expect(Object.keys(outcomes)).toEqual(['1']);
	});
});
