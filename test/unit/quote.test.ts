import {
	holdsSecret,
	maskSecrets,
	ownWords,
	receivedSecrets,
} from '../../nodes/shared/cpanel/response/quote';
import { readUapiAnswer } from '../../nodes/shared/cpanel/api/uapi';
import { response } from './fakeTransport';

const SECRET = `pä"ß\\w&<Rd>'01 x%41+/=😀`;
const TOKEN = 'ABCDEFGHIJ0123456789KLMNOPQRSTUV';

/** Each character as its code, in hexadecimal digits or others. */
const codes = (text: string, as: (code: number) => string) =>
	[...text].map((character) => as(character.codePointAt(0) ?? 0)).join('');
const inUnits = (text: string) =>
	text
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
const inUrl = encodeURIComponent;
const inPage = (text: string, apostrophe = '&#039;') =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", apostrophe);

/** The letters and digits of a text: what of a secret somebody could still read. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** How a secret comes back from whoever it was sent to. */
const FORMS: Array<[string, (secret: string) => string]> = [
	['as it was sent', (secret) => secret],
	['in upper case', (secret) => secret.replace(/[a-z]/g, (letter) => letter.toUpperCase())],
	['as JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
	[
		'as JSON, with its slashes',
		(secret) => JSON.stringify(secret).slice(1, -1).replace(/\//g, '\\/'),
	],
	['as JSON in ASCII', inUnits],
	['in a page', inPage],
	['in a page, by name', (secret) => inPage(secret, '&apos;')],
	['in a page, by number', (secret) => codes(secret, (code) => `&#${code};`)],
	['in a page, in hexadecimal', (secret) => codes(secret, (code) => `&#X00${code.toString(16)};`)],
	['in a URL', inUrl],
	['in a URL, in lower case', (secret) => inUrl(secret).replace(/%../g, (c) => c.toLowerCase())],
	['in a form', (secret) => new URLSearchParams({ v: secret }).toString().slice(2)],
];

describe.each([
	['a password', SECRET],
	['a token', TOKEN],
])('%s is taken out of a text', (_what, secret) => {
	it.each(FORMS)('%s', (_form, form) => {
		const text = `no “${form(secret)}”, really: ${form(secret)} and no more`;
		expect(maskSecrets(text, [secret])).toBe('no “•••”, really: ••• and no more');
		expect(ownWords(text, [secret])).toBe('no “•••”, really: ••• and no more');
	});

	it.each([
		['tags', '<i></i>'],
		['what does not show', '\u200b'],
		['blanks', ' '],
	])('also where it is cut up by %s', (_case, between) => {
		const told = ownWords(`It said: ${[...secret].join(between)}`, [secret]);
		expect(bare(told)).not.toContain(bare(secret));
	});
});

describe('secrets', () => {
	it.each<[string, string, string[], string]>([
		['longer ones first', 'abc-abcdef-def', ['abc', 'abcdef', 'def'], '•••-•••-•••'],
		['none', 'a text', [], 'a text'],
		['an empty one', 'a text', [''], 'a text'],
		['a blank', 'a b', [' '], 'a b'],
		['another', 'a text', ['xyz'], 'a text'],
		['what looks like a pattern', 'a.*b $& x', ['.*', '$&'], 'a•••b ••• x'],
		['nothing but backslashes', 'a\\b', ['\\'], 'a\\b'],
		['a short one, in its own case', 'abc ABC abc', ['abc'], '••• ABC •••'],
		['no other characters', 'a+b a&amp;b a&nbsp;b', ['axb'], 'a+b a&amp;b a&nbsp;b'],
		['a longer one, in any case', 'abcd ABCD', ['abcd'], '••• •••'],
		['a backslash as a code', 'a%5c%5Cb a\\u005c\\u005cb a&#92;&#x5c;b', ['a\\\\b'], '••• ••• •••'],
		['what has codes in itself', '%61%62 %2561%2562 ab', ['%61%62'], '••• ••• ab'],
		['codes and letters in turn', 'a%62c&#100;', ['abcd'], '•••'],
		['half a character', 'x\ud800y', ['\ud800'], 'x•••y'],
	])('are masked: %s', (_case, text, secrets, masked) => {
		expect(maskSecrets(text, secrets)).toBe(masked);
	});

	it.each<[string, string[], boolean]>([
		['s-e-c-r-e-t-1-2', ['secret-12'], true],
		['S.E.C.R.E.T.1.2', ['secret-12'], true],
		['ｓｅｃｒｅｔ１２', ['secret-12'], true],
		['s-e-c-r-e-t-1', ['secret-12'], false],
		['passing', ['passing'], false],
		['passings', ['passings'], true],
		['anything', [], false],
	])('are noticed by their letters and digits where they are long: %s', (text, secrets, holds) => {
		expect(holdsSecret(text, secrets)).toBe(holds);
	});

	it.each([
		['backslashes', '\\'.repeat(60), '\\'.repeat(100)],
		['backslashes and quotes', '\\"'.repeat(60), '\\\\"'.repeat(60)],
		['codes of backslashes', '\\a'.repeat(60), '\\%5ca'.repeat(60)],
		['codes of codes', '%25'.repeat(60), '%25'.repeat(100)],
		['references', '&;'.repeat(60), '&#38;;'.repeat(100)],
	])('take no long time, whatever they are made of: %s', (_case, secret, text) => {
		expect(maskSecrets(`${text}!`, [`${secret}?`])).toBe(`${text}!`);
	});
});

describe('what a server says', () => {
	it.each([
		['You do not have an email account named “x@y.example”.', undefined],
		['The request failed. (Error ID: abc123) Ask your hosting provider.', undefined],
		['Vous n’avez pas la fonctionnalité « webmail ».', undefined],
		['メールアカウントがありません。', undefined],
		[
			'<b>No</b>, <a<b> href="https://evil.example/login">Sign in</a<b>>',
			/^No , a href "?\(address\)/,
		],
		['{{ $json.x }} =1+1', /^json.x 1\+1$/],
		['see https://evil.example/x?y=z now', /^see \(address\) now$/],
		['/cpsess0123456789/x', /^•••\/x$/],
		['L&#39;&eacute;&#xE9; &amp; &lt;b&gt;x&lt;/b&gt;&#1114112;', /^L'&eacute;é & x$/],
	])('is quoted as plain text: %s', (text, expected) => {
		const told = ownWords(text, []);
		expect(told).toMatch(expected ?? new RegExp(`^${text.replace(/[.()]/g, '\\$&')}$`));
		expect(told).not.toMatch(/[<>{}=$`\p{Cf}]/u);
	});

	it.each([
		['a token of a path', 'cpsess0123456789/x', '•••/x'],
		['a token in capitals', 'CPSESS0123/x', '•••/x'],
		['300 characters', 'x'.repeat(300), 'x'.repeat(300)],
		['301', 'x'.repeat(301), `${'x'.repeat(300)}…`],
		['what stands within 4,000', `${'<i>'.repeat(1_332)}abcd`, 'abcd'],
		['what stands within 3,500', `${'<i>'.repeat(1_000)}abcd${'<i>'.repeat(400)}e`, 'abcd'],
		['no sign that does not show', 'a\u200bb', 'ab'],
		['a reference without its semicolon', 'a&#233b', 'aéb'],
		['what stands far from their end', `abcd${'<i>'.repeat(1_332)}e`, 'abcd'],
		['nothing of a secret that was cut up', 's-e-c-r-e-t-0-1', ''],
	])('is as much as can be shown: %s', (_case, text, told) => {
		expect(ownWords(text, ['secret01'])).toBe(told);
	});

	it('is cut before half a secret shows', () => {
		const filler = '<i>'.repeat(1_300);
		for (let shift = 0; shift < 120; shift++) {
			const told = ownWords(`${filler}${'-'.repeat(shift)}${TOKEN} x`, [TOKEN]);
			expect(told).not.toContain(TOKEN.slice(0, 8));
		}
	});

	it('takes no long time, however much it is', () => {
		const many = Array.from({ length: 20 }, (_, index) => `${index}${SECRET}`);
		for (const piece of ['<', '&#', '%4', '\\u00', 'x', '\u202E', '&amp;']) {
			const text = piece.repeat(1_000_000 / piece.length);
			expect(ownWords(text, many).length).toBeLessThanOrEqual(301);
		}
	});
});

describe('what came is as secret as what was sent', () => {
	const data = {
		session: 'anna@example.com:D7NiAZv1nf4bXeg9:TAG,728fb86a7df1cf20690c65f349ac3137',
		token: '/cpsess2462418786',
		hostname: null,
	};
	const CALL = {
		url: 'https://cpanel.example.com:2083/execute/x',
		function: 'Session::x',
		secrets: [],
		signIn: { kind: 'credential', subject: 'the credential', hint: '' } as const,
	};
	const warned = (...warnings: string[]) =>
		readUapiAnswer(response({ body: JSON.stringify({ status: 1, data, warnings }) }), CALL)
			.warnings;

	it('in the warnings beside it', () => {
		const warnings = warned(
			`made ${data.session}`,
			`at ${data.token}/login`,
			`key ${data.session.split(',')[1]}`,
			encodeURIComponent(data.session),
		);
		for (const part of ['D7NiAZv1nf4bXeg9', '728fb86a7df1cf20690c65f349ac3137', '2462418786']) {
			for (const warning of warnings) {
				expect(bare(warning)).not.toContain(bare(part));
			}
		}
	});

	it('under whatever name opens something', () => {
		expect(receivedSecrets({ cp_security_token: 'a', url: 'b', hostname: 'c', n: 1 })).toEqual(
			expect.arrayContaining(['a', 'b']),
		);
		expect(receivedSecrets({ hostname: 'c', token: 7 })).toEqual([]);
		expect(receivedSecrets({ session: 'alice:123456789012:12345678901' })).toEqual([
			'alice:123456789012:12345678901',
			'123456789012',
		]);
		const many = Array.from({ length: 60 }, (_, nth) => [`token${nth}`, `${nth}`]);
		expect(receivedSecrets(Object.fromEntries(many))).toHaveLength(50);
		expect(receivedSecrets(null)).toEqual([]);
	});
});
