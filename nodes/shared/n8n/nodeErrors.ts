import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { CpanelError, sentence } from '../errors';

/**
 * Turns what stopped an item into an error of n8n's. Nothing of an answer or of a caught error is handed
 * on: n8n stores errors with all that hangs on them. n8n says itself which item it was.
 *
 * @param itemIndex undefined where no item is concerned, as in a list search
 * @param note what to say after the next step
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex?: number,
	note?: string,
): NodeApiError | NodeOperationError {
	const named = withoutParameters(node);
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return ofN8n(error, named, itemIndex);
	}
	if (!(error instanceof CpanelError)) return unexpected(error, named, itemIndex, note);
	const details = {
		message: plainText(error.message),
		description: describe(error.hint, note, error.details),
		itemIndex,
	};
	const made =
		error.kind === 'input'
			? new NodeOperationError(named, details.message, details)
			: new NodeApiError(named, {}, { ...details, httpCode: tellingStatus(error) });
	// the editor shows these where somebody unfolds the details
	if (error.details !== undefined) made.messages.push(plainText(error.details));
	return made;
}

/**
 * An error that n8n made, such as for a credential that is missing. It carries the node with all parameters along, and
 * maybe what caused it, so that only its words go on.
 */
function ofN8n(
	error: NodeApiError | NodeOperationError,
	node: INode,
	itemIndex: number | undefined,
): NodeOperationError {
	const description = typeof error.description === 'string' ? error.description : '';
	return new NodeOperationError(node, plainText(error.message), {
		...(description !== '' && { description: plainText(description) }),
		itemIndex: (error.context.itemIndex as number | undefined) ?? itemIndex,
	});
}

/**
 * Turns what kept a list from the editor into an error of n8n's, with cause and remedy in one text: of what a person
 * has to correct, the editor is told nothing else.
 */
export function toListError(error: unknown, node: INode): NodeApiError {
	const status = error instanceof CpanelError ? tellingStatus(error) : undefined;
	return new NodeApiError(
		withoutParameters(node),
		{},
		{ message: toItemText(error), httpCode: status },
	);
}

/** n8n puts the status before the message, where the 200 of a refusal would puzzle. */
function tellingStatus({ httpStatus }: CpanelError): string | undefined {
	return httpStatus === undefined || httpStatus < 300 ? undefined : String(httpStatus);
}

/** An error carries its node along, and a secret may have been typed into a parameter of it. */
function withoutParameters(node: INode): INode {
	return { ...node, parameters: {} };
}

/** All that a person needs in one text, for an item that carries its error along. */
export function toItemText(error: unknown): string {
	if (!(error instanceof CpanelError)) return toItemMessage(error);
	const { message, hint, details } = error;
	// an error that came in with the item has its hint in it already
	if (hint === '') return plainText(message);
	return plainText(
		[sentence(message), hint, details && sentence(details)].filter(Boolean).join(' '),
	);
}

/** What happened, without the next step. */
export function toItemMessage(error: unknown): string {
	const isOwn =
		error instanceof CpanelError ||
		error instanceof NodeApiError ||
		error instanceof NodeOperationError;
	return plainText(isOwn ? error.message : unexpectedMessage(error));
}

/** What an error has in common with others that have the same cause, to count them by. */
export function toCause(error: unknown): string {
	return error instanceof CpanelError ? plainText(error.summary) : toItemMessage(error);
}

function describe(hint: string, note?: string, details?: string): string {
	const parts = [hint, note, details && sentence(details)];
	return plainText(parts.filter((part) => part !== undefined && part !== '').join(' '));
}

/** An expression that cannot be resolved says so itself; of anything else only the kind is told. */
function unexpected(
	error: unknown,
	node: INode,
	itemIndex: number | undefined,
	note: string | undefined,
): NodeOperationError {
	return new NodeOperationError(node, plainText(unexpectedMessage(error)), {
		description: describe(unexpectedHint(error), note),
		itemIndex,
	});
}

function unexpectedHint(error: unknown): string {
	if (isExpressionError(error)) return 'Check the expressions in the parameters of this node.';
	return isMissingCredential(error)
		? 'Choose another credential in this node, or create it again.'
		: 'Please report this, with the versions of n8n and of this package.';
}

function unexpectedMessage(error: unknown): string {
	if (isExpressionError(error)) return error.message;
	if (isMissingCredential(error)) return 'The credential that this node names does not exist';
	const kind = error instanceof Error ? error.name : typeof error;
	return `The node encountered an unexpected error (${kind})`;
}

function isExpressionError(error: unknown): error is Error {
	return error instanceof Error && error.name === 'ExpressionError';
}

/** n8n names it like this where a credential was deleted since the node was set up. */
function isMissingCredential(error: unknown): boolean {
	return error instanceof Error && error.name === 'CredentialNotFoundError';
}

/** Longer than any text of ours with a server's words in it. */
const MAX_TEXT_LENGTH = 2_000;

/**
 * A text as n8n may show it. Its editor takes messages, descriptions and hints for HTML, where what is left of a tag
 * inside a tag is a tag again: so the angle brackets themselves go, whatever stands in them. Marks that turn the
 * direction of writing round go as well, and whatever else does not show.
 */
export function plainText(text: string): string {
	const plain = text
		.slice(0, 2 * MAX_TEXT_LENGTH)
		.replace(/[<>]/g, ' ')
		.replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return plain.length > MAX_TEXT_LENGTH ? `${plain.slice(0, MAX_TEXT_LENGTH)}…` : plain;
}
