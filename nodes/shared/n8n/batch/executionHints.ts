import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { sentence } from '../../errors';
import type { CpanelError } from '../../errors';
import type { NotKept } from '../../http/openTransport';
import { plainText, toCause, toItemMessage } from '../nodeErrors';
import type { Outcome } from './ItemPlan';
import type { ServerReport } from './ServerQueue';
import type { BatchResult } from './runBatch';

/** Most different messages that are told one by one; the others are counted. More lines than that hide the output. */
const MAX_GROUPS = 5;
/** Most items that are told by their index: enough to look some up, and still one line. */
const MAX_INDEXES = 3;

/** Items of a batch for which the handshakes add up to more than a moment: 200 of 40 ms are eight seconds. */
const LARGE_BATCH = 200;

/**
 * Shows above the output what happened to the items: what they were warned of, which have no result and
 * why, and what slowed the batch down or stopped it. However many items there are, the hints are few.
 * n8n keeps hints only of a node that does not throw; old versions have none.
 */
export function addHints(context: IExecuteFunctions, result: BatchResult): void {
	const hints = [
		...warnings(result.outcomes),
		...withoutResult(result.outcomes),
		...result.servers.flatMap(slowedDown).slice(0, MAX_GROUPS),
		...result.servers.flatMap(stopped).slice(0, MAX_GROUPS),
	];
	for (const message of hints) context.addExecutionHints?.(outputHint(message));
	for (const message of notKept(result)) {
		context.addExecutionHints?.({ ...outputHint(message), type: 'info' });
	}
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
		...largest.map(([message, items]) => `${itemList(items)}: ${message}`),
		...(rest.length === 0 ? [] : [`${count(total(rest))} had other warnings.`]),
	];
}

/** An item that is alone carries its own message. */
function withoutResult(outcomes: Outcome[]): string[] {
	const itemsByCause = new Groups();
	const messagesByCause = new Map<string, Set<string>>();
	for (const [itemIndex, outcome] of outcomes.entries()) {
		if (!('error' in outcome)) continue;
		const cause = toCause(outcome.error);
		itemsByCause.add(cause, itemIndex);
		const messages = messagesByCause.get(cause) ?? new Set();
		messagesByCause.set(cause, messages.add(toItemMessage(outcome.error)));
	}
	const { largest, rest } = itemsByCause.split();
	if (outcomes.length < 2 || largest.length === 0) return [];
	const reasons = largest.map(([cause, items]) => {
		const [message = cause, another] = messagesByCause.get(cause) ?? [];
		// who it is about is told where it is the same for all of them
		return `${itemList(items)}: ${sentence(another === undefined ? message : cause)}`;
	});
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
		`The batch slowed down: ${sentence(error.message)} The server sent this response to ${answers} of the requests. ` +
			`After pauses of ${seconds} s in total, the batch continued with fewer requests at once.`,
	];
}

function stopped({ verdict, leftOut }: ServerReport): string[] {
	if (verdict === undefined || leftOut === 0) return [];
	const { message, hint }: CpanelError = verdict;
	return [
		`The batch was stopped, and ${count(leftOut)} ${leftOut === 1 ? 'was' : 'were'} not sent: ${sentence(message)} ${hint}`,
	];
}

/** What to do about connections that are not kept: each once, by whoever runs n8n. */
const HOW_TO_KEEP: Record<NotKept, string> = {
	noUndici:
		'The package “undici” keeps them, and is missing here or too old. Whoever runs n8n can add it once, where it outlasts updates of n8n and of this node: “npm install undici@7 --prefix ~/.n8n”, in the official container “docker exec -u node CONTAINER npm install undici@7 --prefix /home/node/.n8n”; with workers, for each of them.',
	oldN8n: 'Update n8n: versions 2.30 and newer let a node keep them.',
	unreachable:
		'Kept connections did not reach the server, but n8n’s own connections did. The usual reason is the proxy variables, which the two read by different rules. Enter the proxy in HTTPS_PROXY, and each exception in NO_PROXY by its full name.',
};

/** Told of large batches alone: with fewer items, nobody would notice the difference. */
function notKept({ outcomes, notKept: why }: BatchResult): string[] {
	const done = outcomes.filter((outcome) => 'answer' in outcome).length;
	if (why === undefined || done < LARGE_BATCH) return [];
	return [
		`Connections were not kept: for ${count(done)}, each request needed its own TLS handshake, which takes time and costs both sides work. ${HOW_TO_KEEP[why]}`,
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
		return { largest: groups.slice(0, MAX_GROUPS), rest: groups.slice(MAX_GROUPS) };
	}
}

function total(groups: Group[]): number {
	return groups.reduce((sum, [, items]) => sum + items.length, 0);
}

function count(items: number): string {
	return items === 1 ? '1 item' : `${items} items`;
}

function itemList(items: number[]): string {
	const first = items.slice(0, MAX_INDEXES).join(', ');
	const more = items.length - MAX_INDEXES;
	if (more > 0) return `Items ${first} and ${more} more`;
	return items.length === 1 ? `Item ${first}` : `Items ${first}`;
}

/** n8n shows hints as HTML. */
function outputHint(text: string): NodeExecutionHint {
	const message = plainText(text).replaceAll('&', '&amp;');
	return { message, type: 'warning', location: 'outputPane' };
}
