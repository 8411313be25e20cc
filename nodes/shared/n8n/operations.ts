import { updateDisplayOptions } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Channel } from '../cpanel/api/send';
import { badInput } from '../errors';
import type { ItemTask } from './batch/ItemPlan';
import type { ParameterReader } from './parameters';

/**
 * One operation of a node: how it is shown, what it reads, what it does.
 *
 * @typeParam Tools what the node gives it beside the parameters of an item
 */
export interface Operation<Tools> {
	/** Its entry in the operation selector. */
	option: INodePropertyOptions;
	/** Its part of the form. That they show for this operation only is seen to by {@link operationFields}. */
	fields: INodeProperties[];
	/** Its output fields that open a mailbox. */
	sensitiveOutput: string[];
	/** Whether each item brings a secret that may be wrong for itself. */
	itemsCarrySecrets: boolean;
	/** The credential that it alone needs; n8n asks for one then. */
	credential?: string;
	/**
	 * Reads and checks the parameters of an item. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input`
	 */
	read(item: ParameterReader, tools: Tools): ItemTask<[Channel]>;
}

/** What of an operation the form needs. */
type Shown = Pick<Operation<never>, 'option' | 'fields' | 'sensitiveOutput'>;

/** The operation selector. n8n preselects the first. */
export function operationSelector(operations: Shown[]): INodeProperties {
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
export function operationFields(operations: Shown[]): INodeProperties[] {
	return operations.flatMap(({ option, fields }) =>
		updateDisplayOptions({ show: { operation: [option.value] } }, fields),
	);
}

/** Each output field of any operation that opens a mailbox, once. */
export function sensitiveFields(operations: Shown[]): string[] {
	return [...new Set(operations.flatMap(({ sensitiveOutput }) => sensitiveOutput))];
}

/**
 * The operation that is chosen for the whole node.
 *
 * @throws {CpanelError} of kind `input` for a workflow that names another
 */
export function chosenOperation<Chosen extends Pick<Shown, 'option'>>(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	operations: Chosen[],
): Chosen {
	const chosen = context.getNodeParameter('operation', 0);
	const operation = operations.find(({ option }) => option.value === chosen);
	if (operation === undefined) {
		throw badInput('“Operation” has an unknown value', 'Choose one from the list.');
	}
	return operation;
}

/** An expression that shows the chosen operation by its name, under the node on the canvas. */
export function operationSubtitle(operations: Array<Pick<Shown, 'option'>>): string {
	const names = Object.fromEntries(
		operations.map(({ option }): [string, string] => [String(option.value), option.name]),
	);
	return `={{ (${JSON.stringify(names)})[$parameter["operation"]] }}`;
}
