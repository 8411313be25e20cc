import {
	findLookalike,
	findDisallowed,
	trimInvisible,
	trimPasted,
	cleanPasted,
	trimPastedStart,
	withPlainHyphens,
	removeInvisible,
} from '../../nodes/shared/cpanel/input/characters';

describe('a value that was copied', () => {
	it.each([
		[' “mail.example.com”\n', 'mail.example.com'],
		['\u0085\u2800\u00a0\ufeffa\u200b\t', 'a'],
		['«»„“‚‘"\'`´＂＇「」『』', ''],
		['a " b', 'a " b'],
		['a\u200bb', 'a\u200bb'],
		['“😀”', '😀'],
		['', ''],
	])('loses what came along: %j', (text, bare) => expect(trimPasted(text)).toBe(bare));

	it.each([
		[' “a”\u200b', '“a”'],
		[' a ', 'a'],
	])('may keep its quotes: %j', (text, bare) => expect(trimInvisible(text)).toBe(bare));

	it.each([
		[' “a”', 'a'],
		[' a="b" ', 'a="b"'],
		['"a="b"', 'a="b'],
	])('may end with a quote of its own: %j', (text, bare) =>
		expect(trimPastedStart(text)).toBe(bare),
	);

	it.each([
		[' “a\u200bb\u00adc” ', 'abc'],
		['a\u200cb\u200d', 'ab'],
		['\u06cc\u200c\u06a9', '\u06cc\u200c\u06a9'],
		['\u06cc\u200c\u200b\u06a9', '\u06cc\u200c\u06a9'],
		['ü\u200b', 'ü'],
		// a blank beyond ASCII is no letter
		['a\u00a0\u200cb', 'a\u00a0b'],
	])('loses what nobody sees in it: %j', (text, bare) => expect(cleanPasted(text)).toBe(bare));

	it('keeps its blanks where only what nobody sees goes', () => {
		expect(removeInvisible(' a\u200b ')).toBe(' a ');
	});

	it('has hyphens for dashes', () => {
		expect(withPlainHyphens('a\u2010b\u2015c\u2212d\ufe58e\ufe63f\uff0dg-h')).toBe(
			'a-b-c-d-e-f-g-h',
		);
	});
});

describe('a character in words', () => {
	it.each([
		[' ', 'a space'],
		['\t', 'a tab'],
		['\n', 'a line break'],
		['\u2028', 'a line break'],
		['\u00a0', 'a no-break space (U+00A0)'],
		['\u202f', 'a no-break space (U+202F)'],
		['\u2003', 'a wide or narrow space (U+2003)'],
		['\u2800', 'a wide or narrow space (U+2800)'],
		['\u200b', 'an invisible character (U+200B)'],
		['\u0007', 'a control character (U+0007)'],
		['!', 'the character “!”'],
		['~', 'the character “~”'],
		['ü', 'the character “ü” (U+00FC)'],
		['😀', 'the character “😀” (U+1F600)'],
		['а', '“а”, a letter that is not Latin (U+0430)'],
		['電', '“電”, a letter that is not Latin (U+96FB)'],
	])('is named: %j', (character, words) => expect(findDisallowed(character, /(?!)/)).toBe(words));

	it('is the first that is not among those that may be', () => {
		expect(findDisallowed('abc', /[a-c]/)).toBeUndefined();
		expect(findDisallowed('a😀!', /[a-c]/)).toBe('the character “😀” (U+1F600)');
	});

	it.each([
		['exаmple.com', '“а”, a letter that is not Latin (U+0430)'],
		['a.xοx', '“ο”, a letter that is not Latin (U+03BF)'],
		['xоx。com', '“о”, a letter that is not Latin (U+043E)'],
	])('looks like another among Latin ones: %s', (name, words) => {
		expect(findLookalike(name)).toBe(words);
	});

	it.each(['example.com', 'почта.example.com', 'почта．com', 'почта｡com', 'bücher.example', ''])(
		'looks like no other: %s',
		(name) => expect(findLookalike(name)).toBeUndefined(),
	);
});
