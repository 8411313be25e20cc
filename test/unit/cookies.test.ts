import { cookieHeader, parseSetCookies } from '../../nodes/shared/cpanel/login/cookies';

describe('cookies', () => {
	it.each([
		['none', [], ''],
		[
			'cPanel’s own, with its legacy attribute',
			['webmailsession=anna%40example.com%3aabc%2cdef; HttpOnly; path=/; port=2096; secure'],
			'webmailsession=anna%40example.com%3aabc%2cdef',
		],
		['several, in their order', ['a=1; path=/', 'b=2', 'c=3;'], 'a=1; b=2; c=3'],
		['blanks around them', [' a = 1 ; path=/'], 'a=1'],
		['a value with an equals sign', ['a=b=c=='], 'a=b=c=='],
		['an empty value', ['a=; path=/'], 'a='],
		['a quoted value', ['a="b c"'], 'a="b c"'],
		['the same name twice: the later counts', ['a=1', 'b=2', 'a=3'], 'a=3; b=2'],
		['names that differ in case', ['a=1', 'A=2'], 'a=1; A=2'],
		[
			'the name of a property of objects',
			['__proto__=1', 'constructor=2'],
			'__proto__=1; constructor=2',
		],
		['what is none', ['', ';', 'a', '=1', ' =1', '; a=1', 'HttpOnly; a=1'], ''],
	])('are sent back: %s', (_case, lines, header) => {
		expect(cookieHeader(parseSetCookies(lines))).toBe(header);
	});
});
