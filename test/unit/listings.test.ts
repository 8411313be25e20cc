import { cpanelAccount } from '../../nodes/shared/cpanel/accounts';
import {
	listDomains,
	listLocales,
	listMailboxes,
} from '../../nodes/shared/cpanel/functions/listings';
import type { ChoicePage, ListRequest } from '../../nodes/shared/cpanel/functions/paging';
import { readCpanelCredential } from '../../nodes/shared/cpanel/input/credentials';
import { connectionTo, fakeTransport, uapi, uapiRefusal } from './fakeTransport';
import { rejectionOf } from './thrown';

const DOOR = cpanelAccount(
	readCpanelCredential({
		server: 'cpanel.example.com',
		username: 'alice',
		apiToken: 'TOKEN0123456789',
	}),
);
const FIRST: ListRequest = { search: '', page: 1 };

function callOf(name: string): string {
	return `https://cpanel.example.com:2083/execute/${name}`;
}

function values({ choices }: ChoicePage): string[] {
	return choices.map(({ value }) => value);
}

describe('the domains of an account', () => {
	async function list(data: unknown, request = FIRST): Promise<ChoicePage> {
		return await listDomains(connectionTo(fakeTransport(uapi(data))), DOOR, request);
	}

	it('are asked for at once', async () => {
		const transport = fakeTransport(uapi({}));
		await listDomains(connectionTo(transport), DOOR, FIRST);
		expect(transport.requests[0]).toMatchObject({
			method: 'GET',
			url: callOf('DomainInfo/list_domains'),
		});
	});

	it.each<[string, unknown, string[]]>([
		[
			'with the main one first, each once',
			{
				addon_domains: ['shop.example.com', 'example.com'],
				main_domain: 'example.com',
				parked_domains: ['example.net'],
				sub_domains: ['blog.example.com'],
			},
			['example.com', 'shop.example.com', 'example.net', 'blog.example.com'],
		],
		['with the main one as a list', { main_domain: ['example.com'] }, ['example.com']],
		['without what is no text', { main_domain: { a: 1 }, sub_domains: [1, null, 'a'] }, ['a']],
		['empty', {}, []],
		['missing', null, []],
	])('are listed %s', async (_case, data, domains) => {
		const page = await list(data);
		expect(values(page)).toEqual(domains);
		expect(page.nextPage).toBeUndefined();
	});

	it('are searched whatever the case', async () => {
		const data = { main_domain: 'example.com', addon_domains: ['shop.test', 'myexample.net'] };
		const page = await list(data, { search: 'exAMple', page: 1 });
		expect(values(page)).toEqual(['example.com', 'myexample.net']);
	});

	it.each([
		[1, 50, 2],
		[2, 50, 3],
		[3, 20, undefined],
		[4, 0, undefined],
	])('are paged: page %i has %i, the next one is %p', async (page, length, nextPage) => {
		const addons = Array.from({ length: 119 }, (_, nth) => `d${nth}.test`);
		const answer = await list(
			{ main_domain: 'a.test', addon_domains: addons },
			{ search: '', page },
		);
		expect(answer.choices).toHaveLength(length);
		expect(answer.nextPage).toBe(nextPage);
	});

	it('end with a page that is exactly full', async () => {
		const addons = Array.from({ length: 50 }, (_, nth) => `d${nth}.test`);
		expect(await list({ addon_domains: addons })).toMatchObject({ nextPage: undefined });
	});

	it('are kept back with cPanel’s reason', async () => {
		const connection = connectionTo(fakeTransport(uapiRefusal('You do not have the feature.')));
		const error = await rejectionOf(listDomains(connection, DOOR, FIRST));
		expect(error).toMatchObject({ kind: 'refusal' });
	});
});

describe('the mailboxes of a domain', () => {
	const anna = { email: 'anna@example.com', user: 'anna', suspended_login: 0 };
	const ben = { email: 'ben@example.com', user: 'ben', suspended_login: '1' };

	async function list(
		data: unknown,
		{ domain = 'example.com', request = FIRST, metadata = {} } = {},
	): Promise<ChoicePage> {
		const connection = connectionTo(fakeTransport(uapi(data, { metadata })));
		return await listMailboxes(connection, DOOR, domain, request);
	}

	it('are asked for page by page, searched by the server', async () => {
		const transport = fakeTransport(uapi([]));
		await listMailboxes(connectionTo(transport), DOOR, 'example.com', {
			search: 'än&',
			page: 3,
		});
		const { pathname, searchParams } = new URL(transport.requests[0]?.url ?? '');
		expect(pathname).toBe('/execute/Email/list_pops_with_disk');
		expect(Object.fromEntries(searchParams)).toEqual({
			domain: 'example.com',
			no_disk: '1',
			'api.paginate': '1',
			'api.paginate_start': '101',
			'api.paginate_size': '50',
			'api.sort': '1',
			'api.sort_column_0': 'email',
			'api.filter_column_0': 'email',
			'api.filter_type_0': 'contains',
			'api.filter_term_0': 'än&',
		});
	});

	it('are asked for without a domain or a search where there is none', async () => {
		const transport = fakeTransport(uapi([]));
		await listMailboxes(connectionTo(transport), DOOR, '', FIRST);
		const { searchParams } = new URL(transport.requests[0]?.url ?? '');
		expect(searchParams.has('domain')).toBe(false);
		expect(searchParams.has('api.filter_term_0')).toBe(false);
		expect(searchParams.get('api.paginate_start')).toBe('1');
	});

	it('show their address, and stand for their name; a suspended one says so', async () => {
		expect((await list([anna, ben])).choices).toEqual([
			{ name: 'anna@example.com', value: 'anna' },
			{ name: 'ben@example.com (suspended)', value: 'ben' },
		]);
	});

	it('stand for their full address where no domain was chosen', async () => {
		expect(values(await list([anna, ben], { domain: '' }))).toEqual([anna.email, ben.email]);
	});

	it.each<[string, unknown, string[]]>([
		['the account’s own', [{ email: 'alice', login: 'Main Account' }, anna], ['anna']],
		['one without a name', [{ email: 'anna@example.com' }], ['anna']],
		['one with another name', [{ email: 'anna@example.com', user: 'ben' }], ['anna']],
		['one of another domain', [{ email: 'anna@example.net', user: 'anna' }], []],
		['what is none', [null, 1, 'x', {}, { email: 7 }, [anna]], []],
		['no list', { anna }, []],
		['nothing', null, []],
	])('are read from an answer with %s', async (_case, data, logins) => {
		expect(values(await list(data))).toEqual(logins);
	});

	it.each([
		[1, 51, 2],
		[1, '51', 2],
		[1, 50, undefined],
		[2, 101, 3],
		[3, 101, undefined],
	])('of page %i of %j go on with page %p', async (page, total, nextPage) => {
		const metadata = { paginate: { total_results: total } };
		const answer = await list([anna], { request: { search: '', page }, metadata });
		expect(values(answer)).toEqual(['anna']);
		expect(answer.nextPage).toBe(nextPage);
	});

	it.each([[{}], [{ paginate: {} }], [{ paginate: null }], [{ paginate: { total_results: 'x' } }]])(
		'are searched and paged here if the server does not (%j)',
		async (metadata) => {
			const data = Array.from({ length: 120 }, (_, nth) => ({
				email: `${nth < 60 ? 'a' : 'b'}${nth}@example.com`,
			}));
			const answer = await list(data, { request: { search: 'B', page: 2 }, metadata });
			expect(values(answer)).toEqual(data.slice(110).map(({ email }) => email.split('@')[0]));
			expect(answer.nextPage).toBeUndefined();
		},
	);

	it('are searched here if the server pages and does not search', async () => {
		const metadata = { paginate: { total_results: 2 } };
		const answer = await list([anna, ben], { request: { search: 'BEN', page: 1 }, metadata });
		expect(values(answer)).toEqual(['ben']);
	});
});

describe('the locales of a server', () => {
	async function list(data: unknown, search = ''): Promise<ChoicePage> {
		const connection = connectionTo(fakeTransport(uapi(data)));
		return await listLocales(connection, DOOR, { search, page: 1 });
	}

	it('are asked for at once', async () => {
		const transport = fakeTransport(uapi([]));
		await listLocales(connectionTo(transport), DOOR, FIRST);
		expect(transport.requests[0]).toMatchObject({
			method: 'GET',
			url: callOf('Locale/list_locales'),
		});
	});

	it.each([
		['Norwegian Bokmål (2)', 'Norwegian Bokmål (2) – no'],
		['हिन्दी', 'हिन्दी – no'],
		['x'.repeat(60), `${'x'.repeat(60)} – no`],
		['x'.repeat(61), 'no'],
		['<b>', 'no'],
		['Norsk!', 'no'],
		['!Norsk', 'no'],
		['={{ 1 }}', 'no'],
		[7, 'no'],
	])('show nothing that is no name: %j', async (name, shown) => {
		expect((await list([{ locale: 'no', name }])).choices).toEqual([{ name: shown, value: 'no' }]);
	});

	it('show their name in both languages and their code, in the order of the names', async () => {
		const data = [
			{ locale: 'de', name: 'German', local_name: 'Deutsch' },
			{ locale: 'en', name: 'English', local_name: 'English' },
			{ locale: 'i_x', name: '', local_name: null },
			{ name: 'No code' },
			'fr',
		];
		expect((await list(data)).choices).toEqual([
			{ name: 'English – en', value: 'en' },
			{ name: 'German – Deutsch – de', value: 'de' },
			{ name: 'i_x', value: 'i_x' },
		]);
		expect(values(await list(data, 'deutsch'))).toEqual(['de']);
	});
});

describe('of a server that means ill', () => {
	const listOf = async (list: typeof listDomains, data: unknown) =>
		(await list(connectionTo(fakeTransport(uapi(data))), DOOR, FIRST)).choices;
	const EVIL = ["={{ 'x' + $json.apiKey }}", '=1', ' =1', '{{ 1 }}', 'two words', ''];

	it.each([...EVIL, 'anna\u202e', 'anna\n'])('no mailbox %j is offered', async (text) => {
		const right = { email: 'anna@example.com', user: 'anna', domain: 'example.com' };
		const lines = [
			{ ...right, user: text, login: text },
			{ ...right, email: text },
			{ ...right, email: `${text}@example.com` },
			{ ...right, email: `ben@${text}` },
			{ ...right, domain: text },
			{ ...right, email: 7 },
			text,
		];
		for (const [domain, value] of [
			['', right.email],
			['example.com', 'anna'],
		] as const) {
			const { choices } = await listMailboxes(
				connectionTo(fakeTransport(uapi(lines))),
				DOOR,
				domain,
				FIRST,
			);
			expect(new Set(choices.map((choice) => choice.value))).toEqual(new Set([value]));
			expect(new Set(choices.map(({ name }) => name))).toEqual(new Set([right.email]));
		}
	});

	it.each([...EVIL, 'Example.com', 'https://a.example', 7, null])(
		'no domain %j is offered',
		async (text) => {
			const data = { main_domain: text, addon_domains: ['example.com', text], sub_domains: [text] };
			const offered = [{ name: 'example.com', value: 'example.com' }];
			expect(await listOf(listDomains, data)).toEqual(offered);
		},
	);

	it.each([...EVIL, 'DE', '<b>de</b>', 7, null])(
		'no locale %j is offered, nor named so',
		async (text) => {
			const data = [
				{ locale: text, name: 'German', local_name: 'Deutsch' },
				{ locale: 'de', name: '<b>German</b>', local_name: `${text}{{` },
			];
			expect(await listOf(listLocales, data)).toEqual([{ name: 'de', value: 'de' }]);
		},
	);
});
