import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { CpanelError, sentence } from '../errors';

/**
 * Turns what stopped an item into an error of n8n's. Nothing of an answer or of a caught error is handed
 * on: n8n stores errors with all that hangs on them.
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
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const named = withoutParameters(node);
	if (!(error instanceof CpanelError)) return unexpected(error, named, itemIndex, note);
	const details = {
		message: error.message,
		description: describe(error.hint, itemIndex, note),
		itemIndex,
	};
	return error.kind === 'input'
		? new NodeOperationError(named, error.message, details)
		: new NodeApiError(named, {}, { ...details, httpCode: tellingStatus(error) });
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
	return error instanceof CpanelError
		? `${sentence(error.message)} ${error.hint}`
		: toItemMessage(error);
}

/** What happened, without the next step. */
export function toItemMessage(error: unknown): string {
	const isOwn =
		error instanceof CpanelError ||
		error instanceof NodeApiError ||
		error instanceof NodeOperationError;
	return isOwn ? error.message : unexpectedMessage(error);
}

function describe(hint: string, itemIndex: number | undefined, note?: string): string {
	const place = itemIndex === undefined ? undefined : `[Item ${itemIndex}]`;
	return [hint, note, place].filter((part) => part !== undefined).join(' ');
}

/** An expression that cannot be resolved says so itself; of anything else only the kind is told. */
function unexpected(
	error: unknown,
	node: INode,
	itemIndex: number | undefined,
	note: string | undefined,
): NodeOperationError {
	const hint = isExpressionError(error)
		? 'Check the expressions in the parameters of this node.'
		: 'Please report this, with the versions of n8n and of this package.';
	return new NodeOperationError(node, unexpectedMessage(error), {
		description: describe(hint, itemIndex, note),
		itemIndex,
	});
}

function unexpectedMessage(error: unknown): string {
	if (isExpressionError(error)) return error.message;
	const kind = error instanceof Error ? error.name : typeof error;
	return `The node came across something it does not expect (${kind})`;
}

function isExpressionError(error: unknown): error is Error {
	return error instanceof Error && error.name === 'ExpressionError';
}
