const HIDDEN = '•••';

/** How often what was encoded may have been encoded again: “&amp;#37;41” has been twice. */
const MOST_LAYERS = 4;

/** Shorter ones stand in ordinary words, so that only their exact form is looked for. */
const SHORTEST_LOOSE = 4;

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
	for (let layer = 0; layer < MOST_LAYERS; layer++) {
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
		.some((form) => form.length >= 2 * SHORTEST_LOOSE && bare.includes(form));
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
		const flags = form.length < SHORTEST_LOOSE ? 'gu' : 'giu';
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
	for (let layer = 0; layer < MOST_LAYERS; layer++) {
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
	if (bytes.length < SHORTEST_LOOSE) return [];
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
		(text) => text.length >= SHORTEST_LOOSE,
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
