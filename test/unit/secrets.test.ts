import { holdsSecret, maskSecrets } from '../../nodes/shared/cpanel/response/quote';

const PASSWORD = `pä ss+w%rd & "m'o<r>e"`;

describe('secrets', () => {
	it.each([
		['as they are', PASSWORD],
		['as part of a URL', encodeURIComponent(PASSWORD)],
		[
			'as part of a URL, by cPanel',
			encodeURIComponent(PASSWORD).replace(/%../g, (c) => c.toLowerCase()),
		],
		['as part of a form', new URLSearchParams({ v: PASSWORD }).toString().slice(2)],
		['as part of a page', 'pä ss+w%rd &amp; &quot;m&#39;o&lt;r&gt;e&quot;'],
	])('are taken out %s', (_case, form) => {
		expect(maskSecrets(`no “${form}”, really: ${form}`, [PASSWORD])).toBe('no “•••”, really: •••');
	});

	it('are all taken out, the longer ones first', () => {
		expect(maskSecrets('abc-abcdef-def', ['abc', 'abcdef', 'def'])).toBe('•••-•••-•••');
	});

	it.each([
		['nothing to hide', []],
		['an empty secret', ['']],
		['another secret', ['xyz']],
	])('leave a text alone where there is %s', (_case, secrets) => {
		expect(maskSecrets('a text', secrets)).toBe('a text');
	});

	it('may look like a pattern or a replacement', () => {
		expect(maskSecrets('a.*b $& x', ['.*', '$&'])).toBe('a•••b ••• x');
	});

	it('may be no well-formed text', () => {
		expect(maskSecrets('x\ud800y', ['\ud800'])).toBe('xy');
	});

	const TOKEN = 'Ab+c/1234==x';
	const base64 = (text: string) => Buffer.from(text).toString('base64');

	it.each<[string, string]>([
		['in other letters', TOKEN.toUpperCase()],
		['with control characters in it', 'Ab+\u00adc/1234==x'],
		['in references of HTML, by numbers', '&#65;&#98&#43;&#x63;&#x2F;1&#x32;34==x'],
		['in references of HTML, by names', 'Ab&plus;c&sol;1234&equals;&EQUALS;x'],
		['in escapes of JSON', 'Ab\\u002bc\\/1234\\u{003d}=x'],
		['in escapes of scripts', 'Ab\\x2bc\\x2F1234==x'],
		['in percent codes of percent codes', 'Ab%252Bc%252F1234==x'],
		['in four layers', 'Ab%2525252Bc/1234==x'],
		['in base64', base64(TOKEN)],
		['in base64 without its padding', base64(TOKEN).replace(/=+$/, '')],
		['in base64 for URLs', Buffer.from(TOKEN).toString('base64url')],
		['in hexadecimal digits', Buffer.from(TOKEN).toString('hex').toUpperCase()],
	])('are found %s', (_case, form) => {
		expect(maskSecrets(`x ${form} y`, [TOKEN])).toBe('x ••• y');
	});

	it.each(['a', 'ab', 'abc'])('are found in base64 of more, wherever they begin: %s', (before) => {
		for (const secret of ['s3cret-one', 's3cret-one2', 's3cret-one23']) {
			const encoded = base64(`${before}${secret}zzzzz`);
			const masked = maskSecrets(encoded, [secret]);
			expect(masked).toContain('•••');
			// what is left of it at either end is less than a character of the secret
			const [start = '', end = ''] = masked.split('•••');
			expect(Buffer.from(start, 'base64').toString()).not.toContain(secret.slice(0, 2));
			expect(end.length).toBeLessThan(12);
		}
	});

	it('are found in base64 for URLs, where that has letters of its own', () => {
		const secret = '~~~???>>>';
		const forUrls = Buffer.from(secret).toString('base64url');
		expect(forUrls).toMatch(/-.*_/);
		expect(maskSecrets(`x ${forUrls} y`, [secret])).toBe('x ••• y');
		const within = Buffer.from(`a${secret}b`).toString('base64url');
		expect(maskSecrets(within, [secret])).toContain('•••');
	});

	it('may have blanks, which a form writes as a plus', () => {
		expect(maskSecrets('x pa+ss y', ['pa ss'])).toBe('x ••• y');
		expect(maskSecrets('x pa%2Bs+s y', ['pa+s s'])).toBe('x ••• y');
	});

	it('may be codes themselves', () => {
		expect(maskSecrets('x ab y', ['%61%62'])).toBe('x ••• y');
		expect(maskSecrets('x %61%62 y', ['%61%62'])).toBe('x ••• y');
		expect(maskSecrets('x &lt;a y', ['&amp;lt;a'])).toBe('x ••• y');
	});

	it('that are short are looked for as they are', () => {
		expect(maskSecrets('abc ABC YWJj 616263', ['abc'])).toBe('••• ABC YWJj 616263');
		expect(maskSecrets('abcd ABCD YWJjZA 61626364', ['abcd'])).toBe('••• ••• ••• •••');
	});

	it('that are blank hide nothing', () => {
		expect(maskSecrets('a b', [' '])).toBe('a b');
	});

	it('leave what is no code alone', () => {
		for (const text of ['100%', '%zz', '&nothing;', '&#;', '\\q', 'a + b']) {
			expect(maskSecrets(text, ['SECRET'])).toBe(text);
		}
		expect(maskSecrets('a&#1114111;b&#1114112;c', ['SECRET'])).toBe('abc');
		expect(maskSecrets('a\r\n\tb', ['SECRET'])).toBe('a b');
		expect(maskSecrets('\\"a\\\'', ['SECRET'])).toBe(`"a'`);
	});

	it.each([
		['s-e-c-r-e-t-1-2', true],
		['S.E.C.R.E.T.1.2', true],
		['s-e-c-r-e-t-1', false],
		['x', false],
	])('are noticed when they are cut up: %s', (text, holds) => {
		expect(holdsSecret(text, ['secret-12'])).toBe(holds);
	});

	it('are not noticed in ordinary words where they are short', () => {
		expect(holdsSecret('passing', ['passing'])).toBe(false);
		expect(holdsSecret('passings', ['passings'])).toBe(true);
		expect(holdsSecret('anything', [])).toBe(false);
	});
});
