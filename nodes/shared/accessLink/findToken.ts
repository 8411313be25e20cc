import { isInvisible } from '../cpanel/input/characters';
import { TOKEN_FIELD } from './linkAddress';

/** A token of 2,000 characters in two layers of percent-encoding, and what a tracker adds. More is nobody's link. */
const MAX_TEXT_LENGTH = 16_000;

/** A gateway encodes a link once, a tracker once more, and a form a third time. */
const MAX_DECODINGS = 4;

/**
 * A whole token, with blanks in it where it was wrapped. A letter too many before or behind it, or padding, makes
 * it none: the signature has 43 letters, and 1 is the only version.
 */
const WRAPPED_TOKEN =
	/(?<![\w-])1 ?\. ?(?:[A-Za-z0-9_-] ?)+\. ?(?:[A-Za-z0-9_-] ?){42}[A-Za-z0-9_-](?![\w=-])/;

/** In the field of another name, such as a whole link that was pasted into one, with the name that it has in a link. */
const NAMED_TOKEN = new RegExp(`(?<=(?<![\\w-])${TOKEN_FIELD} ?= ?)${WRAPPED_TOKEN.source}`, 'i');

/**
 * Takes the token out of what a link went through on its way: what mail programs, messengers and trackers add to the end
 * of a link, to its query, or where they wrap it. Only what cannot belong to a token is left out, so one that was altered
 * or cut stays that.
 *
 * @param fields the query or the form of a request, as n8n read it: a name that comes twice makes a list
 * @returns undefined where there is none; whether it is a right one is for its signature to say
 */
export function findToken(fields: unknown): string | undefined {
	const pairs = pairsOf(fields);
	const named = pairs.filter(([name]) => FIELD.test(name));
	return firstMatch(named, WRAPPED_TOKEN) ?? firstMatch(pairs, NAMED_TOKEN);
}

function firstMatch(pairs: Pair[], pattern: RegExp): string | undefined {
	for (const [name, value] of pairs) {
		// together, since what is left of “t=3D” is spread over both
		const text = value === '' ? name : `${name}=${value}`;
		const [token] = (text.length <= MAX_TEXT_LENGTH && pattern.exec(tidy(text))) || [];
		if (token !== undefined) return token.replaceAll(' ', '');
	}
	return undefined;
}

/** In any case, and as the second part of a query that was escaped for HTML. */
const FIELD = new RegExp(`^(?:amp;)*${TOKEN_FIELD}$`, 'i');

type Pair = [name: string, value: string];

function pairsOf(fields: unknown): Pair[] {
	if (typeof fields !== 'object' || fields === null) return [];
	return Object.entries(fields as Record<string, unknown>).flatMap(([name, value]) =>
		[value]
			.flat()
			.filter((each) => typeof each === 'string')
			.map((each): Pair => [name, each]),
	);
}

/** The text without its encodings, and with one blank for whatever may stand where a line was wrapped. */
function tidy(text: string): string {
	let tidied = text;
	for (let round = 0; round < MAX_DECODINGS; round += 1) {
		const decoded = decodeOnce(tidied);
		if (decoded === tidied) break;
		tidied = decoded;
	}
	const blanks = Array.from(tidied, (character) =>
		character === '+' || isInvisible(character) ? ' ' : character,
	).join('');
	return blanks
		.replace(/<\/?w?br ?\/?>|\\[rnt]/gi, ' ')
		.replace(/[=\\]? [ >]*/g, ' ')
		.replace(/\\(?=[._-])/g, '');
}

const ENTITIES: Record<string, string> = {
	amp: '&',
	gt: '>',
	lt: '<',
	quot: '"',
	nbsp: ' ',
	shy: ' ',
	zwj: ' ',
	zwnj: ' ',
	zerowidthspace: ' ',
};

/** Takes off one layer of percent-encoding, of quoted-printable and of HTML's character references. */
function decodeOnce(text: string): string {
	return text
		.replace(/(?:%[\da-f]{2})+/gi, decodeBytes)
		.replace(/(?:=[\da-f]{2})+/gi, decodeBytes)
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,14}));/gi, (whole, decimal, hex, name) => {
			if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? String(whole);
			const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
			return code <= 0x10_ffff ? String.fromCodePoint(code) : String(whole);
		});
}

/** @param escapes of three characters each, the last two the byte in hexadecimal */
function decodeBytes(escapes: string): string {
	return Buffer.from(escapes.replace(/[%=]/g, ''), 'hex').toString('utf8');
}
