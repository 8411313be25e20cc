import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toItemText, toNodeError } from '../nodeErrors';
import type { ItemAnswer, ItemPlan, Outcome } from './ItemPlan';
import type { ReadyItem } from './ServerQueue';
import { addHints, lostResults } from './executionHints';
import { runBatch } from './runBatch';
import type { BatchResult } from './runBatch';

/**
 * Runs every item of the input and accounts for each of them: the output is in the order of the input, and
 * every item is paired; one input item may have several output items. With *On Error: Continue* an item that fails leaves its message in its place, also
 * where the plan itself could not be opened, and hints sum up what happened.
 *
 * @param open reads the credential and opens what the items share
 * @throws {NodeApiError | NodeOperationError} the first failure in the order of the input, unless the node
 * continues on errors
 */
export async function runItems(
	context: IExecuteFunctions,
	open: () => Promise<ItemPlan>,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const result = await settleItems(context, open);
	const note = lostResults(result, context.getInputData().length);
	const items = result.outcomes.flatMap((outcome, itemIndex) => {
		if ('answer' in outcome) return toItems(outcome.answer, itemIndex);
		if (!context.continueOnFail()) {
			throw toNodeError(outcome.error, node, itemIndex, note);
		}
		return { json: { error: toItemText(outcome.error) }, pairedItem: { item: itemIndex } };
	});
	addHints(context, result);
	return items;
}

async function settleItems(
	context: IExecuteFunctions,
	open: () => Promise<ItemPlan>,
): Promise<BatchResult> {
	const items = context.getInputData();
	let plan: ItemPlan;
	try {
		plan = await open();
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		return { outcomes: items.map(() => ({ error })), servers: [] };
	}
	try {
		return await runPlan(context, plan, items.length);
	} finally {
		await plan.close();
	}
}

/**
 * Reads the parameters of all items first, so that bad input is refused before anything is sent; then runs
 * the items.
 */
async function runPlan(
	context: IExecuteFunctions,
	plan: ItemPlan,
	itemCount: number,
): Promise<BatchResult> {
	const continues = context.continueOnFail();
	const refused: Outcome[] = [];
	const ready: Array<ReadyItem> = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			ready.push({ itemIndex, task: plan.read(itemIndex) });
		} catch (error) {
			if (!continues) throw toNodeError(error, context.getNode(), itemIndex);
			refused[itemIndex] = { error };
		}
	}
	const cancelSignal = context.getExecutionCancelSignal();
	const result = await runBatch(plan, ready, { continues, cancelSignal });
	return { ...result, outcomes: Object.assign(result.outcomes, refused, doubted(ready)) };
}

/** The items whose answers turned out to be other items' when they were done already. */
function doubted(items: ReadyItem[]): Outcome[] {
	const outcomes: Outcome[] = [];
	for (const { itemIndex, task } of items) {
		const error = task.doubt?.();
		if (error !== undefined) outcomes[itemIndex] = { error };
	}
	return outcomes;
}

function toItems({ items }: ItemAnswer, itemIndex: number): INodeExecutionData[] {
	return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
}
