import { parseGotoUri } from '../../nodes/shared/cpanel/input/gotoUri';
import { thrownBy } from './thrown';

describe('the page that opens after the login', () => {
	it.each([
		['/', '/'],
		[' /3rdparty/roundcube/index.php ', '/3rdparty/roundcube/index.php'],
		['/webmail/jupiter/index.html?a=b&c=%20#d', '/webmail/jupiter/index.html?a=b&c=%20#d'],
		['/a/../b', '/a/../b'],
		['/a//b', '/a//b'],
		['/für/電子', '/für/電子'],
		['/%2f%2fevil.example', '/%2f%2fevil.example'],
		['/@evil.example', '/@evil.example'],
		['/http://evil.example', '/http://evil.example'],
		['/<script>"\'&', '/<script>"\'&'],
		['\ufeff/webmail\u200b\n', '/webmail'],
		['“/webmail”', '/webmail'],
		['"/webmail"', '/webmail'],
		['/quoted"', '/quoted"'],
		['', undefined],
		[' \n', undefined],
	])('is read from %j', (text, path) => {
		expect(parseGotoUri(text)).toBe(path);
	});

	it.each([
		'//evil.example',
		'///evil.example',
		'/\\evil.example',
		'\\\\evil.example',
		'/\\/evil.example',
		'/.//evil.example',
		'/..//evil.example',
		'/%2e//evil.example',
		'/%2E%2e//evil.example',
		'/a/..//evil.example',
		'/\t/evil.example',
		'/\n/evil.example',
		'/\r\n/evil.example',
		'/a\u0000b',
		'/a\u007fb',
		'/a\u0085b',
		'/a\u2028b',
		'/a b',
		'/a\u200bb',
		'/a\u202eb',
		'https://evil.example',
		'https:evil.example',
		'javascript:alert(1)',
		'data:text/html,x',
		'evil.example',
		'index.html',
		'?goto=/x',
		'#x',
		'@evil.example',
		'.',
		`//${'/'.repeat(100_000)}`,
	])('is not %j, which may lead elsewhere', (text) => {
		expect(thrownBy(() => parseGotoUri(text))).toMatchObject({
			kind: 'input',
			message: '“Go To” is not a path on the Webmail server',
		});
	});

	it.each(['/x/cpsess123', '/x?/cpsess123'])('may name a token later: %s', (text) => {
		expect(parseGotoUri(text)).toBe(text);
	});

	it.each(['/cpsess123/webmail', '/CPSESS123'])(
		'is not %j: a session gets its own token',
		(text) => {
			expect(thrownBy(() => parseGotoUri(text))).toMatchObject({
				kind: 'input',
				message: '“Go To” starts with a security token',
			});
		},
	);

	it.each([
		['/my page', 'It contains a space.'],
		['/my\u00a0page', 'It contains a no-break space (U+00A0).'],
		['/a\u200bb', 'It contains an invisible character (U+200B).'],
		['/a\\b', 'It contains the character “\\”.'],
		['https://mail.example.com:2096/cpsess1/webmail', 'It is a full URL.'],
		['webmail', 'starts with one slash'],
	])('is told what is wrong with %j', (text, reason) => {
		const { hint } = thrownBy(() => parseGotoUri(text));
		expect(hint).toContain(reason);
		if (text.startsWith('/')) expect(hint).not.toContain('starts with one slash');
	});

	it('stays on the server however a browser reads it', () => {
		const pieces = ['/', '\\', '.', '..', '%2f', '%5c', '%2e', '@', ':', 'evil.example', '\t', '?'];
		for (const first of pieces) {
			for (const second of pieces) {
				for (const third of pieces) {
					const text = `/${first}${second}${third}`;
					let path: string | undefined;
					try {
						path = parseGotoUri(text);
					} catch (error) {
						expect(error).toMatchObject({ kind: 'input' });
						continue;
					}
					for (const base of ['https://mail.example', 'https://mail.example/cpsess1/login/']) {
						expect(new URL(path ?? '/', base).origin).toBe('https://mail.example');
					}
					const afterToken = new URL(`/cpsess1${path}`, 'https://mail.example');
					expect(afterToken.origin).toBe('https://mail.example');
				}
			}
		}
	});
});
