import { listAccounts, listMainDomains } from '../../nodes/shared/cpanel/functions/listings';
import type { ChoicePage, ListRequest } from '../../nodes/shared/cpanel/functions/paging';
import { readWhmCredential } from '../../nodes/shared/cpanel/input/credentials';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport } from './fakeTransport';
import { rejectionOf } from './thrown';

const WHM = readWhmCredential({ server: 'whm.example.com', username: 'root', apiToken: 'ABC' });
const FIRST: ListRequest = { search: '', page: 1 };
const ALICE = { user: 'alice', domain: 'example.com' };
const BOB = { user: 'bob', domain: 'example.net' };

function whm(acct: unknown, metadata: Record<string, unknown> = {}): Partial<HttpResponse> {
	const body = { metadata: { result: 1, ...metadata }, data: { acct } };
	return { contentType: 'application/json', body: JSON.stringify(body) };
}

/** So many accounts: a00, a01, … */
function accounts(length: number) {
	return Array.from({ length }, (_, nth) => {
		const user = `a${String(nth).padStart(2, '0')}`;
		return { user, domain: `${user}.example` };
	});
}

type List = typeof listAccounts;

async function listed(
	list: List,
	acct: unknown,
	request: ListRequest = FIRST,
	metadata = {},
): Promise<ChoicePage> {
	return await list(connectionTo(fakeTransport(whm(acct, metadata))), WHM, request);
}

describe('the accounts of a user of WHM', () => {
	it('show their main domains', async () => {
		expect(await listed(listAccounts, [ALICE, BOB])).toEqual({
			choices: [
				{ name: 'alice (example.com)', value: 'alice' },
				{ name: 'bob (example.net)', value: 'bob' },
			],
		});
	});

	it('show themselves alone where the main domain is none', async () => {
		const found = await listed(listAccounts, [{ ...ALICE, domain: '={{ 1 }}' }]);
		expect(found.choices).toEqual([{ name: 'alice', value: 'alice' }]);
	});

	it('are left out where their names are none', async () => {
		expect((await listed(listAccounts, [{ ...ALICE, user: '={{ 1 }}' }])).choices).toEqual([]);
	});
});

describe('the main domains of a user of WHM', () => {
	it('show their accounts', async () => {
		expect(await listed(listMainDomains, [ALICE, BOB])).toEqual({
			choices: [
				{ name: 'example.com (alice)', value: 'example.com' },
				{ name: 'example.net (bob)', value: 'example.net' },
			],
		});
	});

	it('show themselves alone where the account is none', async () => {
		const found = await listed(listMainDomains, [{ ...ALICE, user: '={{ 1 }}' }]);
		expect(found.choices).toEqual([{ name: 'example.com', value: 'example.com' }]);
	});

	it('are left out where they are none', async () => {
		const found = await listed(listMainDomains, [{ ...ALICE, domain: '={{ 1 }}' }]);
		expect(found.choices).toEqual([]);
	});
});

describe.each<[string, List]>([
	['accounts', listAccounts],
	['main domains', listMainDomains],
])('a list of %s', (_, list) => {
	it('is asked for page by page, searched and sorted by the server', async () => {
		const transport = fakeTransport(whm([]));
		await list(connectionTo(transport), WHM, { search: 'ex&', page: 3 });
		const [request] = transport.requests;
		const { origin, pathname, searchParams } = new URL(request?.url ?? '');
		expect(request?.method).toBe('GET');
		expect(origin + pathname).toBe('https://whm.example.com:2087/json-api/listaccts');
		expect(Object.fromEntries(searchParams)).toEqual({
			'api.version': '1',
			want: 'user,domain',
			'api.chunk.enable': '1',
			'api.chunk.verbose': '1',
			'api.chunk.start': '101',
			'api.chunk.size': '50',
			'api.sort.enable': '1',
			'api.sort.a.field': 'user',
			'api.filter.enable': '1',
			'api.filter.a.field': '*',
			'api.filter.a.type': 'contains',
			'api.filter.a.arg0': 'ex&',
		});
	});

	it('is asked for without a filter where nothing is searched', async () => {
		const transport = fakeTransport(whm([]));
		await list(connectionTo(transport), WHM, FIRST);
		const { searchParams } = new URL(transport.requests[0]?.url ?? '');
		expect([...searchParams.keys()].filter((key) => key.includes('filter'))).toEqual([]);
		expect(searchParams.get('api.chunk.start')).toBe('1');
	});

	it.each([
		[1, 50, 2],
		[2, 1, undefined],
	])('of 51 lines has a page %i of %i lines, and then %p', async (page, length, nextPage) => {
		const acct = accounts(51).slice((page - 1) * 50, page * 50);
		const found = await listed(list, acct, { search: '', page }, { chunk: { records: 51 } });
		expect([found.choices.length, found.nextPage]).toEqual([length, nextPage]);
	});

	it.each([[{}], [{ chunk: null }], [{ chunk: {} }], [{ chunk: { records: 'x' } }]])(
		'goes on after a full page where its length is not told (%j)',
		async (metadata) => {
			expect((await listed(list, accounts(50), FIRST, metadata)).nextPage).toBe(2);
			expect((await listed(list, accounts(49), FIRST, metadata)).nextPage).toBeUndefined();
		},
	);

	it('is searched and paged here where the server does neither', async () => {
		const page = await listed(list, accounts(99), { search: 'A', page: 2 });
		expect(page.choices).toHaveLength(49);
		expect((await listed(list, accounts(99), { search: 'A98', page: 1 })).choices).toHaveLength(1);
	});

	it.each([
		['no list', ALICE],
		['nothing', null],
		[
			'what is no account',
			[null, 1, 'x', {}, { user: 'a' }, { domain: 'b' }, { user: 1, domain: 2 }],
		],
	])('is empty where %s came', async (_case, acct) => {
		expect((await listed(list, acct)).choices).toEqual([]);
	});

	it('is kept back with WHM’s reason', async () => {
		const refusal = { body: JSON.stringify({ metadata: { result: 0, reason: 'No.' } }) };
		const answer = list(connectionTo(fakeTransport(refusal)), WHM, FIRST);
		expect(await rejectionOf(answer)).toMatchObject({ kind: 'refusal', hint: expect.any(String) });
	});
});
