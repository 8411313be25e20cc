import { PAGE_SIZE, pageOf, pageServed } from '../../nodes/shared/cpanel/functions/paging';
import type { ChoicePage, Part } from '../../nodes/shared/cpanel/functions/paging';

/** A server with a list of so many lines, and the questions it was asked. */
function serverOf(
	length: number,
	how: 'pages' | 'pages untold' | 'sends all',
): { ask: (start: number, size: number) => Promise<Part>; asked: number[][] } {
	const asked: number[][] = [];
	const all = Array.from({ length }, (_, index) => ({ name: `n${index}`, value: `v${index}` }));
	return {
		asked,
		ask: async (start, size) => {
			asked.push([start, size]);
			const choices = how === 'sends all' ? all : all.slice(start - 1, start - 1 + size);
			return { choices, lines: choices.length, total: how === 'pages' ? length : undefined };
		},
	};
}

const asItIs = (value: string): string => value;

describe.each(['pages', 'pages untold', 'sends all'] as const)('a server that %s', (how) => {
	it.each([0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 7])(
		'shows each of %i lines once, and comes to an end',
		async (length) => {
			const { ask } = serverOf(length, how);
			const found: string[] = [];
			let page: ChoicePage = { choices: [], nextPage: 1 };
			for (let asked = 0; page.nextPage !== undefined; asked += 1) {
				expect(asked).toBeLessThan(5);
				page = await pageServed({ search: '', page: page.nextPage }, asItIs, ask);
				found.push(...page.choices.map(({ value }) => value));
			}
			expect(found).toEqual(Array.from({ length }, (_, index) => `v${index}`));
		},
	);
});

it('offers more after a full page whose list is of unknown length', async () => {
	const { ask, asked } = serverOf(PAGE_SIZE, 'pages untold');
	expect((await pageServed({ search: '', page: 1 }, asItIs, ask)).nextPage).toBe(2);
	expect(asked).toEqual([[1, PAGE_SIZE]]);
});

it('counts the lines that are no choice, too', async () => {
	const part = { choices: [{ name: 'a', value: 'a' }], lines: PAGE_SIZE, total: undefined };
	const page = await pageServed({ search: '', page: 1 }, asItIs, async () => part);
	expect(page).toEqual({ choices: part.choices, nextPage: 2 });
});

it.each([
	['ANNA', ['anna', 'Ben (Anna)']],
	['BEN', ['Ben (Anna)']],
	['EVE', ['Ben (Anna)']],
	['x', []],
])('finds a name or a value in any case: %s', (search, found) => {
	const choices = [
		{ name: 'anna', value: 'a' },
		{ name: 'Ben (Anna)', value: 'Eve' },
	];
	const names = pageOf(choices, { search, page: 1 }, asItIs).choices.map(({ name }) => name);
	expect(names).toEqual(found);
});

describe('a choice', () => {
	const request = { search: '', page: 1 };
	const upTo8 = (value: string): string | undefined => {
		if (value.length > 8) throw new Error('too long');
		return value.trim().toLowerCase() || undefined;
	};

	it('may have an equals sign inside', () => {
		const choices = [{ name: 'a=b', value: 'a=b' }];
		expect(pageOf(choices, request, upTo8).choices).toEqual(choices);
	});

	it.each<[why: string, value: string, name?: string]>([
		['is an expression', '={{ 1 }}'],
		['begins with an equals sign', '=anna'],
		['begins with a blank and an equals sign', ' =anna'],
		['holds two braces', 'a{{b}}'],
		['contains a control character', 'an\u0000na'],
		['contains a direction mark', 'an\u202Ena'],
		['would be changed by the field', 'Anna'],
		['would be changed at its end', 'anna '],
		['is not accepted by the field', 'annabella'],
		['is nothing', ''],
		['has a blank and an equals sign first in its name', 'anna', ' =1'],
		['has an expression for its name', 'anna', '={{ 1 }}'],
		['has braces in its name', 'anna', 'anna {{ 1 }}'],
	])('that %s is offered by nobody', async (_, value, name = value) => {
		const choices = [
			{ name, value },
			{ name: 'ben', value: 'ben' },
		];
		const offered = [{ name: 'ben', value: 'ben' }];
		expect(pageOf(choices, request, upTo8).choices).toEqual(offered);
		const part = { choices, lines: 2, total: 2 };
		expect((await pageServed(request, upTo8, async () => part)).choices).toEqual(offered);
		const all = { ...part, lines: PAGE_SIZE + 1 };
		expect((await pageServed(request, upTo8, async () => all)).choices).toEqual(offered);
	});
});
