import { parseAccentColor, parseLogoUrl } from '../../../nodes/CpanelWebmailLogin/page/fields';
import { chooseLanguage } from '../../../nodes/CpanelWebmailLogin/page/language';
import { readableOn, renderPage } from '../../../nodes/CpanelWebmailLogin/page/renderPage';

describe('the color of the button', () => {
	it.each([
		['', '#1a56c4'],
		[' #AbC ', '#aabbcc'],
		['ff8800', '#ff8800'],
		['#FF8800', '#ff8800'],
	])('is read from %j', (text, color) => expect(parseAccentColor(text)).toBe(color));

	it.each(['red', '#12', '#12345', '#1234567', 'rgb(1,2,3)', '#fff;}', 'url(x)', '#ggg'])(
		'is not %j',
		(text) => expect(() => parseAccentColor(text)).toThrow('“Accent Color” is not a color'),
	);

	it('has a text that can be read on it, whatever it is', () => {
		const channel = (value: number): number =>
			value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
		for (let color = 0; color < 0x1000000; color += 0x0107) {
			const hex = `#${color.toString(16).padStart(6, '0')}`;
			const [red = 0, green = 0, blue = 0] = [16, 8, 0].map((shift) =>
				channel(((color >> shift) & 0xff) / 255),
			);
			const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
			const contrast =
				readableOn(hex) === '#ffffff' ? 1.05 / (luminance + 0.05) : (luminance + 0.05) / 0.05;
			if (contrast < 4.5) throw new Error(`${hex}: ${contrast}`);
		}
		expect(readableOn('#1a56c4')).toBe('#ffffff');
		expect(readableOn('#ffff00')).toBe('#000000');
	});
});

describe('the logo', () => {
	it.each([
		['https://example.com/logo.png', 'https://example.com'],
		[' HTTPS://CDN.example.com:8443/a?b=c ', 'https://cdn.example.com:8443'],
		['http://127.0.0.1:8080/logo.png', 'http://127.0.0.1:8080'],
		['https://bücher.example/x', 'https://xn--bcher-kva.example'],
	])('is read from %j', (text, origin) => expect(parseLogoUrl(text)?.origin).toBe(origin));

	it('may be left out', () => expect(parseLogoUrl(' ')).toBeUndefined());

	it.each([
		'logo.png',
		'//example.com/x',
		'http://example.com/x',
		'data:image/png;base64,AA',
		'javascript:alert(1)',
		'https://me:secret@example.com/',
		'https://',
		'https://cdn.example;sandbox/x.png',
		'https://cdn.example;sandbox',
		'https://cdn.example,script-src/x.png',
		'https://cdn.example"x/y.png',
		"https://cdn.example'x/y.png",
		"https://'unsafe-inline'/y.png",
		'https://*.example/y.png',
		'https://cdn.example&x/y.png',
		'https://cdn.example$x/y.png',
		'https://cdn.example`x/y.png',
		'https://cdn.example{x}/y.png',
		'https://(cdn.example)/y.png',
		'http://localhost;sandbox/y.png',
		'https://cdn%2eexample%3bsandbox/y.png',
		'https://cdn.example\u037esandbox/y.png',
	])('is not %j', (text) =>
		expect(() => parseLogoUrl(text)).toThrow('“Logo URL” is not the address of a picture'),
	);
});

describe('the policy of a page', () => {
	/** Past the parser of the field: what a page is made of is escaped once more where it is used. */
	const pageWith = (logo: string) =>
		renderPage({
			language: chooseLanguage({}),
			look: { logoUrl: new URL(logo) },
			title: '',
			text: '',
			formAction: 'https:',
		});

	it.each([
		'https://cdn.example;sandbox/x.png',
		'https://cdn.example"x,y/z.png',
		"https://'self'/x",
	])('has no directive more, and the same ones in the page: %s', (logo) => {
		const { html, policy } = pageWith(logo);
		const names = policy
			.join('; ')
			.split(/[;,]/)
			.map((directive) => directive.trim().split(' ')[0]);
		expect(names).toEqual(['default-src', 'style-src', 'img-src', 'form-action', 'base-uri']);
		expect(policy.join('; ')).not.toMatch(/["<>&]/);
		const [, inPage] = /http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html) ?? [];
		expect(inPage).toBe(policy.join('; '));
	});
});
