import { parseRemoteAddress } from '../../nodes/shared/cpanel/input/ipAddress';
import { thrownBy } from './thrown';

describe('the address of a visitor', () => {
	it.each([
		['203.0.113.7', '203.0.113.7', false],
		[' 0.0.0.0\n', '0.0.0.0', false],
		['255.255.255.255', '255.255.255.255', false],
		['::ffff:203.0.113.7', '203.0.113.7', false],
		['::FFFF:203.0.113.7', '203.0.113.7', false],
		['2001:db8::1', '2001:db8::1', true],
		['2001:DB8:0:0:0:0:0:1', '2001:db8::1', true],
		['::', '::', true],
		['::1', '::1', true],
		['64:ff9b::203.0.113.7', '64:ff9b::cb00:7107', true],
		['::ffff:cb00:7107', '203.0.113.7', false],
		['[::ffff:203.0.113.7]:443', '203.0.113.7', false],
		['203.0.113.7:51234', '203.0.113.7', false],
		['[2001:db8::1]', '2001:db8::1', true],
		['[2001:db8::1]:443', '2001:db8::1', true],
		['fe80::1%eth0', 'fe80::1', true],
		['“203.0.113.7”', '203.0.113.7', false],
		['\u200e203.0.113\u200b.7', '203.0.113.7', false],
		// as proxies name all addresses that a request came through
		['203.0.113.7, 172.71.22.154', '203.0.113.7', false],
		['203.0.113.7,198.51.100.1', '203.0.113.7', false],
		['10.0.0.1, 203.0.113.7', '203.0.113.7', false],
		['192.168.1.5, 10.0.0.1', '192.168.1.5', false],
		['unknown, 203.0.113.7:80, 10.0.0.1', '203.0.113.7', false],
		['100.64.3.2, 127.0.0.1, ::1, fd00::1, 2001:db8::7', '2001:db8::7', true],
		[' , 203.0.113.7,', '203.0.113.7', false],
		['for=203.0.113.7;proto=https;by=10.0.0.1', '203.0.113.7', false],
		['proto=https; For="[2001:db8::17]:4711", for=203.0.113.7', '2001:db8::17', true],
		['for=_hidden, for=203.0.113.7', '203.0.113.7', false],
		['for=unknown;by="10.0.0.1, for=198.51.100.1", for="[2001:db8::7]"', '2001:db8::7', true],
		['for = "203.0.113.7:80"', '203.0.113.7', false],
		['for="\\2\\03.0.113.7"', '203.0.113.7', false],
		['2001:db8:0:0:0:0:0:7:443', '2001:db8::7', true],
		['240.16.0.1, 2001:db8::7', '2001:db8::7', true],
	])('is read from %j', (text, address, isIpv6) => {
		expect(parseRemoteAddress(text)).toEqual({ address, isIpv6 });
	});

	it.each(['', ' ', '\n'])('is left to cPanel with %j', (text) => {
		expect(parseRemoteAddress(text)).toBeUndefined();
	});

	it.each([
		'example.com',
		'203.0.113',
		'203.0.113.7.1',
		'203.0.113.256',
		'203.0.113.07',
		'0203.0.113.7',
		'0x7f.0.0.1',
		'2130706433',
		'203.0.113.-1',
		'203.0.113.7/24',
		'203.0.113.7, example.com',
		'203.0.113.7:',
		'203.0.113.7:port',
		'203.0.113.7:123456',
		'203.0.113.7 198.51.100.1',
		'２０３.0.113.7',
		'::ffff:999.0.113.7',
		'::ffff:203.0.113.07',
		'[::1',
		'::1]',
		'[]',
		'for=unknown',
		'for=',
		',',
		'unknown, _hidden',
		'fe80::1::2',
		':::',
		'12345::',
		'2001:db8::/32',
		// what would end the brackets of a URL
		'::1]/x',
		'::1]:80/x[',
		'::1]@evil.example/[',
		'::1\t2',
		'::\n1',
		'::1&login=root',
		'unknown',
		`${'1'.repeat(100_000)}.1`,
		':'.repeat(100_000),
	])('is not %j', (text) => {
		expect(thrownBy(() => parseRemoteAddress(text))).toMatchObject({
			kind: 'input',
			message: '“Remote Address” is not an IP address',
		});
	});

	it.each([
		['203.0.113.0/24', 'It contains a network and not a single address.'],
		['203.0.113.7 198.51.100.1', 'It contains a space.'],
		['the office', 'It contains the character “t”.'],
		['203.0.113', 'Enter the IPv4 address'],
	])('is told what is wrong with %j', (text, reason) => {
		expect(thrownBy(() => parseRemoteAddress(text)).hint).toContain(reason);
	});
});
