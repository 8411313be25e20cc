import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { CpanelError } from '../cpanel/errors';
import { toItemText, toNodeError } from './nodeErrors';
import { SignInGuard } from './SignInGuard';

export interface ItemAnswer {
	json: IDataObject;
	binary?: IBinaryKeyData;
	/** What the user should know although the item succeeded. */
	warnings?: string[];
}

/** How one operation treats one item. */
export interface ItemPlan<Parameters> {
	/** Reads and checks the parameters of an item. Sends nothing. */
	read(itemIndex: number): Parameters;
	/** Does what the item asks for. */
	run(parameters: Parameters): Promise<ItemAnswer>;
	/** Most items under way at once. */
	lanes: number;
	/** Whether each item signs in with a secret of its own, see {@link SignInGuard}. */
	itemsCarrySecrets: boolean;
	/** Items of different servers do not hold each other up when one server refuses. */
	serverOf?(parameters: Parameters): string;
	/** Gives back what the plan holds open. */
	close(): Promise<void>;
}

type Outcome = { answer: ItemAnswer } | { error: unknown };

/**
 * Runs every item of the input and accounts for each of them: the output is in the order of the input, and
 * every item is paired. With *On Error: Continue* an item that fails leaves its message in its place, also
 * where the plan itself could not be opened.
 *
 * @param open reads the credential and opens what the items share
 * @throws {NodeApiError | NodeOperationError} the first failure in the order of the input, unless the node
 * continues on errors
 */
export async function runItems<Parameters>(
	context: IExecuteFunctions,
	open: () => Promise<ItemPlan<Parameters>>,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const outcomes = await settleItems(context, open);
	return outcomes.map((outcome, itemIndex) => {
		if ('answer' in outcome) return toItem(context, outcome.answer, itemIndex);
		if (!context.continueOnFail()) throw toNodeError(outcome.error, node, itemIndex);
		return { json: { error: toItemText(outcome.error, node) }, pairedItem: { item: itemIndex } };
	});
}

async function settleItems<Parameters>(
	context: IExecuteFunctions,
	open: () => Promise<ItemPlan<Parameters>>,
): Promise<Outcome[]> {
	const items = context.getInputData();
	let plan: ItemPlan<Parameters>;
	try {
		plan = await open();
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		return items.map(() => ({ error }));
	}
	try {
		return await runPlan(context, plan, items.length);
	} finally {
		await plan.close();
	}
}

/**
 * Reads the parameters of all items first, so that bad input is refused before anything is sent; then runs
 * the items side by side, with no more under way than the plan allows.
 *
 * @returns the outcomes in the order of the input, up to the first failure unless the node continues
 */
async function runPlan<Parameters>(
	context: IExecuteFunctions,
	plan: ItemPlan<Parameters>,
	itemCount: number,
): Promise<Outcome[]> {
	const continues = context.continueOnFail();
	const outcomes: Outcome[] = [];
	const ready: Array<{ itemIndex: number; parameters: Parameters }> = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			ready.push({ itemIndex, parameters: plan.read(itemIndex) });
		} catch (error) {
			if (!continues) throw toNodeError(error, context.getNode(), itemIndex);
			outcomes[itemIndex] = { error };
		}
	}

	const guards = new Map<string, SignInGuard>();
	const guardOf = (server: string): SignInGuard => {
		const guard = guards.get(server) ?? new SignInGuard(plan.lanes, plan.itemsCarrySecrets);
		guards.set(server, guard);
		return guard;
	};

	const underWay = new Set<Promise<void>>();
	let failed = false;
	for (const { itemIndex, parameters } of ready) {
		const guard = guardOf(plan.serverOf?.(parameters) ?? '');
		while (guard.stopped === undefined && underWay.size >= guard.openLanes) {
			await Promise.race(underWay);
		}
		if (failed && !continues) break;
		const notSent = guard.stopped ?? stoppedByUser(context);
		if (notSent !== undefined) {
			outcomes[itemIndex] = { error: notSent };
			continue;
		}
		const running = plan
			.run(parameters)
			.then(
				(answer) => {
					outcomes[itemIndex] = { answer };
					guard.succeeded();
				},
				(error: unknown) => {
					outcomes[itemIndex] = { error };
					failed = true;
					guard.failed(error);
				},
			)
			.finally(() => underWay.delete(running));
		underWay.add(running);
	}
	await Promise.all(underWay);
	return outcomes;
}

function toItem(
	context: IExecuteFunctions,
	{ json, binary, warnings = [] }: ItemAnswer,
	itemIndex: number,
): INodeExecutionData {
	for (const message of warnings) {
		// missing in old versions of n8n
		context.addExecutionHints?.({
			message: `Item ${itemIndex}: ${message}`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	return { json, ...(binary && { binary }), pairedItem: { item: itemIndex } };
}

function stoppedByUser(context: IExecuteFunctions): CpanelError | undefined {
	return context.getExecutionCancelSignal()?.aborted
		? new CpanelError('connection', 'The execution was stopped before this item was sent', {
				hint: 'Run the workflow again.',
			})
		: undefined;
}
