import { sleep } from 'n8n-workflow';

import { CpanelError } from '../../errors';
import type { NotKept } from '../../http/openTransport';
import type { ItemPlan, Outcome } from './ItemPlan';
import { refusedSignIns } from '../lockout/recentRefusals';
import type { RefusedSignIns } from '../lockout/recentRefusals';
import { ServerQueue } from './ServerQueue';
import type { ReadyItem, ServerReport } from './ServerQueue';
import { BatchSignIns } from '../lockout/SignInGuard';

export interface BatchOptions {
	/** Whether the items go on after one that has no answer. */
	continues: boolean;
	/** n8n's signal that the execution was stopped, where it has one. */
	cancelSignal?: AbortSignal;
	/** What servers refused before this batch; that of the process unless told. */
	memory?: RefusedSignIns;
}

export interface BatchResult {
	/** By the index of the item. Without `continues`, items may be missing once one has no answer. */
	outcomes: Outcome[];
	servers: ServerReport[];
	/** Why the connections of the batch were not kept, where that is so. */
	notKept?: NotKept;
}

/**
 * Runs items side by side, each server at its own pace, and never more at once than the plan allows. A wait
 * for a busy server ends with the user's Stop.
 */
export async function runBatch(
	plan: ItemPlan,
	items: Array<ReadyItem>,
	{ continues, cancelSignal, memory = refusedSignIns }: BatchOptions,
): Promise<BatchResult> {
	const outcomes: Outcome[] = [];
	const queues = queuesByServer(plan, items, memory);
	const waiting = new Set(queues);
	let inFlight = 0;
	let ends = false;

	let wake: (() => void) | undefined;
	const onStop = (): void => wake?.();
	cancelSignal?.addEventListener('abort', onStop);

	async function run(queue: ServerQueue): Promise<void> {
		inFlight += 1;
		const settled = await queue.runNext();
		inFlight -= 1;
		if (settled === undefined) waiting.add(queue);
		else outcomes[settled.itemIndex] = settled.outcome;
		if (settled && 'error' in settled.outcome && !continues) ends = true;
		wake?.();
	}

	/** Starts whatever may start now. @returns how long nothing else will, in milliseconds */
	function startAll(): number {
		let shortestPause = Infinity;
		for (const queue of waiting) {
			const error = queue.verdict ?? (cancelSignal?.aborted ? stoppedByUser() : undefined);
			if (error !== undefined) {
				for (const { itemIndex } of queue.drain()) outcomes[itemIndex] = { error };
			}
			const { pause } = queue;
			if (pause > 0) shortestPause = Math.min(shortestPause, pause);
			while (
				!queue.isEmpty &&
				pause === 0 &&
				queue.isBelowLimit &&
				inFlight < plan.maxConcurrency
			) {
				void run(queue);
			}
			if (queue.isEmpty) waiting.delete(queue);
		}
		return shortestPause;
	}

	try {
		while ((waiting.size > 0 && !ends) || inFlight > 0) {
			const pause = ends ? Infinity : startAll();
			const change = new Promise<void>((resolve) => (wake = resolve));
			if (inFlight === 0 && waiting.size === 0) break;
			// one that is over early wakes the loop for nothing; n8n 2.41 has no sleep that can be ended
			if (pause < Infinity) void sleep(pause).then(() => wake?.());
			await change;
		}
	} finally {
		cancelSignal?.removeEventListener('abort', onStop);
	}
	const notKept = plan.notKept?.();
	return { outcomes, servers: queues.map(({ report }) => report), ...(notKept && { notKept }) };
}

function queuesByServer(plan: ItemPlan, items: ReadyItem[], memory: RefusedSignIns): ServerQueue[] {
	const batch = new BatchSignIns();
	const queues = new Map<string, ServerQueue>();
	for (const item of items) {
		const { server } = item.task;
		const queue = queues.get(server) ?? new ServerQueue(plan, { server, batch, memory });
		queues.set(server, queue);
		queue.add(item);
	}
	return [...queues.values()];
}

function stoppedByUser(): CpanelError {
	return new CpanelError('connection', 'The execution was stopped before this item was sent', {
		hint: 'Run the workflow again.',
	});
}
