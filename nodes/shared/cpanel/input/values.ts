import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { trimPasted } from './characters';

/**
 * Reads the value of a text field. Another type counts as a text where that has one meaning: an exact number in its
 * digits, a list of one value as that value, nothing as an empty text.
 *
 * @param value what the form, an expression or a credential holds
 * @param field name of the field as the user sees it, for the message
 * @returns the text as it is, blanks and all
 * @throws {CpanelError} of kind `input` for every other type, and for a whole number that is too long to be exact
 */
export function asText(value: unknown, field: string): string {
	const single = onlyValueOf(value);
	if (single === undefined || single === null) return '';
	if (typeof single === 'string') return single;
	if (typeof single === 'number' && Number.isFinite(single)) return exactDigits(single, field);
	throw wrongType(single, field, 'a text');
}

/**
 * Reads the value of a text field in which a list means its values with commas between, as servers write down the
 * addresses that a request came through.
 *
 * @throws {CpanelError} as {@link asText}, for any of the values, too
 */
export function asJoinedText(value: unknown, field: string): string {
	if (!Array.isArray(value) || value.length === 0) return asText(value, field);
	return entriesOf(value, field).join(', ');
}

/**
 * Reads the value of a field that holds several texts: one per line or with commas or semicolons between, or a list.
 *
 * @returns without blanks around and without empty ones; undefined for a field that was left empty, which a list
 * without entries is not
 * @throws {CpanelError} as {@link asText}, for any of the values
 */
export function asTexts(value: unknown, field: string): string[] | undefined {
	const entries = Array.isArray(value) ? entriesOf(value, field) : [asText(value, field)];
	if (!Array.isArray(value) && entries.join('').trim() === '') return undefined;
	return entries
		.flatMap((entry) => entry.split(/[\n\r,;]/))
		.map(trimPasted)
		.filter((text) => text !== '');
}

/** A gap in a list is a value that something lost on its way. */
function entriesOf(list: unknown[], field: string): string[] {
	const hasGap = list.some((entry) => entry === null || entry === undefined);
	if (hasGap) throw wrongType(list, field, 'a text');
	return list.map((entry) => asText(entry, field));
}

/**
 * Reads the value of a number field. A text counts where it is a decimal number.
 *
 * @returns undefined for nothing
 * @throws {CpanelError} of kind `input` for every other type, and for a text that is no number
 */
export function asNumber(value: unknown, field: string): number | undefined {
	const single = onlyValueOf(value);
	if (single === undefined || single === null) return undefined;
	if (typeof single === 'number' && !Number.isNaN(single)) return single;
	if (typeof single !== 'string') throw wrongType(single, field, 'a number');
	const text = trimPasted(single);
	// Number() would take an empty text for 0, and 0x10 for 16
	if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text);
	throw badInput(
		text === '' ? `“${field}” is empty` : `“${field}” is not a number`,
		'Enter digits alone, with a point before decimals: no unit, and no signs between thousands.',
	);
}

const SWITCH_WORDS: Record<string, boolean> = {
	true: true,
	yes: true,
	on: true,
	'1': true,
	false: false,
	no: false,
	off: false,
	'0': false,
};

/**
 * Reads the value of a switch. The words and digits for on and off count, in any case.
 *
 * @returns undefined for nothing
 * @throws {CpanelError} of kind `input` for everything else: a switch is never taken for off without a word
 */
export function asSwitch(value: unknown, field: string): boolean | undefined {
	const single = onlyValueOf(value);
	if (single === undefined || single === null) return undefined;
	if (typeof single === 'boolean') return single;
	if (typeof single !== 'string' && typeof single !== 'number') {
		throw wrongType(single, field, 'a switch');
	}
	const word = trimPasted(String(single)).toLowerCase();
	if (word === '') return undefined;
	if (Object.hasOwn(SWITCH_WORDS, word)) return SWITCH_WORDS[word];
	throw badInput(
		`“${field}” is neither on nor off`,
		'Use the switch, or an expression that returns true or false.',
	);
}

/** A list of one value is that value: nodes and expressions often return one where a single thing was found. */
function onlyValueOf(value: unknown): unknown {
	if (!Array.isArray(value) || value.length !== 1) return value;
	const [single] = value as unknown[];
	return typeof single === 'object' || single === undefined ? value : single;
}

/** The number as it was written. Of a longer one, the last digits may have changed before anybody could see them. */
function exactDigits(value: number, field: string): string {
	if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value);
	throw badInput(
		`“${field}” is a number that is too long to be exact`,
		'Only about 15 digits of a number are kept, so this number has changed. Pass it as text: in quotes in JSON, or from a text column.',
	);
}

function wrongType(value: unknown, field: string, wanted: string): CpanelError {
	const [type, hint] = typeOf(value, wanted);
	return badInput(`“${field}” contains ${type}, but ${wanted} is needed`, hint);
}

/** What a value is, in a message, and what to do about it. */
function typeOf(value: unknown, wanted: string): [type: string, hint: string] {
	const yieldOne = `Change the expression so that it returns ${wanted} or nothing.`;
	if (Array.isArray(value)) {
		return value.length === 0
			? ['an empty list (array)', yieldOne]
			: [
					value.length === 1 ? 'a list (array)' : `a list (array) of ${value.length} values`,
					'Each item takes one value. Pick one value from the list, or create one item per value with the “Split Out” node.',
				];
	}
	switch (typeof value) {
		case 'boolean':
			return ['a boolean', yieldOne];
		case 'number':
			return [
				'a value that is not a number (NaN or infinite)',
				'Check the calculation in the expression.',
			];
		case 'object':
			return ['an object', 'Enter the field of the object that contains the value.'];
		default:
			return [`a ${typeof value}`, yieldOne];
	}
}
