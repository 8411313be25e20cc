import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { badInput } from '../errors';

interface Selectable {
	/** The operation's entry in the selector. */
	option: INodePropertyOptions;
}

/**
 * The operation that is chosen for the whole node.
 *
 * @throws {CpanelError} of kind `input` for a workflow that names another
 */
export function chosenOperation<Operation extends Selectable>(
	context: IExecuteFunctions,
	operations: Operation[],
): Operation {
	const chosen = context.getNodeParameter('operation', 0);
	const operation = operations.find(({ option }) => option.value === chosen);
	if (operation === undefined) {
		throw badInput('“Operation” has no such choice', 'Choose one from the list.');
	}
	return operation;
}

/** An expression that shows the chosen operation by its name, under the node on the canvas. */
export function operationSubtitle(operations: Selectable[]): string {
	const names = Object.fromEntries(
		operations.map(({ option }): [string, string] => [String(option.value), option.name]),
	);
	return `={{ (${JSON.stringify(names)})[$parameter["operation"]] }}`;
}
