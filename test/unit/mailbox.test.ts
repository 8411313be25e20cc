import { resolveMailbox } from '../../nodes/shared/cpanel/input/mailbox';
import { thrownBy } from './thrown';
import { growth, IN_PROPORTION } from './growth';

describe('a mailbox', () => {
	it.each([
		['example.com', 'anna', 'anna', 'example.com'],
		['', 'anna@example.com', 'anna', 'example.com'],
		['example.com', 'anna@example.com', 'anna', 'example.com'],
		[' Example.COM. ', ' anna ', 'anna', 'example.com'],
		['EXAMPLE.com', 'anna@Example.com', 'anna', 'example.com'],
		['', 'Anna.Ö+tag@example.com', 'anna.ö+tag', 'example.com'],
		['', "o'neil+news@example.com", "o'neil+news", 'example.com'],
		['', 'Anna@Example.com', 'anna', 'example.com'],
		// as mail programs, chats, pages and lists write addresses down
		['', 'mailto:anna@example.com', 'anna', 'example.com'],
		['', 'MAILTO:anna@example.com?subject=Hello&cc=ben@example.com', 'anna', 'example.com'],
		['', 'mailto:anna%2Bnews%40example.com', 'anna+news', 'example.com'],
		['', 'anna%40example.com', 'anna', 'example.com'],
		['', 'SMTP:anna@example.com', 'anna', 'example.com'],
		['', 'Anna <anna@example.com>', 'anna', 'example.com'],
		['', '"Anna, of Example (IT)" <anna@example.com>', 'anna', 'example.com'],
		['', '=?UTF-8?Q?Anna?= <anna@example.com>', 'anna', 'example.com'],
		['', '<anna@example.com>', 'anna', 'example.com'],
		['', 'anna@example.com <mailto:anna@example.com>', 'anna', 'example.com'],
		['', "'anna@example.com' <Anna@example.com>", 'anna', 'example.com'],
		['', '<mailto:anna@example.com|anna@example.com>', 'anna', 'example.com'],
		['', '[anna@example.com](mailto:anna@example.com)', 'anna', 'example.com'],
		['', 'anna@example.com (Anna)', 'anna', 'example.com'],
		['', 'Anna (anna@example.com)', 'anna', 'example.com'],
		['', 'anna@example.com; ', 'anna', 'example.com'],
		['', 'anna@example.com,', 'anna', 'example.com'],
		['', 'anna@example.com.', 'anna', 'example.com'],
		['', 'anna@example.com ,; ', 'anna', 'example.com'],
		['', 'Anna <anna@example.com>;', 'anna', 'example.com'],
		['', 'Anna <anna@example.com> , ', 'anna', 'example.com'],
		['', 'anna@example.com(Anna)', 'anna', 'example.com'],
		['', 'anna@example.com   (Anna)', 'anna', 'example.com'],
		['', 'ANNA@example.com <anna@Example.com>', 'anna', 'example.com'],
		['', 'anna@example.com., Anna <anna@example.com>', 'anna', 'example.com'],
		['', '<mailto:anna@example.com?cc=ben@example.com|anna@example.com>', 'anna', 'example.com'],
		['', 'mailto:  anna@example.com', 'anna', 'example.com'],
		['example.com', 'mailto:anna', 'anna', 'example.com'],
		['', 'anna%2Bnews@example.com', 'anna%2bnews', 'example.com'],
		['', 'smtp:anna%2Bnews@example.com', 'anna%2bnews', 'example.com'],
		['example.com', 'an%20na', 'an%20na', 'example.com'],
		['', `${'a'.repeat(242)}@example.com`, 'a'.repeat(242), 'example.com'],
		['', '“anna@example.com”', 'anna', 'example.com'],
		['', '„anna@example.com“', 'anna', 'example.com'],
		['', '«\u00a0anna@example.com\u00a0»', 'anna', 'example.com'],
		['', '"anna@example.com', 'anna', 'example.com'],
		['', '\ufeffanna@example.com\u200b', 'anna', 'example.com'],
		['', 'an\u200bna@exam\u00adple.com', 'anna', 'example.com'],
		['', '\u202aanna@example.com\u202c', 'anna', 'example.com'],
		['', 'anna＠example．com', 'anna', 'example.com'],
		['', 'ﬁona@example.com', 'fiona', 'example.com'],
		['', 'jo\u0308rg@example.com', 'j\u00f6rg', 'example.com'],
		['', 'anna–marie@my‑example.com', 'anna-marie', 'my-example.com'],
		['“example.com”', 'anna', 'anna', 'example.com'],
		['@example.com', 'anna', 'anna', 'example.com'],
		['\u200eexample.com\u200e', 'anna', 'anna', 'example.com'],
		['почта.example.com', 'anna', 'anna', 'xn--80a1acny.example.com'],
		['', 'анна@пример.example', 'анна', 'xn--e1afmkfd.example'],
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
		['example.com', 'anna@', '“Mailbox” does not contain a valid domain'],
		['', 'anna@.', '“Mailbox” does not contain a valid domain'],
		['', 'anna@“example”.com', '“Mailbox” does not contain a valid domain'],
		['', 'anna@example.com;ben@example.com', '“Mailbox” contains more than one address'],
		['', 'anna@example.com, ben@example.com', '“Mailbox” contains more than one address'],
		['', 'anna@example.com ben@example.com', '“Mailbox” contains more than one address'],
		['', 'anna@example.com；ben@example.com', '“Mailbox” contains more than one address'],
		[
			'',
			'Anna <anna@example.com>, Ben <ben@example.com>',
			'“Mailbox” contains more than one address',
		],
		['', 'anna@example.com, Ben <ben@example.com>', '“Mailbox” contains more than one address'],
		['', 'anna@example.com (ben@example.com)', '“Mailbox” contains more than one address'],
		['', 'mailto:anna@example.com,ben@example.com', '“Mailbox” contains more than one address'],
		['', 'anna@example.com\nben@example.com', '“Mailbox” contains more than one address'],
		['', 'odd@name@example.com', '“Mailbox” contains more than one address'],
		[
			'',
			'\u0430nna@example.com',
			'“Mailbox” contains “\u0430”, a letter that is not Latin (U+0430)',
		],
		['', 'anna@ex\u0430mple.com', '“Mailbox” contains “\u0430”, a letter that is not Latin'],
		['ex\u0430mple.com', 'anna', '“Domain” contains “\u0430”, a letter that is not Latin'],
		['', '.anna@example.com', '“Mailbox” is not a mailbox name'],
		['', 'an..na@example.com', '“Mailbox” is not a mailbox name'],
		['', 'an"na@example.com', '“Mailbox” is not a mailbox name'],
		['', `${'a'.repeat(243)}@example.com`, '“Mailbox” is not a mailbox name'],
		['', `${'a'.repeat(1_000)}@example.com`, '“Mailbox” is not a mailbox name'],
		['', 'anna%40example.com%zz', '“Domain” is empty'],
		['', 'anna%40example.com%40x', '“Mailbox” contains more than one address'],
		['', '<anna@example.com> x', '“Mailbox” is not a mailbox name'],
		['', 'x (y) anna@example.com', '“Mailbox” is not a mailbox name'],
		['', '(anna@example.com) x', '“Mailbox” is not a mailbox name'],
		['', 'x mailto:anna@example.com', '“Mailbox” is not a mailbox name'],
		['', '“”', '“Mailbox” is empty'],
		[`${'a.'.repeat(130)}com`, 'anna', '“Domain” does not contain a valid domain'],
		['', 'anna@exa mple.com', '“Mailbox” does not contain a valid domain'],
	])('in %j is not %j', (domainText, loginText, message) => {
		expect(thrownBy(() => resolveMailbox(domainText, loginText))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
		});
	});

	it.each([
		['an na', 'anna', '“Mailbox”', 'It contains a space.'],
		['an\u00a0n\ta', 'anna', '“Mailbox”', 'It contains a space.'],
		['an(na', '', '“Mailbox”', 'It contains the character “(”.'],
		['@example.com', '', '“Mailbox”', 'There is nothing before the @.'],
		['anna@', '', '“Mailbox”', 'There is nothing after the @.'],
		['anna', 'https://example.com', '“Domain”', 'It is the address of a web page.'],
		['anna', 'anna@example.com', '“Domain”', 'It contains a full email address.'],
		['anna', 'example”.com', '“Domain”', 'It contains the character “”” (U+201D).'],
		['anna', 'example.com\u0000', '“Domain”', 'It contains a control character (U+0000).'],
		['anna', 'example..com', '“Domain”', 'Enter a domain such as example.com.'],
		['.anna', 'example.com', '“Mailbox”', 'It has a dot at its start or end, or two in a row.'],
		['anna', 'x://y', '“Domain”', 'It is the address of a web page.'],
	])('tells what is wrong with %j in %j', (loginText, domainText, field, reason) => {
		const error = thrownBy(() => resolveMailbox(domainText, loginText));
		expect(error.message).toContain(field);
		expect(error.hint.startsWith(reason)).toBe(true);
	});

	it.each(['a', '_a', '1', 'a'.repeat(252), 'bücher'])('has the domain %s', (domain) => {
		expect(resolveMailbox(domain, 'a').domain.length).toBeGreaterThan(0);
	});

	it.each([
		'-',
		'a'.repeat(254),
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
			message: '“Domain” does not contain a valid domain',
		});
	});

	it('is read the same however many there are', () => {
		// where a name with an umlaut is one of the thousands of a batch
		for (let count = 0; count < 20_000; count += 1) {
			resolveMailbox('bücher.example', 'anna');
		}
		expect(resolveMailbox('bücher.example', 'anna').domain).toBe('xn--bcher-kva.example');
	});

	it.each<[string, (length: number) => string]>([
		['dots', (length) => '.'.repeat(length)],
		['labels', (length) => `${'a.'.repeat(length / 2)}!`],
		['hyphens', (length) => 'a-'.repeat(length / 2)],
		['at signs', (length) => 'a@'.repeat(length / 2)],
		['blanks and commas', (length) => ' '.repeat(length / 2) + 'a,'.repeat(length / 4)],
		['brackets', (length) => '<'.repeat(length)],
		['parentheses', (length) => '('.repeat(length)],
		['joiners', (length) => '\u200d'.repeat(length)],
	])('is read in a time in proportion to its length, also if made of %s', (_, made) => {
		const read = (length: number): void => {
			const nasty = made(length);
			expect(thrownBy(() => resolveMailbox(nasty, 'anna')).kind).toBe('input');
			expect(thrownBy(() => resolveMailbox('example.com', `@${nasty}`)).kind).toBe('input');
		};
		expect(growth(read)).toBeLessThan(IN_PROPORTION);
	});
});
