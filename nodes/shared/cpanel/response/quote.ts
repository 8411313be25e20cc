import { isRecord } from './json';

/** No sentence of cPanel's is longer; what a server may send is. */
const MAX_QUOTE_LENGTH = 300;
/** As much of a text as is looked at: enough for a quote, however much of it is markup. */
const LOOKED_AT = 4_000;
/** A cookie is the longest of them. */
const MAX_SECRET_LENGTH = 500;

/** What stands in a text in place of a secret. */
export const HIDDEN = '•••';

/**
 * What a server says, so that it can be shown: plain text of a bearable length, without markup and addresses, and
 * without the secrets that it was sent or that it sent. The words are cut down to letters, digits and plain punctuation;
 * those that still hold a secret are not quoted.
 *
 * @param secrets what was sent to the server, and what came from it
 * @returns an empty text where nothing is left to quote
 */
export function ownWords(text: string, secrets: readonly string[]): string {
	const shown = text.slice(0, LOOKED_AT).replace(/\p{Cf}/gu, '');
	const masked = maskSecrets(shown, secrets);
	// where the text was cut, half a secret may stand
	const whole = text.length > LOOKED_AT ? masked.slice(0, -MAX_SECRET_LENGTH) : masked;
	const plain = withoutReferences(whole)
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]*/gi, '(address)')
		.replace(/\/?cpsess\d+/gi, HIDDEN)
		.replace(/[^\p{L}\p{M}\p{N}\s.,:;!?'’‘“”„«»‹›「」『』。、"()@_/&+•…–—-]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (holdsSecret(plain, secrets)) return '';
	return plain.length > MAX_QUOTE_LENGTH ? `${plain.slice(0, MAX_QUOTE_LENGTH)}…` : plain;
}

/** Shorter ones stand in ordinary words, so that they are looked for in their own case only. */
const MIN_LOOSE_LENGTH = 4;

/**
 * Takes secrets out of a text that came from elsewhere: as they were sent, and with any of their characters as a percent
 * code, as a reference of HTML, or as an escape of JSON. The Base64 of HTTP Basic is a secret of its own, which whoever
 * sends it names beside the password.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.trim() !== '')
		.sort((one, other) => other.length - one.length)
		.reduce((masked, secret) => {
			const flags = secret.length < MIN_LOOSE_LENGTH ? 'gu' : 'giu';
			return masked.replace(new RegExp(patternOf(secret), flags), HIDDEN);
		}, text);
}

/**
 * A secret with each character in any of its forms. JSON puts backslashes before characters, so any number of them may
 * stand there. No two parts in a row may both begin with them: that would take time beyond all bounds.
 */
function patternOf(secret: string): string {
	const parts = secret.match(/\\*[^\\]/gu) ?? [];
	// only backslashes, which no quote has
	if (parts.length === 0) return '(?!)';
	return parts
		.map((part) => {
			const character = part.replaceAll('\\', '');
			const backslashes = part.length - character.length;
			const before = backslashes === 0 ? '' : `|(?:${ENCODED_BACKSLASH}){${backslashes}}\\\\*`;
			const literal = character.replace(/[.*+?^${}()|[\]/]/, '\\$&');
			// a form writes a blank as a plus
			const forms = [literal, ...(character === ' ' ? ['\\+'] : []), ...encodedForms(character)];
			return `(?:\\\\*${before})(?:${forms.join('|')})`;
		})
		.join('');
}

const ENCODED_BACKSLASH = String.raw`%5c|\\u005c|&#0*92;?|&#x0*5c;?`;

const NAMED_REFERENCES: Record<string, string> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&apos;': "'",
	'&nbsp;': ' ',
};

/** A character as a percent code, as an escape of JSON after its backslash, and as a reference of HTML. */
function encodedForms(character: string): string[] {
	const code = character.codePointAt(0) ?? 0;
	const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
	const names = Object.keys(NAMED_REFERENCES).filter(
		(name) => NAMED_REFERENCES[name] === character,
	);
	return [
		[...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join(''),
		character
			.split('')
			.map((unit) => `u${hex(unit.charCodeAt(0), 4)}`)
			.join('\\\\'),
		`&#0*${code};?`,
		`&#x0*${hex(code, 1)};?`,
		...names,
	];
}

/** References of HTML as the characters that they stand for. */
function withoutReferences(text: string): string {
	return text
		.replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));?/gi, (_, hex?: string, decimal?: string) => {
			const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : '';
		})
		.replace(/&[a-z]+;/gi, (name) => NAMED_REFERENCES[name.toLowerCase()] ?? name);
}

/**
 * Whether a text holds a secret although everything but letters and digits is left out of both: one that was cut up by
 * tags, blanks or punctuation.
 */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
	const bare = lettersAndDigits(text);
	return secrets
		.map(lettersAndDigits)
		.some((secret) => secret.length >= 2 * MIN_LOOSE_LENGTH && bare.includes(secret));
}

function lettersAndDigits(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();
}

/** Names under which cPanel gives out what opens something. */
const SECRET_FIELDS = /session|token|cookie|passw|secret|url/i;

/** An answer that makes something has a handful of fields. */
const MAX_FIELDS = 50;

/**
 * What came in an answer and is as secret as what was sent: a session that was just made, and its token. A server may
 * repeat it in its own words beside it.
 */
export function receivedSecrets(data: unknown): string[] {
	if (!isRecord(data)) return [];
	return Object.entries(data)
		.slice(0, MAX_FIELDS)
		.flatMap(([name, value]) =>
			typeof value === 'string' && SECRET_FIELDS.test(name) ? partsOf(value) : [],
		);
}

/** A session is `user:secret:TAG,secret`: its parts are worth as much as the whole (protocol.md, 2). */
function partsOf(value: string): string[] {
	const parts = value.split(/[:,/?&=]/).filter((part) => part.length >= 12);
	return [value, ...parts];
}
