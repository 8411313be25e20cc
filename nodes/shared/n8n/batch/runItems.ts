import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { MAX_ADDRESS_LENGTH } from '../../cpanel/input/mailbox';
import { CpanelError } from '../../errors';
import { toItemText, toNodeError } from '../nodeErrors';
import type { ItemAnswer, ItemPlan, Outcome } from './ItemPlan';
import type { ReadyItem } from './ServerQueue';
import { addHints, lostResults } from './executionHints';
import { runBatch } from './runBatch';
import type { BatchResult } from './runBatch';

/**
 * Runs every item of the input and accounts for each of them: the output is in the order of the input, and every item
 * is paired; one input item may have several output items. With *On Error: Continue* an item that fails leaves its
 * message in its place, also where the plan itself could not be opened, and hints sum up what happened.
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
		const json = { ...about(context, result, itemIndex), error: toItemText(outcome.error) };
		return { json, pairedItem: { item: itemIndex } };
	});
	addHints(context, result);
	return items;
}

/**
 * What a failed item was about, so that somebody who reads its message knows whose it is: what the operation
 * says, or the address that came in. An error output gets nothing beside the message: n8n knows a failed item by that,
 * and adds what came in itself.
 */
function about(
	context: IExecuteFunctions,
	{ abouts }: SettledItems,
	itemIndex: number,
): IDataObject {
	if (context.getNode().onError === 'continueErrorOutput') return {};
	const said = abouts[itemIndex];
	if (said !== undefined) return said;
	const email = context.getInputData()[itemIndex]?.json.email;
	return typeof email === 'string' && email.length <= MAX_ADDRESS_LENGTH ? { email } : {};
}

interface SettledItems extends BatchResult {
	/** By the index of the item, as far as its parameters could be read. */
	abouts: Array<IDataObject | undefined>;
}

async function settleItems(
	context: IExecuteFunctions,
	open: () => Promise<ItemPlan>,
): Promise<SettledItems> {
	const items = context.getInputData();
	let plan: ItemPlan;
	try {
		plan = await open();
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		return { outcomes: items.map(() => ({ error })), servers: [], abouts: [] };
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
): Promise<SettledItems> {
	const continues = context.continueOnFail();
	const refused: Outcome[] = [];
	const ready: Array<ReadyItem> = [];
	const abouts: SettledItems['abouts'] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			const task = plan.read(itemIndex);
			abouts[itemIndex] = task.about;
			ready.push({ itemIndex, task });
		} catch (thrown) {
			const error = earlierFailure(context, itemIndex, thrown) ?? thrown;
			if (!continues) throw toNodeError(error, context.getNode(), itemIndex);
			refused[itemIndex] = { error };
		}
	}
	const cancelSignal = context.getExecutionCancelSignal();
	const result = await runBatch(plan, ready, { continues, cancelSignal });
	return {
		...result,
		outcomes: Object.assign(result.outcomes, refused, mismatched(ready)),
		abouts,
	};
}

/** The items whose answers turned out to be other items' when they were done already. */
function mismatched(items: ReadyItem[]): Outcome[] {
	const outcomes: Outcome[] = [];
	for (const { itemIndex, task } of items) {
		const error = task.mismatch?.();
		if (error !== undefined) outcomes[itemIndex] = { error };
	}
	return outcomes;
}

/**
 * The failure that an item brings along from an earlier node, where that is why a field is empty here: it says more
 * than that the field is.
 */
function earlierFailure(
	context: IExecuteFunctions,
	itemIndex: number,
	thrown: unknown,
): CpanelError | undefined {
	const isEmpty = thrown instanceof CpanelError && /^“[^”]+” is empty$/.test(thrown.message);
	const earlier = context.getInputData()[itemIndex]?.json.error;
	return isEmpty && typeof earlier === 'string' && earlier.trim() !== ''
		? new CpanelError('input', earlier, { hint: '' })
		: undefined;
}

function toItems({ items }: ItemAnswer, itemIndex: number): INodeExecutionData[] {
	return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
}
