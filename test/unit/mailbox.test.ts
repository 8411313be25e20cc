import { resolveMailbox } from '../../nodes/shared/cpanel/input/mailbox';
import { thrownBy } from './thrown';
import { NO_LONG_TIME, processorTime } from './processorTime';

describe('a mailbox', () => {
	it.each([
		['example.com', 'anna', 'anna', 'example.com'],
		['', 'anna@example.com', 'anna', 'example.com'],
		['example.com', 'anna@example.com', 'anna', 'example.com'],
		[' Example.COM. ', ' anna ', 'anna', 'example.com'],
		['EXAMPLE.com', 'anna@Example.com', 'anna', 'example.com'],
		['', 'Anna.Ö+tag@example.com', 'Anna.Ö+tag', 'example.com'],
		['', "o'neil+news@example.com", "o'neil+news", 'example.com'],
		['', 'odd@name@example.com', 'odd@name', 'example.com'],
		['bücher.example', 'anna', 'anna', 'xn--bcher-kva.example'],
		['bücher.example', 'anna@xn--bcher-kva.example', 'anna', 'xn--bcher-kva.example'],
		['ｅxample。com', 'anna', 'anna', 'example.com'],
		['_mail.example.com', 'anna', 'anna', '_mail.example.com'],
		['localhost', 'anna', 'anna', 'localhost'],
	])('in %j named %j', (domainText, loginText, login, domain) => {
		expect(resolveMailbox(domainText, loginText)).toEqual({
			login,
			domain,
			email: `${login}@${domain}`,
		});
	});

	it.each([
		['example.com', '', '“Mailbox” is empty'],
		['', ' ', '“Mailbox” is empty'],
		['', 'anna', '“Domain” is empty'],
		['example.com', '@example.com', '“Mailbox” is not a mailbox name'],
		['example.com', 'an na', '“Mailbox” is not a mailbox name'],
		['example.com', 'anna\u0000', '“Mailbox” is not a mailbox name'],
		['example.com', 'anna\r\nx', '“Mailbox” is not a mailbox name'],
		[
			'example.com',
			'anna@example.org',
			'“Mailbox” belongs to example.org, but “Domain” says example.com',
		],
		['example.com', 'anna@sub.example.com', '“Mailbox” belongs to sub.example.com'],
		['example.com', 'anna@', '“Mailbox” names no valid domain'],
		['', 'anna@exa mple.com', '“Mailbox” names no valid domain'],
	])('in %j is not %j', (domainText, loginText, message) => {
		expect(thrownBy(() => resolveMailbox(domainText, loginText))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
		});
	});

	it.each([
		'exam ple.com',
		'exam\tple.com',
		'exam\nple.com',
		'example.com\u0000',
		'example..com',
		'.example.com',
		'example.com..',
		'-example.com',
		'example-.com-',
		'example.com/evil',
		'example.com:2096',
		'example.com?x',
		'anna@example.com',
		'https://example.com',
		'example.com&login=root',
		'[::1]',
		// what a URL parser would quietly drop or split
		'bücher.example/evil',
		'bücher.example:2096',
		'bücher.example?x',
		'bücher.example#x',
		'bücher.example\\evil',
		'anna@bücher.example',
		'anna:x@bücher.example',
		'bü\tcher.example',
		'bü\ncher.example',
		'bücher.example／evil',
	])('has no domain %j', (domainText) => {
		expect(thrownBy(() => resolveMailbox(domainText, 'anna'))).toMatchObject({
			kind: 'input',
			message: '“Domain” names no valid domain',
		});
	});

	it('is read in no long time, whatever it is', () => {
		for (const nasty of [`${'a.'.repeat(100_000)}!`, '.'.repeat(100_000), 'a-'.repeat(100_000)]) {
			const taken = processorTime(() => {
				expect(thrownBy(() => resolveMailbox(nasty, 'anna')).kind).toBe('input');
				expect(thrownBy(() => resolveMailbox('example.com', `@${nasty}`)).kind).toBe('input');
			});
			expect(taken).toBeLessThan(NO_LONG_TIME);
		}
	});
});
