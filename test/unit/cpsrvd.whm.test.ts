import { SEED, WHM_SEED, type Cpsrvd } from '../cpsrvd';
import { basic, Client, TOKEN, WHM_TOKEN, type Reply, useStandIn } from './cpsrvdClient';

interface WhmAnswer {
	metadata: { result: number; reason: string; command: string; chunk?: unknown };
	data?: Record<string, unknown>;
}

describe('the stand-in as WHM', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started), { mailNode: true });

	async function whm(
		name: string,
		query: Record<string, string> = {},
		headers: Record<string, string> = WHM_TOKEN,
	): Promise<WhmAnswer> {
		const asked = new URLSearchParams({ 'api.version': '1', ...query });
		const path = `/json-api/${name}?${asked.toString()}`;
		return JSON.parse((await client.send('whm', path, { headers })).text) as WhmAnswer;
	}

	const rootToken = { authorization: `whm root:${WHM_SEED.root.apiToken}` };
	const who = {
		'cpanel.module': 'Variables',
		'cpanel.function': 'get_user_information',
		name: 'user',
	};

	it('calls UAPI as an account of the caller, and nests its answer', async () => {
		const { metadata, data } = await whm('uapi_cpanel', { ...who, 'cpanel.user': 'alice' });
		expect(metadata).toEqual({ command: 'uapi_cpanel', reason: 'OK', result: 1, version: 1 });
		expect(data?.uapi).toMatchObject({ status: 1, data: { user: 'alice' }, errors: null });
	});

	it('lets resellers act for their own accounts, and root for all', async () => {
		const query = { ...who, 'cpanel.user': 'bob' };
		expect((await whm('uapi_cpanel', query)).metadata).toMatchObject({ result: 0 });
		expect((await whm('uapi_cpanel', query, rootToken)).metadata.result).toBe(1);
		const names = (await whm('listaccts', {}, rootToken)).data?.acct;
		expect(names).toMatchObject([{ user: 'alice' }, { user: 'bob' }]);
	});

	it('knows the owner of every domain, and says in two ways that there is none', async () => {
		for (const domain of ['example.com', 'shop.example.com', 'example.net']) {
			expect((await whm('getdomainowner', { domain })).data).toEqual({ user: 'alice' });
		}
		expect((await whm('getdomainowner', { domain: 'example.org' })).data).toEqual({ user: null });
		server.switches.unknownDomain = 'refused';
		expect((await whm('getdomainowner', { domain: 'example.org' })).metadata.result).toBe(0);
	});

	it('makes a session of cPanel that one login opens', async () => {
		const { data } = await whm('create_user_session', { user: 'alice', service: 'cpaneld' });
		const url = new URL(String(data?.url));
		expect(url.origin).toBe(server.cpanelOrigin);
		expect(url.searchParams.get('session')).toBe(data?.session);
		expect(url.pathname).toBe(`${String(data?.cp_security_token)}/login/`);
		const form = { session: String(data?.session) };
		const reply = await client.send('cpanel', url.pathname, { form });
		expect(reply.status).toBe(307);
		expect(reply.cookies[0]).toMatch(/^cpsession=alice%3a/);
		expect((await client.send('cpanel', url.pathname, { form })).status).toBe(401);
	});

	it('creates accounts and their mailboxes', async () => {
		const account = { username: 'nina', domain: 'nina.example', password: 'nina-pw' };
		expect((await whm('createacct', account)).metadata.result).toBe(1);
		expect((await whm('createacct', account)).metadata.result).toBe(0);
		const add = {
			'cpanel.user': 'nina',
			'cpanel.module': 'Email',
			'cpanel.function': 'add_pop',
			email: 'info',
			password: 'info-pw',
		};
		expect((await whm('uapi_cpanel', add)).data?.uapi).toMatchObject({ data: 'info+nina.example' });
		expect((await whm('uapi_cpanel', add)).data?.uapi).toMatchObject({ status: 0 });
		const elsewhere = { ...add, domain: 'example.com' };
		expect((await whm('uapi_cpanel', elsewhere)).data?.uapi).toMatchObject({ status: 0 });
		expect(server.state.accounts.ownerOf('info@nina.example')?.owner).toBe('agency');
	});

	describe('at the wrong server', () => {
		const execute = '/execute/Variables/get_user_information?name=user';

		it.each<[string, () => Promise<Reply>, number, string]>([
			['no header', () => client.send('whm', '/json-api/version'), 403, 'Access denied'],
			[
				'a wrong token',
				() =>
					client.send('whm', '/json-api/version', { headers: { authorization: 'whm root:no' } }),
				403,
				'Access denied',
			],
			[
				'a header of WHM at cPanel',
				() => client.send('cpanel', execute, { headers: WHM_TOKEN }),
				401,
				'The login is invalid.',
			],
			[
				'a header of cPanel at WHM',
				() => client.send('whm', '/json-api/version', { headers: TOKEN }),
				403,
				'Permission denied',
			],
			[
				'a function of UAPI at WHM',
				() => client.send('whm', execute, { headers: WHM_TOKEN }),
				403,
				'Function not found',
			],
			[
				'a function of WHM at cPanel',
				() => client.send('cpanel', '/json-api/version', { headers: TOKEN }),
				403,
				'Function not found',
			],
			[
				'a token of an account at Webmail',
				() => client.send('webmail', execute, { headers: TOKEN }),
				403,
				'Permission denied',
			],
			[
				'a password of an account at Webmail',
				() => client.send('webmail', execute, { headers: basic('alice', SEED.alice.password) }),
				403,
				'Permission denied',
			],
		])('%s', async (_case, send, status, text) => {
			const reply = await send();
			expect(reply.status).toBe(status);
			expect(reply.text).toContain(text);
		});
	});

	it('lets nobody in but by the login, where it is told so', async () => {
		server.switches.loginOnly = true;
		const path = '/execute/Variables/get_user_information';
		for (const headers of [TOKEN, basic('alice', SEED.alice.password)]) {
			expect((await client.send('cpanel', path, { headers })).status).toBe(401);
		}
		const form = { user: 'alice', pass: SEED.alice.password };
		expect((await client.send('cpanel', '/login/?login_only=1', { form })).status).toBe(200);
	});

	it('has a mail node at an address of its own, which knows the same sessions', async () => {
		const session = await client.newSession();
		expect(server.mailNodeAddress).not.toBe(server.address);
		const node = { webmailOrigin: `https://${server.mailNodeAddress}:${server.webmailPort}` };
		const there = new Client({ ...server, ...node });
		expect((await there.logIn(session)).status).toBe(307);
		await there.close();
		expect(server.journal.entries.at(-1)).toMatchObject({
			port: 'webmail',
			address: server.mailNodeAddress,
		});
	});
});
