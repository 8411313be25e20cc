import type { INodeListSearchResult } from 'n8n-workflow';

import { SEED } from '../cpsrvd';
import { tokenCredential, typed, useCpsrvd } from './harness/cpanel';
import { listAt } from './harness/listSearch';
import type { ListOptions, Search } from './harness/listSearch';
import { EVERY_WAY, isLogOut, whmCredential } from './harness/ways';

const cpsrvd = useCpsrvd();

const list = async (search: Search, options?: ListOptions) =>
	await listAt(cpsrvd(), search, options);
const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

describe('domains', () => {
	test('are searched', async () => {
		expect(values(await list('searchDomains', { filter: 'SHOP' }))).toEqual(['shop.example.com']);
	});
});

describe('mailboxes', () => {
	const domain = { domain: typed('example.com') };

	test('are those of the domain that was meant, however it was pasted', async () => {
		const pasted = { domain: typed('“\u200bEXAMPLE.com.”') };
		const found = await list('searchMailboxes', { parameters: pasted });
		expect(found).toEqual(await list('searchMailboxes', { parameters: domain }));
	});

	test('are not asked for under a domain that is none', async () => {
		const parameters = { domain: typed('exa mple/..') };
		await expect(list('searchMailboxes', { parameters })).rejects.toMatchObject({
			message: expect.stringMatching(
				/^“Domain” does not contain a valid domain\. .+ Enter a domain such as/,
			),
		});
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test.each([
		['pages', {}],
		['pages without a word about the length', { pagingUntold: true }],
	])('are searched and come in parts from a server that %s', async (_, switches) => {
		Object.assign(cpsrvd().switches, switches);
		const mailboxes = Object.fromEntries(
			Array.from({ length: 120 }, (__, index) => [
				`box${String(index).padStart(3, '0')}@many.example`,
				{ password: 'secret' },
			]),
		);
		cpsrvd().addAccount({ ...SEED.alice, mainDomain: 'many.example', mailboxes });
		const many = { parameters: { domain: typed('many.example') } };

		const first = await list('searchMailboxes', many);
		const second = await list('searchMailboxes', {
			...many,
			paginationToken: first.paginationToken,
		});
		const third = await list('searchMailboxes', {
			...many,
			paginationToken: second.paginationToken,
		});
		expect([first, second, third].map(({ results }) => results.length)).toEqual([50, 50, 20]);
		expect([first, second].map(({ paginationToken }) => paginationToken)).toEqual(['2', '3']);
		expect(third.paginationToken).toBeUndefined();
		expect(new Set([first, second, third].flatMap(values)).size).toBe(120);

		const found = await list('searchMailboxes', { ...many, filter: 'box11' });
		expect(values(found)).toEqual(Array.from({ length: 10 }, (__, index) => `box11${index}`));
		expect(found.paginationToken).toBeUndefined();
	});
});

describe('an account that may not list', () => {
	beforeEach(() => {
		cpsrvd().switches.featureOff = ['Email', 'DomainInfo', 'Locale'];
	});

	test.each(['searchDomains', 'searchMailboxes', 'searchLocales'] as const)(
		'%s says how to go on',
		async (search) => {
			await expect(list(search)).rejects.toMatchObject({
				message: expect.stringMatching(/feature.*“By Name”/),
			});
		},
	);
});

test('a refused credential is refused once, and says so', async () => {
	const credential = tokenCredential(cpsrvd(), { apiToken: 'WRONGTOKEN0123456789' });
	await expect(list('searchDomains', { credential, filter: 'x' })).rejects.toMatchObject({
		message: expect.stringContaining('did not accept the credential'),
	});
	expect(cpsrvd().journal.entries).toHaveLength(1);
});

describe.each(EVERY_WAY)('with %s', (_, way) => {
	test.each([
		['searchDomains', 'shop.example.com', {}],
		['searchMailboxes', 'anna', { domain: typed('example.com') }],
		['searchMailboxes', 'orders@shop.example.com', {}],
		['searchLocales', 'pt_br', {}],
	] as const)('%s finds %s', async (search, value, parameters) => {
		const server = cpsrvd();
		way.prepare?.(server);
		const { credentialType } = way;
		const found = await list(search, {
			credential: way.credential(server),
			credentialType,
			parameters: { ...way.parameters, ...parameters },
		});
		expect(values(found)).toContain(value);
		// a session is not left open
		const { entries } = server.journal;
		expect(entries.filter(isLogOut)).toHaveLength(way.proof.header === 'cookie' ? 1 : 0);
	});
});

describe('with WHM', () => {
	const whm = async (search: Search, more: ListOptions = {}) =>
		await list(search, {
			credential: whmCredential(cpsrvd()),
			credentialType: 'cpanelWhmApi',
			...more,
			parameters: { authentication: 'whm', ...more.parameters },
		});

	/** Beside `alice`, who is the reseller's as well. */
	const addAccounts = () => {
		for (let index = 0; index < 119; index += 1) {
			const name = `user${String(index).padStart(3, '0')}`;
			const mainDomain = `${name}.example`;
			cpsrvd().addAccount({ user: name, password: 'x', mainDomain, owner: 'agency' });
		}
	};

	test('the main domains of all accounts are offered where no account is chosen', async () => {
		addAccounts();
		const { results } = await whm('searchDomains', { filter: 'r00' });
		expect(results[0]).toEqual({ name: 'user000.example (user000)', value: 'user000.example' });
		expect(results).toHaveLength(10);
	});

	test.each(['searchMailboxes', 'searchLocales'] as const)(
		'%s takes the owner of the domain where no account is chosen',
		async (search) => {
			const parameters = { domain: typed('shop.example.com') };
			const { results } = await whm(search, { parameters });
			expect(results.length).toBeGreaterThan(0);
			expect(cpsrvd().journal.entries.map(({ path }) => path)).toEqual([
				'/json-api/getdomainowner',
				'/json-api/uapi_cpanel',
			]);
		},
	);

	test.each(['searchMailboxes', 'searchLocales'] as const)(
		'%s says what to choose first, and sends nothing',
		async (search) => {
			await expect(whm(search)).rejects.toMatchObject({
				// what happened, and what to do about it
				message: expect.stringMatching(/“cPanel Account” is empty\. Choose the account/),
			});
			expect(cpsrvd().journal.entries).toEqual([]);
		},
	);

	test('a token that may not list says how to go on', async () => {
		cpsrvd().switches.notUapi = { metadata: { result: 0, reason: 'Permission denied' } };
		await expect(whm('searchAccounts')).rejects.toMatchObject({
			message: expect.stringMatching(/^WHM refused listaccts.*“By Name”/),
		});
	});

	test('a refused token is refused once, and says so', async () => {
		const credential = whmCredential(cpsrvd(), { apiToken: 'WRONG' });
		await expect(whm('searchAccounts', { credential })).rejects.toMatchObject({
			message: expect.stringContaining('did not accept the credential'),
		});
		expect(cpsrvd().journal.entries).toHaveLength(1);
	});
});

test('there are no accounts to choose from without WHM', async () => {
	expect((await list('searchAccounts')).results).toEqual([]);
	expect(cpsrvd().journal.entries).toEqual([]);
});
