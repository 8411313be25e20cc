import { noAccount, parseAccountName } from '../../nodes/shared/cpanel/input/account';
import { thrownBy } from './thrown';

describe('the name of an account', () => {
	it.each([
		['alice', 'alice'],
		[' “alice”\n', 'alice'],
		['al\u200bice', 'alice'],
		['Alice_1-x', 'Alice_1-x'],
		["o'neil", "o'neil"],
		['', undefined],
		[' \u00a0', undefined],
	])('is read from %j', (text, name) => {
		expect(parseAccountName(text)).toBe(name);
	});

	it.each([
		['al ice', 'a space'],
		['example.com', 'the character “.”'],
		['alice@x', 'the character “@”'],
		['a:b', 'the character “:”'],
		['a/b', 'the character “/”'],
		['a,b', 'the character “,”'],
		['a;b', 'the character “;”'],
		['jürgen', 'the character “ü” (U+00FC)'],
		['аlice', 'a letter that is not Latin'],
	])('is not %j', (text, odd) => {
		expect(thrownBy(() => parseAccountName(text))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is not the name of an account',
			hint: expect.stringContaining(odd),
		});
	});

	it('is asked for where nothing else tells the account', () => {
		expect(noAccount()).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is empty',
			hint: expect.stringContaining('Choose the account'),
		});
	});
});
