import { readIpAddress } from '../../../nodes/shared/cpanel/input/ipAddress';
import { growth, IN_PROPORTION } from '../growth';
import { accessLinkUrl, parseLinkAddress } from '../../../nodes/shared/accessLink/linkAddress';
import { visitorAddress, visitorAddressIn } from '../../../nodes/shared/accessLink/visitorAddress';

describe('an IP address', () => {
	it.each([
		['203.0.113.7', '203.0.113.7'],
		[' 203.0.113.7 ', '203.0.113.7'],
		['203.0.113.7:51234', '203.0.113.7'],
		['"203.0.113.7:51234"', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['::FFFF:cb00:7107', '203.0.113.7'],
		['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
		['[::ffff:203.0.113.7]:443', '203.0.113.7'],
		['2001:db8::7', '2001:db8::7'],
		['2001:0DB8:0:0:0:0:0:7', '2001:db8::7'],
		['[2001:db8::7]', '2001:db8::7'],
		['[2001:db8::7]:51234', '2001:db8::7'],
		['"[2001:db8::7]:51234"', '2001:db8::7'],
		['fe80::1%eth0', 'fe80::1'],
	])('is read in the clothing %s', (text, address) => {
		expect(readIpAddress(text)).toMatchObject({ text: address, isIpv6: address.includes(':') });
	});

	it.each([
		'',
		'unknown',
		'_hidden',
		'localhost',
		'203.0.113',
		'203.0.113.256',
		'0203.0.113.7',
		'203.0.113.7.8',
		'203.0.113.7:',
		'1:2',
		'::g',
		'[::1',
		'a@b',
		'0x7f.1',
		'2130706433',
		'203.0.113.7/24',
	])('is not %s', (text) => expect(readIpAddress(text)).toBeUndefined());

	it.each([
		['203.0.113.7', true],
		['8.8.8.8', true],
		['172.15.255.255', true],
		['172.32.0.0', true],
		['100.63.255.255', true],
		['100.128.0.0', true],
		['192.167.0.1', true],
		['223.255.255.255', true],
		['2001:db8::7', true],
		['::ffff:8.8.8.8', true],
		['0.0.0.0', false],
		['10.0.0.1', false],
		['10.255.255.255', false],
		['100.64.0.1', false],
		['100.127.255.255', false],
		['127.0.0.1', false],
		['169.254.1.1', false],
		['172.16.0.1', false],
		['172.31.255.255', false],
		['192.168.1.1', false],
		['198.18.0.1', false],
		['224.0.0.1', false],
		['255.255.255.255', false],
		['::', false],
		['::1', false],
		['fc00::1', false],
		['fd12:3456::1', false],
		['fe80::1', false],
		['febf::1', false],
		['ff02::1', false],
		['::ffff:10.0.0.1', false],
	])('%s is public: %s', (text, isPublic) => {
		expect(readIpAddress(text)).toMatchObject({ isPublic });
	});
});

describe('the address of a visitor', () => {
	it.each<[string, Record<string, string | string[]>, string | undefined, string | undefined]>([
		['the peer', {}, '203.0.113.7', '203.0.113.7'],
		['the peer in IPv6 clothing', {}, '::ffff:203.0.113.7', '203.0.113.7'],
		['nobody', {}, undefined, undefined],
		['one of a private network', { 'x-forwarded-for': '192.168.0.7' }, '10.0.0.1', undefined],
		['behind a proxy', { 'x-forwarded-for': '203.0.113.7' }, '10.0.0.1', '203.0.113.7'],
		['a list', { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' }, '10.0.0.1', '203.0.113.7'],
		[
			'a list with a private one first',
			{ 'x-forwarded-for': '10.1.2.3, 203.0.113.7' },
			'::1',
			'203.0.113.7',
		],
		[
			'a list with rubbish',
			{ 'x-forwarded-for': 'unknown,, 203.0.113.7:1234' },
			'::1',
			'203.0.113.7',
		],
		[
			'a header that came twice',
			{ 'x-forwarded-for': ['10.0.0.1', '203.0.113.7'] },
			'::1',
			'203.0.113.7',
		],
		[
			'a public peer behind a private header',
			{ 'x-forwarded-for': '10.0.0.1' },
			'203.0.113.7',
			'203.0.113.7',
		],
		['X-Real-IP', { 'x-real-ip': '203.0.113.7' }, '10.0.0.1', '203.0.113.7'],
		[
			'X-Forwarded-For before X-Real-IP',
			{ 'x-real-ip': '198.51.100.1', 'x-forwarded-for': '203.0.113.7' },
			'::1',
			'203.0.113.7',
		],
		[
			'Cloudflare',
			{
				'cf-connecting-ip': '203.0.113.7',
				'true-client-ip': '198.51.100.1',
				'x-forwarded-for': '198.51.100.2',
			},
			'::1',
			'203.0.113.7',
		],
		[
			'another CDN',
			{ 'true-client-ip': '203.0.113.7', 'x-forwarded-for': '198.51.100.2' },
			'::1',
			'203.0.113.7',
		],
		['IPv6', { 'cf-connecting-ip': '2001:DB8::7' }, '10.0.0.1', '2001:db8::7'],
		[
			'Cloudflare, which made up an IPv4 address',
			{
				'cf-connecting-ip': '240.16.0.1',
				'cf-connecting-ipv6': '2001:db8::7',
				'x-forwarded-for': '240.16.0.1',
			},
			'203.0.113.9',
			'2001:db8::7',
		],
		[
			'X-Forwarded-For before Forwarded',
			{ forwarded: 'for=198.51.100.1', 'x-forwarded-for': '203.0.113.7' },
			'::1',
			'203.0.113.7',
		],
		[
			'Forwarded before X-Real-IP',
			{ forwarded: 'For="[2001:db8::7]:4711";proto=https', 'x-real-ip': '198.51.100.1' },
			'::1',
			'2001:db8::7',
		],
		[
			'nobody by a header of some other network',
			{ 'fly-client-ip': '203.0.113.7' },
			'::1',
			undefined,
		],
	])('is found for %s', (_, headers, peer, expected) => {
		expect(visitorAddress({ headers, peer })?.text).toBe(expected);
	});

	it.each<[string, string | string[], string | undefined]>([
		['X-Forwarded-For', '203.0.113.7:1234, 10.0.0.1', '203.0.113.7'],
		['X-Forwarded-For', '[2001:db8::7]:1234, 10.0.0.1', '2001:db8::7'],
		['X-Forwarded-For', ['unknown, 10.0.0.1', '203.0.113.7'], '203.0.113.7'],
		['X-Forwarded-For', '240.16.0.1, 2001:db8::7', '2001:db8::7'],
		['X-Forwarded-For', '240.16.0.1, 10.0.0.1', '10.0.0.1'],
		['X-Forwarded-For', '240.16.0.1', undefined],
		['X-Real-IP', '0.0.0.0', undefined],
		['X-Real-IP', '::', undefined],
		['CF-Connecting-IP', '2001:db8::7', '2001:db8::7'],
		['Forwarded', 'for=203.0.113.7', '203.0.113.7'],
		['Forwarded', 'for=203.0.113.7;proto=https;by=198.51.100.1', '203.0.113.7'],
		['Forwarded', 'by=198.51.100.1; FOR = "203.0.113.7:47011"', '203.0.113.7'],
		['Forwarded', 'for="[2001:db8::7]"', '2001:db8::7'],
		['Forwarded', 'for="[2001:DB8::7]:47011";host="a,b;for=198.51.100.1"', '2001:db8::7'],
		['Forwarded', 'for=[2001:db8::7]', '2001:db8::7'],
		['Forwarded', 'host="for=198.51.100.1", for=203.0.113.7', '203.0.113.7'],
		['Forwarded', 'for=unknown, for=_hidden, for="_SEVKISEK:80", for=203.0.113.7', '203.0.113.7'],
		['Forwarded', 'for=10.0.0.1, for=203.0.113.7', '203.0.113.7'],
		['Forwarded', ['for=unknown', 'for=203.0.113.7'], '203.0.113.7'],
		['Forwarded', 'for="203.0.113.9, for=203.0.113.7', '203.0.113.7'],
		['Forwarded', ';;, ;for=203.0.113.7;', '203.0.113.7'],
		['Forwarded', 'proto=https;host=198.51.100.1', undefined],
		['Forwarded', 'xfor=198.51.100.1', undefined],
		['Forwarded', '203.0.113.7', undefined],
		['Forwarded', '', undefined],
		['CloudFront-Viewer-Address', '203.0.113.7:46532', '203.0.113.7'],
		['CloudFront-Viewer-Address', '2001:db8::1:443', '2001:db8::1'],
		['CloudFront-Viewer-Address', '2001:db8:0:0:0:0:0:1:46532', '2001:db8::1'],
		['CloudFront-Viewer-Address', '[2001:db8::1]:443', '2001:db8::1'],
		['X-Any', '2001:db8:0:0:0:0:0:1:46532', '2001:db8::1'],
		['X-Any', '2001:db8::1:443', '2001:db8::1:443'],
		['Fly-Client-IP', '203.0.113.7', '203.0.113.7'],
		['X-Azure-ClientIP', '2001:db8::7', '2001:db8::7'],
	])('is read by the grammar of %s: %j', (name, value, expected) => {
		expect(visitorAddressIn({ headers: { [name.toLowerCase()]: value } }, name)?.text).toBe(
			expected,
		);
	});

	it('is the real one where Cloudflare made the one up that was chosen', () => {
		const headers = { 'cf-connecting-ip': '240.16.0.1', 'cf-connecting-ipv6': '2001:db8::7' };
		expect(visitorAddressIn({ headers }, 'CF-Connecting-IP')?.text).toBe('2001:db8::7');
	});

	it.each(['for=', ' ', 'for="', 'for="\\', 'x=y;', ','])(
		'is looked for in proportion to what comes: %j',
		(part) => {
			const read = (length: number): unknown =>
				visitorAddressIn(
					{ headers: { forwarded: part.repeat(length / part.length) } },
					'Forwarded',
				);
			expect(growth(read)).toBeLessThan(IN_PROPORTION);
		},
	);

	it.each<[string, string | string[] | undefined, string | undefined]>([
		['public', '203.0.113.7', '203.0.113.7'],
		['private, in a network of its own', '192.168.0.7', '192.168.0.7'],
		['in a list, the public one first', '192.168.0.7, 203.0.113.7', '203.0.113.7'],
		['missing', undefined, undefined],
		['no address', 'unknown', undefined],
	])('is taken from a header that was named: %s', (_, value, expected) => {
		const headers = { 'x-client': value, 'x-forwarded-for': '198.51.100.9' };
		expect(visitorAddressIn({ headers }, ' X-Client ')?.text).toBe(expected);
	});
});

describe('the address that links lead to', () => {
	it.each([
		['https://n8n.example.com/webhook/abc', 'https://n8n.example.com/webhook/abc'],
		['  https://n8n.example.com/webhook/abc\n', 'https://n8n.example.com/webhook/abc'],
		['“https://n8n.example.com/webhook/abc”', 'https://n8n.example.com/webhook/abc'],
		['\u200bhttps://n8n.example.com/\u200bwebhook/abc', 'https://n8n.example.com/webhook/abc'],
		['HTTPS://N8N.example.com:8443/x/webhook/abc', 'https://n8n.example.com:8443/x/webhook/abc'],
		['https://bücher.example/webhook/abc', 'https://xn--bcher-kva.example/webhook/abc'],
		['http://localhost:5678/webhook/abc', 'http://localhost:5678/webhook/abc'],
		['http://127.0.0.1:5678/webhook/abc', 'http://127.0.0.1:5678/webhook/abc'],
		['http://[::1]:5678/webhook/abc', 'http://[::1]:5678/webhook/abc'],
		['http://192.168.1.5/webhook/abc', 'http://192.168.1.5/webhook/abc'],
		['http://10.1.2.3/webhook/abc', 'http://10.1.2.3/webhook/abc'],
		['http://n8n:5678/webhook/abc', 'http://n8n:5678/webhook/abc'],
		['http://n8n.lan/webhook/abc', 'http://n8n.lan/webhook/abc'],
		['http://n8n.internal/webhook/abc', 'http://n8n.internal/webhook/abc'],
	])('is read: %s', (text, address) => expect(parseLinkAddress(text)).toBe(address));

	it.each<[unknown, string]>([
		['', '“Address” is empty'],
		[' ', '“Address” is empty'],
		[undefined, '“Address” is empty'],
		[['https://a.example/', 'https://b.example/'], '“Address” contains a list'],
		['n8n.example.com/webhook/abc', '“Address” is not an address that starts with https://'],
		['ftp://n8n.example.com/', '“Address” is not an address that starts with https://'],
		['https://', '“Address” is not an address that starts with https://'],
		['javascript:alert(1)', '“Address” is not an address that starts with https://'],
		['http://n8n.example.com/webhook/abc', '“Address” starts with http://'],
		['http://203.0.113.7/webhook/abc', '“Address” starts with http://'],
		['http://localhost.example.com/webhook/abc', '“Address” starts with http://'],
		['https://me:secret@n8n.example.com/', '“Address” contains a user name or a password'],
		['https://me@n8n.example.com/', '“Address” contains a user name or a password'],
		['https://:secret@n8n.example.com/', '“Address” contains a user name or a password'],
		['see https://n8n.example.com/', '“Address” is not an address that starts with https://'],
		['https://n8n.example.com/webhook/abc?x=1', '“Address” has a query or a fragment'],
		['https://n8n.example.com/webhook/abc?', '“Address” has a query or a fragment'],
		['https://n8n.example.com/webhook/abc#top', '“Address” has a query or a fragment'],
		['https://n8n.example.com/webhook-test/abc', '“Address” is the Test URL'],
	])('is refused: %j', (text, message) => expect(() => parseLinkAddress(text)).toThrow(message));

	it('and a token make a link', () => {
		expect(accessLinkUrl('https://n8n.example.com/webhook/abc', '1.x.y')).toBe(
			'https://n8n.example.com/webhook/abc?t=1.x.y',
		);
	});
});
