import { Agent, request } from 'undici';

import { startCpsrvd, type Cpsrvd } from '../cpsrvd';
import { Client, TOKEN, WHM_TOKEN } from './cpsrvdClient';

describe('a web server in front of the stand-in', () => {
	let server: Cpsrvd;
	let dispatcher: Agent;
	let client: Client;

	beforeAll(async () => {
		server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0, subdomainPort: 0 });
		dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
		client = new Client(server);
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		await client.close();
		await dispatcher.destroy();
		await server.stop();
	});

	async function ask(path: string, headers: Record<string, string>): Promise<number> {
		const reply = await request(`${server.subdomainOrigin}${path}`, { dispatcher, headers });
		await reply.body.dump();
		return reply.statusCode;
	}

	const who = '/execute/Variables/get_user_information?name=user';

	it.each([
		['cpanel', who, TOKEN],
		['whm', '/json-api/version?api.version=1', WHM_TOKEN],
		['webmail', '/login/', {}],
	] as const)('serves %s by its name', async (service, path, headers) => {
		expect(await ask(path, { ...headers, host: `${service}.example.com` })).toBe(200);
		expect(server.journal.entries.at(-1)?.port).toBe(service);
	});

	it('serves by any other name what a request is for', async () => {
		expect(await ask(who, TOKEN)).toBe(200);
		expect(await ask('/json-api/version', WHM_TOKEN)).toBe(200);
		const { session, token } = await client.newSession();
		const login = `${token}/login/?session=${encodeURIComponent(session)}`;
		const reply = await request(`${server.subdomainOrigin}${login}`, { dispatcher });
		await reply.body.dump();
		expect(reply.statusCode).toBe(307);
		const [cookie = ''] = [reply.headers['set-cookie'] ?? []].flat();
		expect(await ask(`${token}/`, { cookie: cookie.split(';')[0] ?? '' })).toBe(200);
		expect(server.journal.entries.map(({ port }) => port).slice(-2)).toEqual([
			'webmail',
			'webmail',
		]);
	});

	it('is not there unless it is asked for', async () => {
		const bare = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0 });
		await bare.stop();
		expect(bare.subdomainOrigin).toBeUndefined();
	});
});
