import { updateDisplayOptions } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Channel } from '../cpanel/api/exchange';
import { badInput } from '../errors';
import type { ItemAnswer } from './batch/ItemPlan';

/** What every operation of a node says of itself; how it reads and what it does is the node's own matter. */
export interface Operation {
	/** Its entry in the operation selector. */
	option: INodePropertyOptions;
	/** Its part of the form. That they show for this operation only is seen to by {@link operationFields}. */
	fields: INodeProperties[];
	/** Its output fields that open a mailbox. */
	sensitiveOutput: string[];
}

/** What an item asks of an operation: read and checked, and not sent yet. */
export interface ItemRequest {
	/** Origin of the server it goes to; empty where nothing is sent. */
	server: string;
	/** Whether it may be run again that a busy server did not handle, where that is not the same for all items. */
	repeatable?: boolean;
	/** What it is about: kept beside the message where it fails. */
	about?: IDataObject;
	/** @throws {CpanelError} */
	run: (channel: Channel) => Promise<ItemAnswer>;
}

/** The operation selector. n8n preselects the first. */
export function operationSelector(operations: Operation[]): INodeProperties {
	const preselected = operations[0]?.option.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ option }) => option),
		default: preselected,
	};
}

/** The fields of all operations, each shown for its own operation only. */
export function operationFields(operations: Operation[]): INodeProperties[] {
	return operations.flatMap(({ option, fields }) =>
		updateDisplayOptions({ show: { operation: [option.value] } }, fields),
	);
}

/** Each output field of any operation that opens a mailbox, once. */
export function sensitiveFields(operations: Operation[]): string[] {
	return [...new Set(operations.flatMap(({ sensitiveOutput }) => sensitiveOutput))];
}

/**
 * The operation that is chosen for the whole node.
 *
 * @throws {CpanelError} of kind `input` for a workflow that names another
 */
export function chosenOperation<Chosen extends Pick<Operation, 'option'>>(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	operations: Chosen[],
): Chosen {
	const chosen = context.getNodeParameter('operation', 0);
	const operation = operations.find(({ option }) => option.value === chosen);
	if (operation === undefined) {
		throw badInput('“Operation” has no such choice', 'Choose one from the list.');
	}
	return operation;
}

/** An expression that shows the chosen operation by its name, under the node on the canvas. */
export function operationSubtitle(operations: Array<Pick<Operation, 'option'>>): string {
	const names = Object.fromEntries(
		operations.map(({ option }): [string, string] => [String(option.value), option.name]),
	);
	return `={{ (${JSON.stringify(names)})[$parameter["operation"]] }}`;
}
