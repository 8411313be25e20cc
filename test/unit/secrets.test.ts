import { maskSecrets } from '../../nodes/shared/cpanel/answers/secrets';

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
});
