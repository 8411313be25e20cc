import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { sentence } from '../../errors';
import type { CpanelError } from '../../errors';
import { toItemMessage } from '../nodeErrors';
import type { Outcome } from './ItemPlan';
import type { ServerReport } from './ServerQueue';
import type { BatchResult } from './runBatch';

/** Most different messages that are told one by one; the others are counted. More lines than that hide the output. */
const MOST_GROUPS = 5;
/** Most items that are told by their index: enough to look some up, and still one line. */
const MOST_INDEXES = 3;

/**
 * Shows above the output what happened to the items: what they were warned of, which have no result and
 * why, and what slowed the batch down or stopped it. However many items there are, the hints are few.
 * n8n keeps hints only of a node that does not throw; old versions have none.
 */
export function addHints(context: IExecuteFunctions, result: BatchResult): void {
	const hints = [
		...warnings(result.outcomes),
		...withoutResult(result.outcomes),
		...result.servers.flatMap(slowedDown).slice(0, MOST_GROUPS),
		...result.servers.flatMap(stopped).slice(0, MOST_GROUPS),
	];
	for (const message of hints) context.addExecutionHints?.(outputHint(message));
}

/**
 * What an error says instead, as there are no hints beside it.
 *
 * @returns undefined where there was only one item
 */
export function lostResults({ outcomes }: BatchResult, itemCount: number): string | undefined {
	if (itemCount < 2) return undefined;
	const done = outcomes.filter((outcome) => 'answer' in outcome).length;
	return `${done} of ${count(itemCount)} were done by then; with “On Error: Continue” under “Settings”, each would have kept its own result.`;
}

function warnings(outcomes: Outcome[]): string[] {
	const itemsByMessage = new Groups();
	for (const [itemIndex, outcome] of outcomes.entries()) {
		if (!('answer' in outcome)) continue;
		for (const message of outcome.answer.warnings ?? []) itemsByMessage.add(message, itemIndex);
	}
	const { largest, rest } = itemsByMessage.split();
	return [
		...largest.map(([message, items]) => `${named(items)}: ${message}`),
		...(rest.length === 0 ? [] : [`${count(total(rest))} had other warnings.`]),
	];
}

/** An item that is alone carries its own message. */
function withoutResult(outcomes: Outcome[]): string[] {
	const itemsByMessage = new Groups();
	for (const [itemIndex, outcome] of outcomes.entries()) {
		if ('error' in outcome) itemsByMessage.add(toItemMessage(outcome.error), itemIndex);
	}
	const { largest, rest } = itemsByMessage.split();
	if (outcomes.length < 2 || largest.length === 0) return [];
	const reasons = largest.map(([message, items]) => `${named(items)}: ${sentence(message)}`);
	if (rest.length > 0) reasons.push(`${count(total(rest))} for other reasons.`);
	const missing = total([...largest, ...rest]);
	return [`${missing} of ${count(outcomes.length)} have no result. ${reasons.join(' ')}`];
}

/** Of a server that was given up, {@link stopped} tells. */
function slowedDown({ busy, verdict }: ServerReport): string[] {
	if (busy === undefined || verdict?.kind === 'busy') return [];
	const { error, answers, pausedFor } = busy;
	const seconds = Math.round(pausedFor / 1000);
	return [
		`The batch slowed down: ${sentence(error.message)} That was the answer to ${answers} of the requests; ` +
			`after pauses of ${seconds} s in all it went on with fewer at once.`,
	];
}

function stopped({ verdict, leftOut }: ServerReport): string[] {
	if (verdict === undefined || leftOut === 0) return [];
	const { message, hint }: CpanelError = verdict;
	return [
		`The batch was stopped, and ${count(leftOut)} ${leftOut === 1 ? 'was' : 'were'} not sent: ${sentence(message)} ${hint}`,
	];
}

type Group = [message: string, items: number[]];

/** The items that a message is about. */
class Groups {
	private readonly items = new Map<string, number[]>();

	add(message: string, itemIndex: number): void {
		const items = this.items.get(message);
		if (items === undefined) this.items.set(message, [itemIndex]);
		else items.push(itemIndex);
	}

	split(): { largest: Group[]; rest: Group[] } {
		const groups = [...this.items].sort(([, one], [, other]) => other.length - one.length);
		return { largest: groups.slice(0, MOST_GROUPS), rest: groups.slice(MOST_GROUPS) };
	}
}

function total(groups: Group[]): number {
	return groups.reduce((sum, [, items]) => sum + items.length, 0);
}

function count(items: number): string {
	return items === 1 ? '1 item' : `${items} items`;
}

function named(items: number[]): string {
	const first = items.slice(0, MOST_INDEXES).join(', ');
	const more = items.length - MOST_INDEXES;
	if (more > 0) return `Items ${first} and ${more} more`;
	return items.length === 1 ? `Item ${first}` : `Items ${first}`;
}

/** n8n shows hints as HTML. */
function outputHint(text: string): NodeExecutionHint {
	const message = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return { message, type: 'warning', location: 'outputPane' };
}
