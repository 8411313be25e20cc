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

	const NOW = Date.UTC(2026, 0, 1);
	const GONE = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT';
	it.each<[string, string[], string]>([
		['an Expires in the past', ['a=1', `b=2; ${GONE}`], 'a=1'],
		['a Max-Age of 0', ['a=1; Max-Age=0', 'b=2'], 'b=2'],
		['a negative Max-Age, in any case', ['a=1; MAX-AGE = -1'], ''],
		['what an earlier line had set', ['a=1; Path=/', `a=; path=/; ${GONE}`], ''],
		['what a later line sets again', [`a=; ${GONE}`, 'a=2'], 'a=2'],
		[
			'a Max-Age of 0, whatever Expires says',
			['a=1; Max-Age=0; Expires=Fri, 01 Jan 2100 00:00:00 GMT'],
			'',
		],
		['the later of two attributes', ['a=1; Max-Age=60; Max-Age=0'], ''],
		['a date with hyphens and two digits', ['a=1; Expires=Thursday, 01-Jan-70 00:00:01 GMT'], ''],
		['a date of asctime', ['a=1; expires=Thu Jan  1 00:00:00 1970'], ''],
		['a date without a zone, which is UTC', ['a=1; expires=Wed, 31 Dec 2025 23:59:59'], ''],
		['a moment that is just over', ['a=1; expires=Thu, 01 Jan 2026 00:00:00 GMT'], ''],
		[
			'attributes without a value between',
			['a=1; Secure; Max-Age=0; HttpOnly', 'b=1; Domain; path; Max-Age=0'],
			'',
		],
		['a line without a domain, for one without', ['a=1; Path=/', 'a=; Path=/; Max-Age=0'], ''],
		['an hour that is over', ['a=1; expires=Wed, 31 Dec 2025 23:00:00 GMT'], ''],
	])('are deleted by %s', (_case, lines, header) => {
		expect(cookieHeader(parseSetCookies(lines, NOW))).toBe(header);
	});

	it.each<[string, string[], string]>([
		['a Max-Age above 0, whatever Expires says', [`a=1; ${GONE}; Max-Age=60`], 'a=1'],
		['an Expires to come', ['a=1; Expires=Thu, 01-Jan-2026 00:00:01 GMT'], 'a=1'],
		[
			'a date that is none',
			['a=1; Expires=0', 'b=2; expires=soon', 'c=3; expires'],
			'a=1; b=2; c=3',
		],
		['a Max-Age that is no number', ['a=1; Max-Age=0x0', 'b=1; max-age='], 'a=1; b=1'],
		[
			'a deletion for another path or domain',
			['a=1; Path=/', `a=; path=/old; ${GONE}`, `a=; Domain=example.com; Path=/; ${GONE}`],
			'a=1',
		],
	])('stay in spite of %s', (_case, lines, header) => {
		expect(cookieHeader(parseSetCookies(lines, NOW))).toBe(header);
	});
});
