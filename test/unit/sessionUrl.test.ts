import {
	hostOfSession,
	parseCookie,
	parseSessionUrl,
} from '../../nodes/shared/cpanel/input/sessionUrl';
import { thrownBy } from './thrown';
import { growth, IN_PROPORTION } from './growth';

describe('a session URL', () => {
	it.each([
		['https://mail.example.com:2096/cpsess123', 'https://mail.example.com:2096/cpsess123'],
		[' HTTPS://Mail.Example.com/cpsess123/ ', 'https://mail.example.com:2096/cpsess123'],
		[
			'https://mail.example.com:443/cpsess123/webmail/jupiter/index.html?login=1#x',
			'https://mail.example.com:443/cpsess123',
		],
		['<https://mail.example.com/cpsess123>', 'https://mail.example.com:2096/cpsess123'],
		['“https://mail.example.com/cpsess\u200b123”', 'https://mail.example.com:2096/cpsess123'],
		['https://[2001:db8::1]:2083/cpsess123?x', 'https://[2001:db8::1]:2083/cpsess123'],
	])('is read from %j', (text, sessionUrl) => {
		expect(parseSessionUrl(text)).toBe(sessionUrl);
	});

	it.each([
		['https://mail.example.com:443/cpsess123', 'mail.example.com', 443],
		['https://mail.example.com:2096/cpsess123', 'mail.example.com', 2096],
		['https://[2001:db8::1]:2083/cpsess123', '[2001:db8::1]', 2083],
	])('tells where the session lives: %s', (sessionUrl, name, port) => {
		expect(hostOfSession(sessionUrl)).toMatchObject({ name, port });
	});

	it.each([
		['', '“Session URL” is empty'],
		[' ', '“Session URL” is empty'],
		['http://mail.example.com/cpsess123', 'does not start with https://'],
		['mail.example.com/cpsess123', 'does not start with https://'],
		['//mail.example.com/cpsess123', 'does not start with https://'],
		['https:/mail.example.com/cpsess123', 'does not start with https://'],
		['https:///cpsess123', '“Session URL” is empty'],
		['https://user@mail.example.com/cpsess123', 'is not a host name'],
		['https://mail.example.com\\@evil.example/cpsess123', 'is not a host name'],
		['https://mail.example.com:0/cpsess123', 'out of range'],
		['https://mail.example.com', 'contains no security token'],
		['https://mail.example.com/', 'contains no security token'],
		['https://mail.example.com/webmail/cpsess123', 'contains no security token'],
		['https://mail.example.com//cpsess123', 'contains no security token'],
		['https://mail.example.com/cpsess123x', 'contains no security token'],
		['https://mail.example.com/?/cpsess123', 'contains no security token'],
		['https://mail.example.com?/cpsess123', 'contains no security token'],
		['x https://mail.example.com/cpsess123', 'does not start with https://'],
	])('is not %j', (text, message) => {
		expect(thrownBy(() => parseSessionUrl(text))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
		});
	});
});

describe('a cookie for a session', () => {
	it.each(['webmailsession=anna%3aabc%2cdef', 'a=b; c=d', 'a=', 'a="b c"', ' a=b '])(
		'may be %j',
		(text) => {
			expect(parseCookie(text)).toBe(text.trim());
		},
	);

	it.each([
		['Cookie: a=b', 'a=b'],
		['cookie:   a=b', 'a=b'],
		['COOKIE:a=b', 'a=b'],
		['a=cookie: b', 'a=cookie: b'],
		['“a=b”', 'a=b'],
		['a=\u200bb\u00a0', 'a=b'],
	])('may come as %j', (text, cookie) => {
		expect(parseCookie(text)).toBe(cookie);
	});

	it('is told what is wrong with it', () => {
		expect(thrownBy(() => parseCookie('a=\u00e4')).hint).toContain('“\u00e4” (U+00E4)');
		expect(thrownBy(() => parseCookie('a=b\r\nX: y')).hint).toContain('a line break');
	});

	it.each([
		['', '“Cookie” is empty'],
		[' ', '“Cookie” is empty'],
		['webmailsession', '“Cookie” is not a cookie'],
		['a; b=c', '“Cookie” is not a cookie'],
		['=b', '“Cookie” is not a cookie'],
		['a=b\r\nX-Evil: 1', '“Cookie” is not a cookie'],
		['a=b\u0000', '“Cookie” is not a cookie'],
		['a=ä', '“Cookie” is not a cookie'],
		['a\tb=c', '“Cookie” is not a cookie'],
	])('is not %j', (text, message) => {
		expect(thrownBy(() => parseCookie(text))).toMatchObject({ kind: 'input', message });
	});

	it('is checked in a time in proportion to its length', () => {
		const check = (length: number): void => {
			expect(thrownBy(() => parseCookie(`${'='.repeat(length)}\u0001`)).kind).toBe('input');
		};
		expect(growth(check)).toBeLessThan(IN_PROPORTION);
	});
});
