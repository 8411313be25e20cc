import type { ItemAnswer, ItemPlan } from '../../../nodes/shared/n8n/batch/ItemPlan';
import type { ReadyItem } from '../../../nodes/shared/n8n/batch/ServerQueue';

/** Does what the item of this number asks for. */
export type Run = (itemIndex: number) => Promise<ItemAnswer>;

/** Answers with the number of the item. */
export const done: Run = async (itemIndex) => ({ items: [{ json: { itemIndex } }] });

export function plan(changes: Partial<ItemPlan> = {}): ItemPlan {
	return {
		read: () => {
			throw new Error('The items were read before');
		},
		maxConcurrency: 5,
		itemsCarrySecrets: false,
		repeatable: true,
		close: async () => {},
		...changes,
	};
}

/** So many items, all of one server unless told. */
export function items(
	count: number,
	run: Run = done,
	serverOf: (itemIndex: number) => string = () => 'one',
): ReadyItem[] {
	return Array.from({ length: count }, (_, itemIndex) => ({
		itemIndex,
		task: { server: serverOf(itemIndex), run: async () => await run(itemIndex) },
	}));
}
