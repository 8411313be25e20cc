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
	const all = ['example.com', 'shop.example.com', 'example.net', 'blog.example.com'];

	test.each(['string', 'array'] as const)(
		'are listed, the main one as a %s',
		async (mainDomainAs) => {
			cpsrvd().switches.mainDomainAs = mainDomainAs;
			expect(values(await list('searchDomains'))).toEqual(all);
		},
	);

	test('are searched', async () => {
		expect(values(await list('searchDomains', { filter: 'SHOP' }))).toEqual(['shop.example.com']);
	});
});

describe('mailboxes', () => {
	const domain = { domain: typed('example.com') };

	test.each([
		['pages', false],
		['does not page', true],
	])('of the chosen domain are listed by a server that %s', async (_, ignorePaging) => {
		cpsrvd().switches.ignorePaging = ignorePaging;
		const { results } = await list('searchMailboxes', { parameters: domain });
		expect(results).toHaveLength(
			Object.keys(SEED.alice.mailboxes).filter((email) => email.endsWith('@example.com')).length,
		);
		expect(results).toContainEqual({ name: 'anna@example.com', value: 'anna' });
		expect(results).toContainEqual({ name: 'dora@example.com (suspended)', value: 'dora' });
	});

	test('are those of the domain that was meant, however it was pasted', async () => {
		const pasted = { domain: typed('“\u200bEXAMPLE.com.”') };
		const found = await list('searchMailboxes', { parameters: pasted });
		expect(found).toEqual(await list('searchMailboxes', { parameters: domain }));
	});

	test('are not asked for under a domain that is none', async () => {
		const parameters = { domain: typed('exa mple/..') };
		await expect(list('searchMailboxes', { parameters })).rejects.toMatchObject({
			message: expect.stringMatching(/^“Domain” names no valid domain\. .+ Enter a domain such as/),
		});
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test('of all domains are listed by their address when no domain is chosen', async () => {
		const found = values(await list('searchMailboxes', { filter: 'or' }));
		expect(found).toContain('orders@shop.example.com');
		expect(found).toContain('dora@example.com');
	});

	test.each([
		['pages', {}],
		['does not page', { ignorePaging: true }],
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

test('locales are listed and searched by code and by name', async () => {
	const all = await list('searchLocales');
	expect(values(all)).toContain('de');
	expect(all.results.find(({ value }) => value === 'de')?.name).toMatch(/German.*de/);
	expect(values(await list('searchLocales', { filter: 'german' }))).toEqual(['de']);
});

describe('of a server that means ill', () => {
	const CODE = "={{ 'x' + $('Start').first().json.apiKey.base64Encode() }}";
	const whm = {
		credential: () => whmCredential(cpsrvd()),
		credentialType: 'cpanelWhmApi',
	} as const;

	test.each([CODE, '=1', ' =1', '{{ 1 }}', 'anna\u202e', 'anna\n', 'an na', ''])(
		'no mailbox %j is offered, in any field of the answer',
		async (text) => {
			const right = {
				email: 'anna@example.com',
				login: 'anna',
				user: 'anna',
				domain: 'example.com',
			};
			const lines = [
				{ ...right, user: text, login: text },
				{ ...right, email: text },
				{ ...right, email: `${text}@example.com` },
				{ ...right, email: `ben@${text}` },
				{ ...right, domain: text },
				{ ...right, email: 7 },
				{ ...right, email: null },
				text,
			];
			cpsrvd().switches.alterData = () => lines;
			const offered = [{ name: 'anna@example.com', value: 'anna@example.com' }];
			const { results } = await list('searchMailboxes');
			expect([...new Map(results.map((each) => [each.value, each])).values()]).toEqual(offered);
			const parameters = { domain: typed('example.com') };
			const inDomain = await list('searchMailboxes', { parameters });
			expect(new Set(values(inDomain))).toEqual(new Set(['anna']));
		},
	);

	test('no mailbox of another domain is offered under the chosen one', async () => {
		cpsrvd().switches.alterData = () => [
			{ email: 'root@evil.example' },
			{ email: 'anna@example.com' },
		];
		const { results } = await list('searchMailboxes', {
			parameters: { domain: typed('Example.com') },
		});
		expect(results).toEqual([{ name: 'anna@example.com', value: 'anna' }]);
	});

	test.each([CODE, '=1', '{{ 1 }}', 'two words', 'Example.com', 'https://a.example', '', 7, null])(
		'no domain %j is offered',
		async (text) => {
			cpsrvd().switches.alterData = () => ({
				main_domain: text,
				addon_domains: ['example.com', text],
				sub_domains: [text],
			});
			expect((await list('searchDomains')).results).toEqual([
				{ name: 'example.com', value: 'example.com' },
			]);
		},
	);

	test.each([CODE, '=1', '{{ 1 }}', 'two words', 'DE', '<b>de</b>', '', 7, null])(
		'no locale %j is offered, nor named so',
		async (text) => {
			cpsrvd().switches.alterData = () => [
				{ locale: text, name: 'German', local_name: 'Deutsch' },
				{ locale: 'de', name: '<b>German</b>', local_name: `${text}{{` },
			];
			expect((await list('searchLocales')).results).toEqual([{ name: 'de', value: 'de' }]);
		},
	);

	test.each([CODE, '=1', '{{ 1 }}', 'two words', 'alice@x', 'x\u202e', '', 7, null])(
		'no account %j is offered, nor named so',
		async (text) => {
			cpsrvd().switches.alterData = () => ({
				acct: [
					{ user: text, domain: 'example.com' },
					{ user: 'alice', domain: text },
					{ user: 'bob', domain: 'bob.example' },
				],
			});
			const options = {
				...whm,
				credential: whm.credential(),
				parameters: { authentication: 'whm' },
			};
			const accounts = (await list('searchAccounts', options)).results;
			const bob = { name: 'bob (bob.example)', value: 'bob' };
			expect(accounts.filter(({ value }) => value !== 'alice')).toEqual([bob]);
			for (const { name } of accounts) expect(name).toMatch(/^(alice|bob)( \([a-z.]+\))?$/);
			const domains = (await list('searchDomains', options)).results;
			for (const { name } of domains) expect(name).toMatch(/^[a-z.]+( \([a-z]+\))?$/);
			expect(domains).toContainEqual({ name: 'bob.example (bob)', value: 'bob.example' });
		},
	);
});

test('a list that comes at once and is too long says how to do without it', async () => {
	cpsrvd().switches.ignorePaging = true;
	cpsrvd().switches.alterData = () =>
		Array.from({ length: 13_300 }, (_, index) => ({
			email: `box${index}@a-domain-with-a-long-name.example`,
			login: `box${index}@a-domain-with-a-long-name.example`,
			suspended_login: 0,
		}));
	await expect(list('searchMailboxes')).rejects.toMatchObject({
		message: expect.stringMatching(/whole list at once.*too long\. .*“By Name”, and type it\.$/),
	});
	await expect(list('searchMailboxes')).rejects.not.toMatchObject({
		message: expect.stringContaining('port'),
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

	test('the accounts of the reseller are listed with their domains, and no others', async () => {
		const { results } = await whm('searchAccounts');
		expect(results).toEqual([{ name: 'alice (example.com)', value: 'alice' }]);
	});

	test.each([
		['pages', false],
		['does not page', true],
	])('accounts are searched and come in parts from a server that %s', async (_, ignorePaging) => {
		cpsrvd().switches.ignorePaging = ignorePaging;
		addAccounts();
		const first = await whm('searchAccounts');
		const second = await whm('searchAccounts', { paginationToken: first.paginationToken });
		const third = await whm('searchAccounts', { paginationToken: second.paginationToken });
		expect([first, second, third].map(({ results }) => results.length)).toEqual([50, 50, 20]);
		expect(third.paginationToken).toBeUndefined();
		expect(new Set([first, second, third].flatMap(values)).size).toBe(120);

		expect(values(await whm('searchAccounts', { filter: 'R11' }))).toEqual(
			Array.from({ length: 9 }, (__, index) => `user11${index}`),
		);
		expect(values(await whm('searchAccounts', { filter: 'example.com' }))).toEqual(['alice']);
	});

	test.each([
		['where it is asked to', false],
		['nowhere', true],
	])(
		'all of them are reached at a server that says %s how many there are',
		async (__, pagingUntold) => {
			cpsrvd().switches.pagingUntold = pagingUntold;
			addAccounts();
			const found: unknown[] = [];
			let page = await whm('searchAccounts');
			found.push(...values(page));
			while (page.paginationToken !== undefined) {
				page = await whm('searchAccounts', { paginationToken: page.paginationToken });
				found.push(...values(page));
			}
			expect(new Set(found).size).toBe(120);
			expect(found).toHaveLength(120);
		},
	);

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
