import { parseAccountName } from '../../nodes/shared/cpanel/input/account';
import {
	parseLoginTicket,
	normalizeSecurityToken,
	parseSecurityToken,
	securityTokenOf,
} from '../../nodes/shared/cpanel/input/loginTicket';
import { thrownBy } from './thrown';

const TICKET = { host: 'mail.example.com', token: '/cpsess1', session: 'anna@example.com:x:y,z' };

describe('a login ticket', () => {
	it.each([
		'anna@example.com:x:y,z\n',
		'\t anna@example.com:x:y,z \r\n',
		'\u00a0anna@example.com:x:y,z\u200b',
		'"anna@example.com:x:y,z"',
		'“anna@example.com:x:y,z”',
	])('has a session without what came along in %j', (session) => {
		expect(parseLoginTicket({ ...TICKET, session }).session).toBe(TICKET.session);
	});

	it('has a host, and names its field where that is none', () => {
		expect(parseLoginTicket(TICKET).host).toMatchObject({ name: 'mail.example.com', port: 2096 });
		expect(thrownBy(() => parseLoginTicket({ ...TICKET, host: '' })).message).toBe(
			'“Host” is empty',
		);
	});

	it.each([
		'see https://x',
		'a + b  c',
		'100%25%3a',
		'jürgen–日本語',
		"ends with a quote'",
		'a&b=c;d',
	])('has a session as it is: %j', (session) => {
		expect(parseLoginTicket({ ...TICKET, session }).session).toBe(session);
	});

	it.each([
		['', '“Session” is empty', 'It is the field “session”'],
		[' \u200b', '“Session” is empty', 'It is the field “session”'],
		['anna:\nx', '“Session” is not a session of cPanel', 'It contains a line break.'],
		['anna:\u0000x', '“Session” is not a session of cPanel', 'It contains a control character'],
		['anna:\u200bx', '“Session” is not a session of cPanel', 'It contains an invisible character'],
		[
			'https://mail.example.com:2096/cpsess1/login/?session=anna',
			'“Session” is not a session of cPanel',
			'It contains the address of a web page.',
		],
		['HTTP://x', '“Session” is not a session of cPanel', 'It contains the address of a web page.'],
	])('has no session in %j', (session, message, hint) => {
		const error = thrownBy(() => parseLoginTicket({ ...TICKET, session }));
		expect(error).toMatchObject({ kind: 'input', message, hint: expect.stringContaining(hint) });
		expect(error.hint).not.toContain('anna');
	});

	it('may have its host as the browser shows it', () => {
		const host = 'https://mail.example.com:443/cpsess1/webmail/jupiter/index.html';
		expect(parseLoginTicket({ ...TICKET, host }).host.origin).toBe('https://mail.example.com:443');
	});
});

describe('the name of an account', () => {
	it.each([
		['alice', 'alice'],
		['\u200b“alice”\u00a0', 'alice'],
		['', undefined],
		[' \n', undefined],
	])('is read from %j', (text, name) => {
		expect(parseAccountName(text)).toBe(name);
	});

	it.each([
		['example.com', 'the character “.”'],
		['anna@example.com', 'the character “@”'],
		['alice (example.com)', 'a space'],
		['\u0430lice', '“\u0430”, a letter that is not Latin (U+0430)'],
		['alice, bob', 'the character “,”'],
	])('is not %j', (text, odd) => {
		expect(thrownBy(() => parseAccountName(text))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is not the name of an account',
			hint: expect.stringContaining(`It contains ${odd}.`),
		});
	});
});

describe('a security token', () => {
	it.each([
		['/cpsess2462418786', '/cpsess2462418786'],
		['cpsess2462418786', '/cpsess2462418786'],
		[' /cpsess0\n', '/cpsess0'],
		['/cpsess0123456789', '/cpsess0123456789'],
	])('is read from %j', (text, token) => {
		expect(normalizeSecurityToken(text)).toBe(token);
		expect(parseSecurityToken(text)).toBe(token);
	});

	it.each(['\u200b/cpsess24\u200b62418786', '“/cpsess2462418786”', '"cpsess2462418786"'])(
		'is read from %j, as it was copied',
		(text) => {
			expect(parseSecurityToken(text)).toBe('/cpsess2462418786');
		},
	);

	const OTHERS = [
		'/cpsess',
		'/CPSESS1',
		'//cpsess1',
		'/cpsess1/',
		'/cpsess1/login',
		'/cpsess1/../x',
		'/cpsess1?x',
		'/cpsess1#x',
		'/cpsess1@evil.example',
		'/cpsess1\n2',
		'/cpsess１',
		'/cpsess-1',
		'/cpsess1e9',
		'/x/cpsess1',
		'https://mail.example.com/cpsess1',
		'@evil.example/cpsess1',
		'.evil.example/cpsess1',
		`/cpsess${'1'.repeat(21)}`,
	];

	it.each(OTHERS)('is not %j', (text) => {
		expect(normalizeSecurityToken(text)).toBeUndefined();
		expect(thrownBy(() => parseSecurityToken(text))).toMatchObject({
			kind: 'input',
			message: '“Token” is not a security token of cPanel',
		});
	});

	it('is missing in an empty text', () => {
		expect(thrownBy(() => parseSecurityToken(' ')).message).toBe('“Token” is empty');
	});

	it.each([
		['/cpsess123', '/cpsess123'],
		['/cpsess123/webmail/jupiter/index.html', '/cpsess123'],
		['/cpsess123?x=1', '/cpsess123'],
		['/cpsess123#x', '/cpsess123'],
		['/cpsess123x/y', undefined],
		['/x/cpsess123', undefined],
		['//cpsess123', undefined],
		['cpsess123', undefined],
		['', undefined],
	])('starts the path %j: %j', (path, token) => {
		expect(securityTokenOf(path)).toBe(token);
	});
});
