import { isRecord } from './json';

/** No sentence of cPanel's is longer; what a server may send is. */
const MAX_QUOTE_LENGTH = 300;
/** As much of a text as is looked at: enough for a quote, however much of it is markup. */
const LOOKED_AT = 4_000;
/** A cookie is the longest of them. */
const MAX_SECRET_LENGTH = 500;

/**
 * What a server says, so that it can be shown: plain text of a bearable length, without markup and addresses, and
 * without the secrets that it was sent or that it sent. A server's words cannot be searched for every disguise of a
 * secret, so they are cut down to letters, digits and plain punctuation; words that still hold a secret are not quoted.
 *
 * @param secrets what was sent to the server, and what came from it
 * @returns an empty text where nothing is left to quote
 */
export function ownWords(text: string, secrets: readonly string[]): string {
	const revealed = maskSecrets(text.slice(0, LOOKED_AT), secrets);
	// where the text was cut, half a secret may stand
	const whole = text.length > LOOKED_AT ? revealed.slice(0, -MAX_SECRET_LENGTH) : revealed;
	const plain = whole
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]*/gi, '(address)')
		.replace(/\/?cpsess\d+/gi, '•••')
		.replace(/[^\p{L}\p{M}\p{N}\s.,:;!?'’‘“”„«»‹›「」『』。、"()@_/&+•…–—-]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (holdsSecret(plain, secrets)) return '';
	return plain.length > MAX_QUOTE_LENGTH ? `${plain.slice(0, MAX_QUOTE_LENGTH)}…` : plain;
}

const HIDDEN = '•••';

/** How often what was encoded may have been encoded again: “&amp;#37;41” has been twice. */
const MAX_LAYERS = 4;

/** Shorter ones stand in ordinary words, so that only their exact form is looked for. */
const MIN_LOOSE_LENGTH = 4;

/**
 * Takes secrets out of a text that came from elsewhere. The text is decoded on the way, so that a secret is found in
 * whatever it was wrapped: percent codes, references of HTML, escapes of JSON, in either case and several times over;
 * in base64 and in hexadecimal digits it is looked for as such.
 *
 * @returns the text, decoded, with the secrets masked
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	const forms = formsOf(secrets);
	let masked = hide(withoutInvisible(text), forms);
	for (let layer = 0; layer < MAX_LAYERS; layer++) {
		const decoded = withoutInvisible(decode(masked));
		if (decoded === masked) break;
		masked = hide(decoded, forms);
	}
	return masked;
}

/**
 * Whether a text holds a secret although everything but letters and digits is left out of both: one that was cut up by
 * tags, blanks or punctuation.
 */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
	const bare = lettersAndDigits(text);
	return formsOf(secrets)
		.map(lettersAndDigits)
		.some((form) => form.length >= 2 * MIN_LOOSE_LENGTH && bare.includes(form));
}

function lettersAndDigits(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();
}

/** Full-width letters and the like as plain ones; nothing that does not show. */
function withoutInvisible(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '');
}

function hide(text: string, forms: readonly string[]): string {
	return forms.reduce((hidden, form) => {
		const flags = form.length < MIN_LOOSE_LENGTH ? 'gu' : 'giu';
		return hidden.replace(new RegExp(form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), flags), HIDDEN);
	}, text);
}

/** Every form of a secret that is looked for, the longest first. */
function formsOf(secrets: readonly string[]): string[] {
	const plain = secrets.filter((secret) => secret !== '').flatMap(layersOf);
	const forms = plain.flatMap((secret) => [secret, ...packed(secret)]);
	return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** A secret as it is, and as it becomes where what it holds is taken for codes and decoded. */
function layersOf(secret: string): string[] {
	const layers = [secret, withoutInvisible(secret)];
	for (let layer = 0; layer < MAX_LAYERS; layer++) {
		layers.push(withoutInvisible(decode(layers.at(-1) ?? '')));
	}
	// a form has a plus for a blank, or its code
	const asForm = new URLSearchParams({ v: secret }).toString().slice('v='.length);
	return [...layers, asForm, ...layers.map((text) => text.replaceAll(' ', '+'))].filter(
		(text) => text.trim() !== '',
	);
}

/** Base64 of a secret, wherever in the encoded text it begins, and its bytes as hexadecimal digits. */
function packed(secret: string): string[] {
	const bytes = Buffer.from(secret, 'utf8');
	// what is shorter would hide ordinary words
	if (bytes.length < MIN_LOOSE_LENGTH) return [];
	const shifted = [0, 1, 2].map((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		// the characters at both ends depend on what is beside the secret
		const start = before === 0 ? 0 : before + 1;
		const rest = (before + bytes.length) % 3;
		const end = encoded.length - (rest === 0 ? 0 : rest === 1 ? 3 : 2);
		return encoded.slice(start, end);
	});
	const whole = bytes.toString('base64');
	const all = [whole, whole.replace(/=+$/, ''), ...shifted];
	const forUrls = all.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
	return [...all, ...forUrls, bytes.toString('hex')].filter(
		(text) => text.length >= MIN_LOOSE_LENGTH,
	);
}

const NAMED: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	sol: '/',
	colon: ':',
	comma: ',',
	equals: '=',
	plus: '+',
	percnt: '%',
	commat: '@',
	num: '#',
	lowbar: '_',
	excl: '!',
	dollar: '$',
};

/** Takes one layer of codes off. */
function decode(text: string): string {
	return text
		.replace(/(?:%[\da-f]{2})+/gi, (codes) =>
			Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'),
		)
		.replace(/&#x([\da-f]{1,6});?/gi, (_, digits: string) => character(parseInt(digits, 16)))
		.replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
		.replace(/&([a-z]+);/gi, (whole, name: string) => NAMED[name.toLowerCase()] ?? whole)
		.replace(/\\u([\da-f]{4})|\\u\{([\da-f]{1,6})\}/gi, (_, four?: string, more?: string) =>
			character(parseInt(four ?? more ?? '', 16)),
		)
		.replace(/\\x([\da-f]{2})/gi, (_, digits: string) => character(parseInt(digits, 16)))
		.replace(/\\(["'\\/])/g, '$1');
}

function character(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : '';
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
