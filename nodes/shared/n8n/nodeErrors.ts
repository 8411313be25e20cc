import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { CpanelError } from '../cpanel/errors';

/**
 * Turns what stopped an item into an error of n8n's. Nothing of an answer or of a caught error is handed
 * on: n8n stores errors with all that hangs on them.
 *
 * @param itemIndex undefined where no item is concerned, as in a list search
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const named = withoutParameters(node);
	if (!(error instanceof CpanelError)) return unexpected(error, named, itemIndex);
	const details = {
		message: error.message,
		description: describe(error.hint, itemIndex),
		itemIndex,
	};
	return error.kind === 'input'
		? new NodeOperationError(named, error.message, details)
		: new NodeApiError(named, {}, { ...details, httpCode: tellingStatus(error) });
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
export function toItemText(error: unknown, node: INode): string {
	if (error instanceof CpanelError) return `${error.message}. ${error.hint}`;
	return toNodeError(error, node).message;
}

function describe(hint: string, itemIndex: number | undefined): string {
	return itemIndex === undefined ? hint : `${hint} [Item ${itemIndex}]`;
}

/** An expression that cannot be resolved says so itself; of anything else only the kind is told. */
function unexpected(
	error: unknown,
	node: INode,
	itemIndex: number | undefined,
): NodeOperationError {
	const kind = error instanceof Error ? error.name : typeof error;
	const isExpression = kind === 'ExpressionError' && error instanceof Error;
	const message = isExpression
		? error.message
		: `The node came across something it does not expect (${kind})`;
	const hint = isExpression
		? 'Check the expressions in the parameters of this node.'
		: 'Please report this, with the versions of n8n and of this package.';
	return new NodeOperationError(node, message, {
		description: describe(hint, itemIndex),
		itemIndex,
	});
}
