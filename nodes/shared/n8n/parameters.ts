import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { badInput } from '../errors';

/**
 * Reads the parameters of one item, of the form in the editor, or of a webhook: whatever it was bound to. A name may
 * be a path, as in `options.locale`.
 */
export interface ParameterReader {
	/** A text field; a number out of an expression counts as text, nothing as an empty text. */
	text(name: string): string;
	/** What was chosen or typed in a resource locator. */
	locator(name: string): string;
	/** A number field. */
	number(name: string, fallback: number): number;
	/** A switch. */
	switch(name: string): boolean;
}

/**
 * Binds the reader to an item.
 *
 * @example
 * const item = itemParameters(this, 0);
 * const mailbox = resolveMailbox(item.locator('domain'), item.locator('login'));
 */
export function itemParameters(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): ParameterReader {
	return readerOf(
		(name, fallback) => context.getNodeParameter(name, itemIndex, fallback),
		(name) => context.getNodeParameter(name, itemIndex, '', { extractValue: true }),
	);
}

/** Binds the reader to the form in the editor, for a list that a field offers. */
export function formParameters(
	context: Pick<ILoadOptionsFunctions, 'getNodeParameter'>,
): ParameterReader {
	return readerOf(
		(name, fallback) => context.getNodeParameter(name, fallback),
		(name) => context.getNodeParameter(name, '', { extractValue: true }),
	);
}

type Get = (name: string, fallback: string | number | boolean) => unknown;

function readerOf(get: Get, getExtracted: (name: string) => unknown): ParameterReader {
	return {
		text: (name) => asText(get(name, '')),
		locator: (name) => asText(getExtracted(name)),
		number: (name, fallback) => Number(get(name, fallback)),
		switch: (name) => get(name, false) === true,
	};
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}

/** As long as n8n's own HTTP helper waits when nothing is said, in seconds. */
const LONGEST_TIMEOUT = 300;

/**
 * Reads the option “Timeout”.
 *
 * @returns milliseconds
 * @throws {CpanelError} of kind `input`
 */
export function timeoutParameter(item: ParameterReader): number {
	const seconds = item.number('options.timeout', 30);
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
 * Reads the option “Max Concurrency”, which holds for the whole batch.
 *
 * @param firstItem its value counts
 * @throws {CpanelError} of kind `input`
 */
export function lanesParameter(firstItem: ParameterReader): number {
	const lanes = firstItem.number('options.maxConcurrency', 5);
	if (!Number.isInteger(lanes) || lanes < 1 || lanes > MOST_LANES) {
		throw badInput(
			'“Max Concurrency” is out of range',
			`Enter a whole number from 1 to ${MOST_LANES}.`,
		);
	}
	return lanes;
}
