import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../errors';

type ParameterReader = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** Reads a text field of an item; a number out of an expression counts as text, nothing as an empty text. */
export function textParameter(context: ParameterReader, name: string, itemIndex: number): string {
	return asText(context.getNodeParameter(name, itemIndex, ''));
}

/** Reads what was chosen or typed in a resource locator. */
export function locatorParameter(
	context: ParameterReader,
	name: string,
	itemIndex: number,
): string {
	return asText(context.getNodeParameter(name, itemIndex, '', { extractValue: true }));
}

const LONGEST_TIMEOUT = 300;

/**
 * Reads the option “Timeout” of an item.
 *
 * @returns milliseconds
 * @throws {CpanelError} of kind `input`
 */
export function timeoutParameter(context: ParameterReader, itemIndex: number): number {
	const seconds = Number(context.getNodeParameter('options.timeout', itemIndex, 30));
	if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT)) {
		throw badInput(
			'“Timeout” is out of range',
			`Enter a number of seconds above 0, at most ${LONGEST_TIMEOUT}.`,
		);
	}
	return Math.round(seconds * 1000);
}

const MOST_LANES = 20;

/**
 * Reads the option “Max Concurrency”, which holds for the whole batch, from its first item.
 *
 * @throws {CpanelError} of kind `input`
 */
export function lanesParameter(context: ParameterReader): number {
	const lanes = Number(context.getNodeParameter('options.maxConcurrency', 0, 5));
	if (!Number.isInteger(lanes) || lanes < 1 || lanes > MOST_LANES) {
		throw badInput(
			'“Max Concurrency” is out of range',
			`Enter a whole number from 1 to ${MOST_LANES}.`,
		);
	}
	return lanes;
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}
