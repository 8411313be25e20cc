/**
 * Characters that nobody sees: those of Unicode's class Cf (zero-width, direction marks, byte order mark, soft hyphen),
 * and what a screen may leave out (fillers, variation selectors). They come along when text is copied.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Blanks and line ends of every kind; the last two are a line end and a blank that a blank is not for JavaScript. */
const BLANK = /[\s\u0085\u2800]/u;

/** Quotes as they are typed, as text programs make them, and as other languages have them. */
const QUOTE = /["'`´\p{Initial_Punctuation}\p{Final_Punctuation}„‚＂＇「」『』]/u;

/**
 * Takes off what comes along when a value is copied and cannot belong to it: blanks, line ends and quotes around it,
 * and characters around it that nobody sees. What is inside stays.
 *
 * @example
 * trimPasted(' “mail.example.com”\n'); // mail.example.com
 */
export function trimPasted(text: string): string {
	return trim(text, (character) => isInvisible(character) || QUOTE.test(character));
}

/** Takes off the blanks and what nobody sees around a value, and leaves quotes: for what may be made of anything. */
export function trimInvisible(text: string): string {
	return trim(text, isInvisible);
}

/** As {@link trimPasted}, for a value that may end with a quote of its own, and cannot begin with one. */
export function trimPastedStart(text: string): string {
	const trimmed = trimInvisible(text);
	return QUOTE.test(trimmed.charAt(0)) ? trimPasted(trimmed) : trimmed;
}

/**
 * As {@link trimPasted}, and takes off what nobody sees everywhere: for names, addresses and tokens. Among letters beyond
 * ASCII the two joiners stay, which belong to some names in Persian and in languages of India.
 */
export function cleanPasted(text: string): string {
	return trimPasted(removeInvisible(text));
}

/** The text without what nobody sees, but for the joiners that may belong to it. */
export function removeInvisible(text: string): string {
	const bare = text.replace(new RegExp(INVISIBLE, 'gu'), '');
	const hasOwnJoiners = /[^\p{ASCII}\s]/u.test(bare) && /[\u200c\u200d]/.test(text);
	return hasOwnJoiners
		? text.replace(new RegExp(`(?![\u200c\u200d])${INVISIBLE.source}`, 'gu'), '')
		: bare;
}

/** Whether a character shows nothing, blanks and line ends included. */
export function isInvisible(character: string): boolean {
	return BLANK.test(character) || INVISIBLE.test(character);
}

function trim(text: string, isStrippable: (character: string) => boolean): string {
	const characters = Array.from(text);
	let start = 0;
	let end = characters.length;
	while (start < end && isStrippable(characters[start] ?? '')) start += 1;
	while (end > start && isStrippable(characters[end - 1] ?? '')) end -= 1;
	return characters.slice(start, end).join('');
}

/**
 * The first character of a text that is not one of those, in words; undefined where all are. One character of a secret
 * tells nothing of the rest.
 */
export function findDisallowed(text: string, allowed: RegExp): string | undefined {
	for (const character of text) {
		if (!allowed.test(character)) return describeCharacter(character);
	}
	return undefined;
}

/** A character in a message: what it is, and its number where that cannot be seen. */
function describeCharacter(character: string): string {
	const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	if (character === ' ') return 'a space';
	if (character === '\t') return 'a tab';
	if (/[\n\v\f\r\u0085\u2028\u2029]/.test(character)) return 'a line break';
	if (/[\u00a0\u2007\u202f]/.test(character)) return `a no-break space (${number})`;
	if (BLANK.test(character)) return `a wide or narrow space (${number})`;
	if (INVISIBLE.test(character)) return `an invisible character (${number})`;
	if (/\p{Cc}/u.test(character)) return `a control character (${number})`;
	if (/[\x21-\x7e]/.test(character)) return `the character “${character}”`;
	if (/(?!\p{Script=Latin})\p{Letter}/u.test(character)) {
		return `“${character}”, a letter that is not Latin (${number})`;
	}
	return `the character “${character}” (${number})`;
}

const LOOKALIKES = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/**
 * A letter that looks like a Latin one among Latin ones, in words: no part of a name mixes them, but a copy of one may.
 *
 * @param name its parts, between dots, may be in different alphabets
 * @returns undefined where there is none
 */
export function findLookalike(name: string): string | undefined {
	const mixed = name
		.split(/[.。．｡]/u)
		.find((part) => /\p{Script=Latin}/u.test(part) && LOOKALIKES.test(part));
	const [letter] = LOOKALIKES.exec(mixed ?? '') ?? [];
	return letter === undefined ? undefined : describeCharacter(letter);
}

/** The dashes that text programs make of a hyphen. */
export function withPlainHyphens(text: string): string {
	return text.replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-');
}
