import { PAGE_SIZE, pageServed } from '../../nodes/shared/cpanel/functions/paging';
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

describe.each(['pages', 'pages untold', 'sends all'] as const)('a server that %s', (how) => {
	it.each([0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 7])(
		'shows each of %i lines once, and comes to an end',
		async (length) => {
			const { ask } = serverOf(length, how);
			const found: string[] = [];
			let page: ChoicePage = { choices: [], nextPage: 1 };
			for (let asked = 0; page.nextPage !== undefined; asked += 1) {
				expect(asked).toBeLessThan(5);
				page = await pageServed({ search: '', page: page.nextPage }, ask);
				found.push(...page.choices.map(({ value }) => value));
			}
			expect(found).toEqual(Array.from({ length }, (_, index) => `v${index}`));
		},
	);
});

it('offers more after a full page whose list is of unknown length', async () => {
	const { ask, asked } = serverOf(PAGE_SIZE, 'pages untold');
	expect((await pageServed({ search: '', page: 1 }, ask)).nextPage).toBe(2);
	expect(asked).toEqual([[1, PAGE_SIZE]]);
});

it('counts the lines that are no choice, too', async () => {
	const part = { choices: [{ name: 'a', value: 'a' }], lines: PAGE_SIZE, total: undefined };
	const page = await pageServed({ search: '', page: 1 }, async () => part);
	expect(page).toEqual({ choices: part.choices, nextPage: 2 });
});
