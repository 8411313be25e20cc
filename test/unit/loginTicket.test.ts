import { parseAccountName } from '../../nodes/shared/cpanel/input/account';
import { parseLoginTicket } from '../../nodes/shared/cpanel/input/loginTicket';
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
		['anna:\nx', '“Session” is not a session of cPanel', 'It holds a line end.'],
		['anna:\u0000x', '“Session” is not a session of cPanel', 'It holds a control character'],
		['anna:\u200bx', '“Session” is not a session of cPanel', 'It holds a character that nobody'],
		[
			'https://mail.example.com:2096/cpsess1/login/?session=anna',
			'“Session” is not a session of cPanel',
			'It holds the address of a web page.',
		],
		['HTTP://x', '“Session” is not a session of cPanel', 'It holds the address of a web page.'],
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
		['alice (example.com)', 'a blank (space)'],
		['\u0430lice', '“\u0430”, a letter that is not Latin (U+0430)'],
		['alice, bob', 'the character “,”'],
	])('is not %j', (text, odd) => {
		expect(thrownBy(() => parseAccountName(text))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is not the name of an account',
			hint: expect.stringContaining(`It holds ${odd}.`),
		});
	});
});
