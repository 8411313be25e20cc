import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../../nodes/shared/cpanel/accounts';
import type { Channel } from '../../nodes/shared/cpanel/api/send';
import type { UapiCall } from '../../nodes/shared/cpanel/api/uapi';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { openAccounts } from '../../nodes/shared/n8n/openAccounts';
import type { ParameterReader } from '../../nodes/shared/n8n/parameters';
import { connectionTo, fakeTransport, uapi } from './fakeTransport';
import type { FakeTransport } from './fakeTransport';
import { rejectionOf, thrownBy } from './thrown';

const STORED = {
	cpanelApi: { server: 'cpanel.example.com', username: 'alice', apiToken: 'T0KEN' },
	cpanelWhmApi: { server: 'whm.example.com', username: 'root', apiToken: 'T0KEN' },
};

const context = {
	getCredentials: async (type: keyof typeof STORED) => STORED[type],
} as unknown as IExecuteFunctions;

/** An item whose “cPanel Account” says this. */
function itemWith(account: string): ParameterReader {
	return { locator: () => account } as unknown as ParameterReader;
}

describe('the accounts of a credential', () => {
	it('are one with a cPanel credential, whatever the item says', async () => {
		const accounts = await openAccounts(context, 'cpanelAccount');
		const account = accounts.byName(itemWith('somebody'));
		expect(account.server.origin).toBe('https://cpanel.example.com:2083');
		expect(accounts.owning('example.com', itemWith(''))).toBe(account);
		expect(accounts.asWhm).toBeUndefined();
	});

	it('with WHM are those that items name, or the owners of domains', async () => {
		const accounts = await openAccounts(context, 'whm');
		expect(await accounts.asWhm?.(async (whm) => whm)).toMatchObject({ username: 'root' });
		const origin = 'https://whm.example.com:2087';
		expect(accounts.byName(itemWith('alice')).server.origin).toBe(origin);
		expect(accounts.owning('example.com', itemWith('')).server.origin).toBe(origin);
		expect(accounts.owning('example.com', itemWith('alice')).server.origin).toBe(origin);
	});

	it('with WHM are none where nothing tells', async () => {
		const accounts = await openAccounts(context, 'whm');
		expect(thrownBy(() => accounts.byName(itemWith('')))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is empty',
		});
		expect(thrownBy(() => accounts.owning('example.com', itemWith('a b')))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is not the name of an account',
		});
	});

	it('are none for a way of signing in that is not offered', async () => {
		expect(await rejectionOf(openAccounts(context, 'other'))).toMatchObject({
			kind: 'input',
			message: '“Authentication” has an unknown value',
			hint: 'Choose one from the list.',
		});
	});

	it.each([
		['cpanelAccount', 'in the cPanel credential'],
		['whm', 'in the WHM credential'],
	])('say where the switch for certificates is: %s', async (authentication, where) => {
		const accounts = await openAccounts(context, authentication);
		expect(accounts).toMatchObject({ certificateSwitch: where, allowUnauthorizedCerts: false });
	});

	it('name the field that they read', async () => {
		const asked: string[] = [];
		const item = {
			locator: (name: string) => `${asked.push(name)}`,
		} as unknown as ParameterReader;
		const accounts = await openAccounts(context, 'whm');
		accounts.byName(item);
		accounts.owning('example.com', item);
		expect(asked).toEqual(['account', 'account']);
	});
});

describe('what is asked of an account', () => {
	const SIGNED_IN: Partial<HttpResponse> = {
		contentType: 'application/json',
		body: JSON.stringify({ status: 1, security_token: '/cpsess123' }),
		cookies: ['cpsession=alice%3aabc; path=/'],
	};
	const CALL: UapiCall = { module: 'DomainInfo', function: 'list_domains' };
	const REFUSED: Partial<HttpResponse> = { status: 401, server: 'cpsrvd' };

	/** A credential that no other test has: what a server refused is remembered. */
	let tokens = 0;
	const stored = (changes: object = {}) => ({
		...STORED.cpanelApi,
		apiToken: `T0KEN${(tokens += 1)}`,
		...changes,
	});
	const opened = async (authentication: string, credential: object) =>
		await openAccounts(
			{ getCredentials: async () => credential } as unknown as IExecuteFunctions,
			authentication,
		);
	const paths = ({ requests }: FakeTransport) => requests.map(({ url }) => new URL(url).pathname);

	it('reaches its server, and the session is given back at the end', async () => {
		const accounts = await opened('cpanelAccount', {
			...stored({ authentication: 'session', apiToken: '', password: `x${tokens}` }),
		});
		const transport = fakeTransport(SIGNED_IN, uapi({ main_domain: 'example.com' }), {});
		const channel = connectionTo(transport);
		const account = accounts.byName(itemWith(''));
		expect((await account.call(channel, CALL)).data).toEqual({ main_domain: 'example.com' });
		await accounts.close(channel);
		expect(paths(transport)).toEqual([
			'/login/',
			'/cpsess123/execute/DomainInfo/list_domains',
			'/cpsess123/logout/',
		]);
	});

	it('ends with the session where the account is closed', async () => {
		const accounts = await opened('cpanelAccount', {
			...stored({ authentication: 'session', apiToken: '', password: `y${tokens}` }),
		});
		const transport = fakeTransport(SIGNED_IN, uapi({}), {});
		const account = accounts.byName(itemWith(''));
		await account.call(connectionTo(transport), CALL);
		await account.close(connectionTo(transport));
		expect(paths(transport).at(-1)).toBe('/cpsess123/logout/');
	});

	it.each<[string, (account: Account, channel: Channel) => Promise<unknown>]>([
		['a call', async (account, channel) => await account.call(channel, CALL)],
		['a session', async (account, channel) => await account.openSession(channel)],
	])('is not sent with what was refused a moment ago: %s', async (_case, ask) => {
		const credential = stored({ authentication: 'session', password: `z${(tokens += 1)}` });
		const transport = fakeTransport(REFUSED);
		for (const nth of [1, 2]) {
			const accounts = await opened('cpanelAccount', credential);
			const error = await rejectionOf(ask(accounts.byName(itemWith('')), connectionTo(transport)));
			expect([nth, error.kind]).toEqual([nth, 'credential']);
		}
		expect(transport.requests).toHaveLength(1);
	});

	it('is left to a caller that has a guard of its own, and names the credential for it', async () => {
		const context = { getCredentials: async () => stored() } as unknown as IExecuteFunctions;
		const accounts = await openAccounts(context, 'cpanelAccount', { isGuarded: false });
		const transport = fakeTransport(REFUSED, REFUSED);
		for (const nth of [1, 2]) {
			await rejectionOf(accounts.byName(itemWith('')).call(connectionTo(transport), CALL));
			expect(transport.requests).toHaveLength(nth);
		}
		expect(accounts.credentialKey).toMatch(/^[0-9a-f]{64}$/);
	});

	it('opens a session of the account that the item names', async () => {
		const accounts = await opened('whm', stored());
		const data = { session: 'alice:abc:x', cp_security_token: '/cpsess123' };
		const transport = fakeTransport(
			{ body: JSON.stringify({ metadata: { result: 1 }, data }) },
			{ status: 301, location: '/cpsess123/', cookies: ['cpsession=alice%3aabc; path=/'] },
		);
		const account = accounts.byName(itemWith('alice'));
		expect(await account.openSession(connectionTo(transport))).toMatchObject({
			sessionUrl: 'https://cpanel.example.com:2083/cpsess123',
		});
	});

	it('is asked for the account that the item names, or the owner of its domain', async () => {
		const accounts = await opened('whm', stored());
		const owner = { body: JSON.stringify({ metadata: { result: 1 }, data: { user: 'bob' } }) };
		const answer = {
			body: JSON.stringify({ metadata: { result: 1 }, data: { uapi: { status: 1 } } }),
		};
		const transport = fakeTransport(answer, owner, answer);
		const channel = connectionTo(transport);
		await accounts.byName(itemWith('alice')).call(channel, CALL);
		await accounts.owning('example.com', itemWith('')).call(channel, CALL);
		const asked = transport.requests.map(({ url }) => new URL(url).searchParams);
		expect(asked.map((query) => query.get('cpanel.user') ?? query.get('domain'))).toEqual([
			'alice',
			'example.com',
			'bob',
		]);
		expect(await accounts.close(channel)).toBeUndefined();
	});
});
