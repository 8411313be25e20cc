import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';

import { trimPasted } from '../cpanel/input/characters';
import { asJoinedText, asNumber, asSwitch, asText, asTexts } from '../cpanel/input/values';
import { isRecord } from '../cpanel/response/json';
import { badInput } from '../errors';

/**
 * Reads the parameters of one item, of the form in the editor, or of a webhook: whatever it was bound to. A name may
 * be a path, as in `options.locale`. What comes as another type is converted where that has one meaning; otherwise
 * every method throws a {@link CpanelError} of kind `input` that names the field as the form shows it.
 */
export interface ParameterReader {
	/** A text field, blanks and all; nothing counts as an empty text. */
	text(name: string): string;
	/** A text field in which a list means its values with commas between. */
	joined(name: string): string;
	/** A field of several texts: one per line or with commas or semicolons between, or a list; undefined when left empty. */
	list(name: string): string[] | undefined;
	/**
	 * A field of several texts that guards something: its lines, or the texts of a list. Undefined only where the field
	 * itself is empty: an expression that yields nothing, or too little, must not pass for that, and is refused.
	 */
	guard(name: string): string[] | undefined;
	/** What was chosen or typed in a resource locator. */
	locator(name: string): string;
	/** A field with a few choices, in any case. */
	choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice;
	/** A number field. */
	number(name: string, fallback: number): number;
	/** A switch; off unless told otherwise. */
	switch(name: string, fallback?: boolean): boolean;
}

/**
 * Binds the reader to an item.
 *
 * @param fields those that may be read, for their names in messages
 * @example
 * const item = itemParameters(this, 0, operation.fields);
 * const mailbox = resolveMailbox(item.locator('domain'), item.locator('login'));
 */
export function itemParameters(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	fields: INodeProperties[],
): ParameterReader {
	return readerOf(
		(name, fallback) => context.getNodeParameter(name, itemIndex, fallback),
		(name) => context.getNodeParameter(name, itemIndex, '', { extractValue: true }),
		(name) => context.getNodeParameter(name, itemIndex, '', { rawExpressions: true }),
		fields,
	);
}

/** Binds the reader to the form in the editor, for a list that a field offers, or to a trigger: what has no items. */
export function formParameters(
	context: Pick<ILoadOptionsFunctions | IWebhookFunctions, 'getNodeParameter'>,
	fields: INodeProperties[],
): ParameterReader {
	return readerOf(
		(name, fallback) => context.getNodeParameter(name, fallback),
		(name) => context.getNodeParameter(name, '', { extractValue: true }),
		(name) => context.getNodeParameter(name, '', { rawExpressions: true }),
		fields,
	);
}

type Get = (name: string, fallback: string | number | boolean) => unknown;

function readerOf(
	get: Get,
	getExtracted: (name: string) => unknown,
	getRaw: (name: string) => unknown,
	fields: INodeProperties[],
): ParameterReader {
	const label = (name: string): string => fieldLabel(fields, name);
	const text = (name: string): string => asText(get(name, ''), label(name));
	return {
		text,
		joined: (name) => asJoinedText(get(name, ''), label(name)),
		list: (name) => asTexts(get(name, ''), label(name)),
		guard(name) {
			const raw = getRaw(name);
			return raw === '' || raw === undefined
				? undefined
				: guardingLines(get(name, ''), raw, label(name));
		},
		locator: (name) => asText(typedIn(getExtracted(name)), label(name)),
		choice(name, choices) {
			const wanted = trimPasted(text(name)).toLowerCase();
			const choice = choices.find((value) => value.toLowerCase() === wanted);
			if (choice !== undefined) return choice;
			throw badInput(`“${label(name)}” has an unknown value`, 'Choose one from the list.');
		},
		number: (name, fallback) => asNumber(get(name, fallback), label(name)) ?? fallback,
		switch: (name, fallback = false) => asSwitch(get(name, fallback), label(name)) ?? fallback,
	};
}

/** Between the entries of a field of several texts. */
const SEPARATOR = /\r\n|[\n\r,;]/;

/** The whole value is one expression, so that what stands between its entries is its own. */
const ONE_EXPRESSION = /^=\s*\{\{(?:(?!\{\{)[^])*\}\}\s*$/;

function guardingLines(value: unknown, raw: unknown, field: string): string[] {
	const found = asTexts(value, field) ?? [];
	const texts = [value].flat().map((entry) => asText(entry, field));
	const isMixed = typeof raw === 'string' && raw.startsWith('=') && !ONE_EXPRESSION.test(raw);
	const entries = isMixed ? texts.flatMap((text) => text.split(SEPARATOR)) : texts;
	if (found.length === 0 || entries.some((entry) => trimPasted(entry) === '')) {
		throw badInput(
			`“${field}” contains ${found.length === 0 ? 'nothing that counts' : 'an entry that is empty'}`,
			'An expression in it yields nothing. Correct the expression, or leave the whole field empty.',
		);
	}
	return texts.flatMap((text) => text.split(/[\n\r]+/)).filter((line) => trimPasted(line) !== '');
}

/** n8n hands a locator over as it is where its mode is none that the field has. */
function typedIn(value: unknown): unknown {
	return isRecord(value) && value.__rl === true && 'value' in value ? value.value : value;
}

/** As long as n8n's own HTTP helper waits when nothing is said, in seconds. */
const MAX_TIMEOUT = 300;

/**
 * Reads the option “Timeout”.
 *
 * @param fallback seconds, where the option was not added
 * @returns milliseconds
 * @throws {CpanelError} of kind `input`
 */
export function timeoutParameter(item: ParameterReader, fallback = 30): number {
	const seconds = item.number('options.timeout', fallback);
	if (!(seconds > 0 && seconds <= MAX_TIMEOUT)) {
		throw badInput(
			'“Timeout” is out of range',
			`Enter a number of seconds above 0, at most ${MAX_TIMEOUT}.`,
		);
	}
	return Math.round(seconds * 1000);
}

/**
 * Most items under way at once, unless told: as many as a wide server makes good use of, 40 ms away, and fewer
 * than the connections from one address that firewalls for hosting servers let pass.
 */
export const DEFAULT_CONCURRENCY = 32;
/** The most that can be asked for, by who owns the server. */
export const MAX_CONCURRENCY = 100;

/**
 * Reads the option “Max Concurrency”, which holds for the whole batch.
 *
 * @param firstItem its value counts
 * @throws {CpanelError} of kind `input`
 */
export function concurrencyParameter(firstItem: ParameterReader): number {
	const concurrency = firstItem.number('options.maxConcurrency', DEFAULT_CONCURRENCY);
	if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) {
		throw badInput(
			'“Max Concurrency” is out of range',
			`Enter a whole number from 1 to ${MAX_CONCURRENCY}.`,
		);
	}
	return concurrency;
}

/**
 * The name under which the form shows a field, for messages.
 *
 * @param fields those of the node, or of an operation
 * @param path name of the parameter; with points for one inside a collection, as in `options.locale`
 * @returns the last part of the path for a field that is not among them
 */
export function fieldLabel(fields: INodeProperties[], path: string): string {
	const [name = '', ...inner] = path.split('.');
	const field = fields.find((candidate) => candidate.name === name);
	if (inner.length === 0) return field?.displayName ?? name;
	return fieldLabel(fieldsInside(field), inner.join('.'));
}

/** A collection holds fields; a fixed collection holds groups of them. */
function fieldsInside(field: INodeProperties | undefined): INodeProperties[] {
	return (field?.options ?? []).flatMap((option): INodeProperties[] => {
		if ('type' in option) return [option];
		if (!('values' in option)) return [];
		return [
			{
				displayName: option.displayName,
				name: option.name,
				type: 'collection',
				default: {},
				options: option.values,
			},
		];
	});
}
