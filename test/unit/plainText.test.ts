import { plainText } from '../../nodes/shared/n8n/nodeErrors';

describe('a text as n8n may show it', () => {
	it.each([
		['a <b>bold</b> word', 'a b bold /b word'],
		[' a  \t b\r\n\r\nc ', 'a b c'],
		['a\u200Bb\u202Ec\uFEFFd', 'abcd'],
		['a\uE000b\uD800c', 'abc'],
		['a\u0000b', 'a b'],
		['a & “b” – ü 電 😀', 'a & “b” – ü 電 😀'],
	])('has nothing in it that would not show as it is: %j', (text, shown) => {
		expect(plainText(text)).toBe(shown);
	});

	it.each([
		[2_000, 'x'.repeat(2_000)],
		[2_001, `${'x'.repeat(2_000)}…`],
		[1_000_000, `${'x'.repeat(2_000)}…`],
	])('ends after 2,000 characters: %i', (length, shown) => {
		expect(plainText('x'.repeat(length))).toBe(shown);
	});

	it('is measured without what does not show', () => {
		expect(plainText('\u200B'.repeat(2_000) + 'x'.repeat(2_000))).toBe('x'.repeat(2_000));
		expect(plainText('\u200B'.repeat(4_000) + 'x')).toBe('');
	});
});
