import { ownWords } from '../../nodes/shared/cpanel/response/quote';
import { receivedSecrets } from '../../nodes/shared/cpanel/response/quote';
import { readUapiAnswer } from '../../nodes/shared/cpanel/api/uapi';
import { response } from './fakeTransport';

const SECRET = `pä"ß\\w&<Rd>'01 x%41+/=`;
const TOKEN = 'ABCDEFGHIJ0123456789KLMNOPQRSTUV';

const codes = (text: string, as: (code: string) => string) =>
	[...text].map((character) => as(character.codePointAt(0)?.toString(16) ?? '')).join('');
const inUrl = encodeURIComponent;
const inPage = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#039;');

/** What a server may make of a secret before it repeats it. */
const DISGUISES: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['in upper case', (secret) => secret.toUpperCase()],
	['in lower case', (secret) => secret.toLowerCase()],
	['as JSON', (secret) => JSON.stringify(secret)],
	['as JSON in ASCII', (secret) => codes(secret, (code) => `\\u${code.padStart(4, '0')}`)],
	['in a page', inPage],
	['in a page, by numbers', (secret) => codes(secret, (code) => `&#x${code};`)],
	['in a page, by names', (secret) => inPage(secret).replaceAll('&#039;', '&apos;')],
	['in a page, hexadecimal', (secret) => inPage(secret).replaceAll('&#039;', '&#x27;')],
	['in a page, twice', (secret) => inPage(inPage(secret))],
	['in a URL', inUrl],
	['in a URL, twice', (secret) => inUrl(inUrl(secret))],
	['in a URL, in lower case', (secret) => inUrl(secret).replace(/%../g, (c) => c.toLowerCase())],
	['in a form', (secret) => new URLSearchParams({ v: secret }).toString().slice(2)],
	['in a URL in a page', (secret) => inPage(inUrl(secret))],
	['in base64', (secret) => Buffer.from(secret).toString('base64')],
	['in base64 of a pair', (secret) => Buffer.from(`alice:${secret}`).toString('base64')],
	['in base64 of more', (secret) => Buffer.from(`ab${secret}cd`).toString('base64')],
	['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
	['in hexadecimal digits', (secret) => Buffer.from(secret).toString('hex')],
	['cut up by tags', (secret) => [...secret].join('<i></i>')],
	['cut up by what does not show', (secret) => [...secret].join('\u200B')],
	['cut up by blanks', (secret) => [...secret].join(' ')],
	[
		'in full width',
		(secret) =>
			secret.replace(/[!-~]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
	],
];

/** The letters and digits of a text: what of a secret somebody could still read. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

describe.each([
	['a password', SECRET],
	['a token', TOKEN],
])('what a server says does not give away %s', (_what, secret) => {
	it.each(DISGUISES)('%s', (_case, disguise) => {
		const told = ownWords(`It said: ${disguise(secret)} and no more`, [secret]);
		for (const form of [secret, disguise(secret)]) expect(bare(told)).not.toContain(bare(form));
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
			Buffer.from(data.session).toString('base64'),
			encodeURIComponent(data.session),
		);
		for (const part of ['D7NiAZv1nf4bXeg9', '728fb86a7df1cf20690c65f349ac3137', '2462418786']) {
			for (const warning of warnings) {
				expect(bare(warning)).not.toContain(bare(part));
				expect(Buffer.from(warning, 'base64').toString()).not.toContain(part);
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
