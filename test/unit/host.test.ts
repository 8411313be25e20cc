import { parseHost, parseHostOrUrl, shortHost } from '../../nodes/shared/cpanel/input/host';
import { parseServer, parseWhmServer, webmailHostText } from '../../nodes/shared/cpanel/input/host';
import { thrownBy } from './thrown';
import { growth, IN_PROPORTION } from './growth';

describe('a host', () => {
	it.each([
		['mail.example.com', 'mail.example.com', 2096],
		[' mail.example.com ', 'mail.example.com', 2096],
		['MAIL.Example.COM', 'mail.example.com', 2096],
		['mail.example.com:443', 'mail.example.com', 443],
		['mail.example.com:1', 'mail.example.com', 1],
		['mail.example.com:65535', 'mail.example.com', 65535],
		['mail.example.com:00443', 'mail.example.com', 443],
		['mail.example.com.', 'mail.example.com.', 2096],
		['localhost', 'localhost', 2096],
		['my_server-1.example', 'my_server-1.example', 2096],
		['bücher.example', 'xn--bcher-kva.example', 2096],
		['xn--bcher-kva.example', 'xn--bcher-kva.example', 2096],
		['电子邮件.example:2096', 'xn--5nqx41agiu29y.example', 2096],
		['ｅｘａｍｐｌｅ。com', 'example.com', 2096],
		['203.0.113.7', '203.0.113.7', 2096],
		['203.0.113.7:2083', '203.0.113.7', 2083],
		['[2001:DB8::1]', '[2001:db8::1]', 2096],
		['[::1]:2083', '[::1]', 2083],
		['[::ffff:203.0.113.7]', '[::ffff:cb00:7107]', 2096],
		// as every URL parser reads it, and as the egress policy therefore sees it
		['0177.0.0.1', '127.0.0.1', 2096],
		['2130706433', '127.0.0.1', 2096],
	])('is read from %j', (text, name, port) => {
		expect(parseHost(text, 2096, 'Host')).toEqual({
			name,
			port,
			origin: `https://${name}:${port}`,
		});
	});

	it.each([
		'https://mail.example.com',
		'mail.example.com/',
		'mail.example.com/cpsess1',
		'//mail.example.com',
		'mail.example.com?x',
		'mail.example.com#x',
		'user@mail.example.com',
		'user:password@mail.example.com',
		'mail.example.com:2096@evil.example',
		'mail.example.com\\@evil.example',
		'mail.example.com\\evil',
		'mail example.com',
		'mail.example.com evil.example',
		'mail\texample.com',
		'mail.example.com\r\nX: y',
		'mail.example.com\u0000',
		'mail.example.com\u007f',
		'mail.example.com,evil.example',
		'mail.example.com;x',
		'mail%2eexample.com',
		'<mail.example.com>',
		'"mail.example.com"',
		'mail.example.com:',
		'mail.example.com:x',
		'mail.example.com:-1',
		'mail.example.com:20 96',
		'mail.example.com:2096:2096',
		'mail.example.com:1234567',
		':2096',
		'::1',
		'2001:db8::1',
		'[]',
		'[::1',
		'::1]',
		'[::1]x',
		'[::1%eth0]',
		'[:::1]',
		'[mail.example.com]',
		'256.1.1.1',
		'1.2.3.4.5',
		'mail.example.com／evil',
		'mail.example.com＠evil.example',
		'℀.example',
		'“mail.example.com”',
		'mail!.example.com',
		'mail.example.com–2096',
	])('is refused in %j', (text) => {
		expect(thrownBy(() => parseHost(text, 2096, 'Host'))).toMatchObject({
			kind: 'input',
			message: '“Host” is not a host name or address',
		});
	});

	it.each(['', ' ', '\t\r\n'])('is missing in %j', (text) => {
		expect(thrownBy(() => parseHost(text, 2096, 'Host'))).toMatchObject({
			kind: 'input',
			message: '“Host” is empty',
		});
	});

	it.each(['mail.example.com:0', 'mail.example.com:65536', '[::1]:999999'])(
		'has a port out of range in %j',
		(text) => {
			expect(thrownBy(() => parseHost(text, 2096, 'Host'))).toMatchObject({
				kind: 'input',
				message: 'The port in “Host” is out of range',
			});
		},
	);

	it.each(['a', 'ä', 'a.', ':', 'a:'])(
		'takes a time in proportion to its length to read, also if made of %j',
		(piece) => {
			const read = (length: number): void => {
				try {
					parseHost(piece.repeat(length / piece.length), 2096, 'Host');
				} catch (error) {
					expect(error).toMatchObject({ kind: 'input' });
				}
			};
			expect(growth(read)).toBeLessThan(IN_PROPORTION);
		},
	);

	it('is written with its port only where that is not the usual one', () => {
		expect(shortHost(parseHost('mail.example.com', 2096, 'Host'), 2096)).toBe('mail.example.com');
		expect(shortHost(parseHost('mail.example.com:443', 2096, 'Host'), 2096)).toBe(
			'mail.example.com:443',
		);
		expect(shortHost(parseHost('[::1]:443', 2096, 'Host'), 2096)).toBe('[::1]:443');
	});
});

describe('what is wrong with a host', () => {
	it.each([
		['2001:db8::1', 'It contains an IPv6 address without brackets'],
		['::ffff:203.0.113.7', 'It contains an IPv6 address without brackets'],
		['mail.example.com:x:y', 'Enter a host name'],
		['a:b:c!', 'It contains the character “!”.'],
		['g:1:2', 'Enter a host name'],
		['mail example.com', 'It contains a space.'],
		['256.1.1.1', 'Enter a host name'],
		['', 'Enter a host name'],
	])('is told: %j', (text, reason) => {
		expect(thrownBy(() => parseHost(text, 2096, 'Host')).hint.startsWith(reason)).toBe(true);
	});

	it.each([
		['Server', 'the credential'],
		['Host', 'the session'],
	])('is that it would go unencrypted: %s', (field, what) => {
		expect(thrownBy(() => parseHostOrUrl('HTTP://mail.example.com', 2096, field)).message).toBe(
			`“${field}” starts with http://, which would send ${what} unencrypted`,
		);
	});

	it('is a scheme that is not that of a web page, and none where it stands later', () => {
		expect(thrownBy(() => parseHostOrUrl('FTP://x', 2096, 'Host')).message).toBe(
			'“Host” starts with ftp://',
		);
		expect(thrownBy(() => parseHostOrUrl('x ftp://y', 2096, 'Host')).message).toBe(
			'“Host” is not a host name or address',
		);
	});

	it('is a port out of range, with the usual one', () => {
		expect(thrownBy(() => parseHost('x:0', 2096, 'Host')).hint).toContain('to use 2096');
	});
});

it('is written as a server of Webmail', () => {
	expect(webmailHostText(parseHost('mail.example.com', 2096, 'Host'))).toBe('mail.example.com');
	expect(webmailHostText(parseHost('mail.example.com', 443, 'Host'))).toBe('mail.example.com:443');
});

describe('a host that was pasted', () => {
	it.each([
		['mail.example.com:2096', 'https://mail.example.com:2096'],
		['https://mail.example.com', 'https://mail.example.com:2096'],
		['https://Mail.example.com:443/cpsess1/webmail?x#y', 'https://mail.example.com:443'],
		[' “mail.example.com”\n', 'https://mail.example.com:2096'],
		['mail\u200b.exam\u00adple.com\ufeff', 'https://mail.example.com:2096'],
		['\u00a0mail.example.com\u202f', 'https://mail.example.com:2096'],
		['my\u2011mail.example.com', 'https://my-mail.example.com:2096'],
		['<https://mail.example.com/webmail>', 'https://mail.example.com:2096'],
		['<https://mail.example.com|mail.example.com>', 'https://mail.example.com:2096'],
		['[Webmail](https://mail.example.com/)', 'https://mail.example.com:2096'],
		['почта.example.com', 'https://xn--80a1acny.example.com:2096'],
		// a joiner that belongs to the name
		['نامه\u200cای.example', 'https://xn--mgba3gch31f060k.example:2096'],
	])('is read from %j', (text, origin) => {
		expect(parseHostOrUrl(text, 2096, 'Host').origin).toBe(origin);
	});

	it.each([
		['\u200b', '“Host” is empty', 'Enter a host name'],
		['http://mail.example.com:2095', '“Host” starts with http://', 'Enter'],
		['imap://mail.example.com', '“Host” starts with imap://', 'Enter'],
		['https://anna:x@mail.example.com', '“Host” contains a user name or a password', 'Enter'],
		[
			'mail.ex\u0430mple.com',
			'“Host” contains “\u0430”, a letter that is not Latin (U+0430)',
			'Type',
		],
		[
			'm\u03b1il.example.com',
			'“Host” contains “\u03b1”, a letter that is not Latin (U+03B1)',
			'Type',
		],
		['mail example.com', '“Host” is not a host name or address', 'It contains a space.'],
		['mail.example.com/webmail', '“Host” is not a host name', 'It contains the character “/”.'],
		['anna@example.com', '“Host” is not a host name', 'It contains the character “@”.'],
		['a.example, b.example', '“Host” is not a host name', 'It contains the character “,”.'],
		['2001:db8::1', '“Host” is not a host name', 'an IPv6 address without brackets'],
	])('is refused in %j', (text, message, hint) => {
		expect(thrownBy(() => parseHostOrUrl(text, 2096, 'Host'))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
			hint: expect.stringContaining(hint),
		});
	});
});

describe('a server', () => {
	it.each([
		['cpanel.example.com', 'https://cpanel.example.com:2083'],
		['cpanel.example.com:443', 'https://cpanel.example.com:443'],
		['https://cpanel.example.com', 'https://cpanel.example.com:2083'],
		['https://cpanel.example.com/', 'https://cpanel.example.com:2083'],
		['HTTPS://Cpanel.Example.COM:8443', 'https://cpanel.example.com:8443'],
		[
			' https://cpanel.example.com:2083/cpsess1/frontend/jupiter/index.html?x=@#y ',
			'https://cpanel.example.com:2083',
		],
		['cpanel.example.com/cpsess1', 'https://cpanel.example.com:2083'],
		['https://[2001:db8::1]/', 'https://[2001:db8::1]:2083'],
		['“https://cpanel.example.com:2083/”', 'https://cpanel.example.com:2083'],
		['<https://cpanel.example.com>', 'https://cpanel.example.com:2083'],
		['cpanel\u200b.example.com\u00a0', 'https://cpanel.example.com:2083'],
		['https://bücher.example?x', 'https://xn--bcher-kva.example:2083'],
	])('is read from %j', (text, origin) => {
		expect(parseServer(text).origin).toBe(origin);
	});

	it.each([
		['server.example.com', 'https://server.example.com:2087'],
		['https://server.example.com:2087/cpsess1/', 'https://server.example.com:2087'],
		['whm.example.com:443', 'https://whm.example.com:443'],
	])('of WHM is read from %j', (text, origin) => {
		expect(parseWhmServer(text).origin).toBe(origin);
	});

	it.each([
		['server.example.com:2083', /port 2083, which is the port of cPanel/, /“cPanel API”/],
		['http://server.example.com', /unencrypted/, /https/],
	])('of WHM is refused in %j', (text, message, hint) => {
		expect(thrownBy(() => parseWhmServer(text))).toMatchObject({
			kind: 'input',
			message: expect.stringMatching(message),
			hint: expect.stringMatching(hint),
		});
	});

	const REFUSALS: Array<[string, RegExp]> = [
		['', /is empty/],
		['https://', /is empty/],
		['http://cpanel.example.com', /unencrypted/],
		['HTTP://cpanel.example.com:2082', /unencrypted/],
		['ftp://cpanel.example.com', /starts with ftp:/],
		['alice:geheim@cpanel.example.com', /user name or a password/],
		['https://alice@cpanel.example.com/', /user name or a password/],
		['https://cpanel.example.com\\@evil.example', /user name or a password/],
		['cpanel example.com', /not a host name/],
		['javascript:alert(1)', /not a host name/],
		['https:\\\\cpanel.example.com', /not a host name/],
		['https:cpanel.example.com', /not a host name/],
		['cpanel.example.com:2087', /port 2087, which is the port of WHM/],
		['https://cpanel.example.com:0', /out of range/],
		['https://cpanel.example.com:65536/', /out of range/],
	];

	it.each(REFUSALS)('is refused in %j', (text, message) => {
		const error = thrownBy(() => parseServer(text));
		expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
		expect(error.message).toContain('“Server”');
		expect(error.message + error.hint).not.toContain('geheim');
	});

	it('is refused with a message for each reason', () => {
		const reasons = new Set(REFUSALS.map(([, message]) => message.source));
		const messages = REFUSALS.map(([text]) => thrownBy(() => parseServer(text)).message);
		expect(new Set(messages).size).toBe(reasons.size);
	});
});
