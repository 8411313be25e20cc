import {
	asJoinedText,
	asNumber,
	asSwitch,
	asText,
	asTexts,
} from '../../nodes/shared/cpanel/input/values';
import { thrownBy } from './thrown';

/** What no field takes, and how a message names it. */
const NO_VALUE: Array<[what: string, value: unknown, named: RegExp]> = [
	['a list', ['a', 'b'], /contains a list \(array\) of 2 values/],
	['a list of lists', [['a']], /contains a list \(array\)/],
	['a list of nothing', [null], /contains a list \(array\)/],
	['an empty list', [], /contains an empty list/],
	['an object', { a: 1 }, /contains an object/],
	['a date', new Date(0), /contains an object/],
	['a bigint', 7n, /contains a bigint/],
	['not a number', NaN, /contains a value that is not a number/],
	['a function', () => 'a', /contains a function/],
	['a symbol', Symbol('a'), /contains a symbol/],
];

describe('a text', () => {
	it.each<[unknown, string]>([
		['abc', 'abc'],
		[' a\n', ' a\n'],
		['', ''],
		[7, '7'],
		[0, '0'],
		[-1.5, '-1.5'],
		[0.1234567890123456, '0.1234567890123456'],
		[-9007199254740991, '-9007199254740991'],
		[9007199254740991, '9007199254740991'],
		[undefined, ''],
		[null, ''],
		[['a'], 'a'],
		[[7], '7'],
		['𝒂', '𝒂'],
	])('is read from %p', (value, text) => {
		expect(asText(value, 'Field')).toBe(text);
	});

	it.each([
		...NO_VALUE,
		['a truth value', true, /contains a boolean/],
		['a list of a truth value', [false], /contains a boolean/],
		['an endless number', Infinity, /contains a value that is not a number/],
	] as typeof NO_VALUE)('is not %s', (_, value, named) => {
		const error = thrownBy(() => asText(value, 'Field'));
		expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(named) });
		expect(error.message).toMatch(/^“Field” contains .*, but a text is needed$/);
		expect(error.hint).toMatch(/\w/);
	});

	it.each([9007199254740992, -(2 ** 60), 1e21])(
		'is not the number %d, whose digits may have changed',
		(value) => {
			const error = thrownBy(() => asText(value, 'Password'));
			expect(error.message).toBe('“Password” is a number that is too long to be exact');
			expect(error.message + error.hint).not.toContain(String(value));
		},
	);
});

describe('a text with commas', () => {
	it.each<[unknown, string]>([
		[['a', 'b', 7], 'a, b, 7'],
		['a, b', 'a, b'],
		[null, ''],
	])('is read from %j', (value, text) => {
		expect(asJoinedText(value, 'Field')).toBe(text);
	});

	it.each([
		[[], /an empty list/],
		[[null], /a list/],
		[['a', undefined], /a list/],
		[['a', { b: 1 }], /an object/],
		[['a', ['b', 'c']], /a list/],
	])('is not %j', (value, named) => {
		expect(thrownBy(() => asJoinedText(value, 'Field')).message).toMatch(named);
	});
});

describe('several texts', () => {
	it.each<[unknown, string[] | undefined]>([
		['a\nb\r\n, c;d', ['a', 'b', 'c', 'd']],
		[
			['a, b', 7],
			['a', 'b', '7'],
		],
		[[], []],
		[' , ', []],
		[' \n', undefined],
		[undefined, undefined],
		[null, undefined],
	])('are read from %j', (value, texts) => {
		expect(asTexts(value, 'Field')).toEqual(texts);
	});

	it('say what they should be', () => {
		expect(thrownBy(() => asTexts([null], 'Field')).message).toBe(
			'“Field” contains a list (array), but a text is needed',
		);
		expect(thrownBy(() => asSwitch({}, 'Field')).message).toBe(
			'“Field” contains an object, but a switch is needed',
		);
	});

	it('are no objects', () => {
		expect(thrownBy(() => asTexts(['a', {}], 'Field')).message).toMatch(/contains an object/);
	});

	it.each([[['a', null]], [[undefined]]])('have no gap: %j', (value) => {
		expect(thrownBy(() => asTexts(value, 'Field')).message).toMatch(/contains a list/);
	});
});

describe('a number', () => {
	it.each<[unknown, number | undefined]>([
		[7, 7],
		['7', 7],
		[' 2.5\n', 2.5],
		['-1', -1],
		['+12', 12],
		['12.', 12],
		['12.75', 12.75],
		['.5', 0.5],
		['.25', 0.25],
		['\u200b5', 5],
		[[7], 7],
		[null, undefined],
		[undefined, undefined],
	])('is read from %p', (value, number) => {
		expect(asNumber(value, 'Field')).toBe(number);
	});

	it.each([...NO_VALUE, ['a truth value', true, /boolean/]] as typeof NO_VALUE)(
		'is not %s',
		(_, value, named) => {
			const error = thrownBy(() => asNumber(value, 'Field'));
			expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(named) });
			expect(error.message).toMatch(/^“Field” contains .*, but a number is needed$/);
		},
	);

	it.each([
		['soon', 'is not a number'],
		['30 s', 'is not a number'],
		['1,000', 'is not a number'],
		['0x10', 'is not a number'],
		['1e3', 'is not a number'],
		['٣', 'is not a number'],
		[' ', 'is empty'],
	])('is not %j', (value, message) => {
		expect(thrownBy(() => asNumber(value, 'Field')).message).toBe(`“Field” ${message}`);
	});
});

describe('a switch', () => {
	it.each<[unknown, boolean | undefined]>([
		[true, true],
		[1, true],
		['true', true],
		[' TRUE ', true],
		['yes', true],
		['On', true],
		[[true], true],
		[false, false],
		[0, false],
		['0', false],
		['No', false],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('is read from %p', (value, isOn) => {
		expect(asSwitch(value, 'Field')).toBe(isOn);
	});

	it.each(NO_VALUE.filter(([, value]) => typeof value !== 'number'))(
		'is not %s',
		(_, value, named) => {
			const error = thrownBy(() => asSwitch(value, 'Field'));
			expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(named) });
		},
	);

	it.each([2, -1, NaN, 'perhaps', 'wahr', 'constructor', 'toString'])(
		'is not %p, and not off without a word either',
		(value) => {
			expect(thrownBy(() => asSwitch(value, 'Field'))).toMatchObject({
				kind: 'input',
				message: '“Field” is neither on nor off',
			});
		},
	);
});
