import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { SEED, startCpsrvd, type Cpsrvd, type Switches } from '../cpsrvd';
import { basic, Client, TOKEN, type Reply } from './cpsrvdClient';

const SESSION = '/execute/Session/create_webmail_session_for_mail_user?domain=example.com&login=';

describe('the switches of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;

	beforeAll(async () => {
		server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
		client = new Client(server, 1);
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		await client.close();
		await server.stop();
	});

	/** Asks for a session with these switches thrown. */
	async function ask(switches: Partial<Switches>, login = 'anna'): Promise<Reply> {
		Object.assign(server.switches, switches);
		return await client.send('cpanel', SESSION + login, { headers: TOKEN });
	}

	async function dataOf(switches: Partial<Switches>): Promise<Record<string, unknown>> {
		return (JSON.parse((await ask(switches)).text) as { data: Record<string, unknown> }).data;
	}

	it('nests the envelope, and changes the types in it', async () => {
		const nested = await ask({ envelope: 'nested', statusAsString: true });
		expect(JSON.parse(nested.text)).toMatchObject({
			apiversion: 3,
			module: 'Session',
			func: 'create_webmail_session_for_mail_user',
			result: { status: '1', errors: null, data: { hostname: null } },
		});
		const failed = await ask({ envelope: 'flat', errorsAsString: true }, 'nobody');
		expect(JSON.parse(failed.text)).toMatchObject({
			status: '0',
			errors: 'You do not have an email account named “nobody@example.com”.',
		});
	});

	it('bends what makes up a session', async () => {
		expect(await dataOf({ hostname: 'https://node2.example:2096' })).toMatchObject({
			hostname: 'https://node2.example:2096',
		});
		expect((await dataOf({ tokenWithoutSlash: true }))['token']).toMatch(/^cpsess\d{10}$/);
		expect((await dataOf({ tokenMalformed: '/../x' }))['token']).toBe('/../x');
		expect(Object.keys(await dataOf({ tokenMissing: true, sessionMissing: true }))).toEqual([
			'hostname',
		]);
	});

	it('switches features off, in three languages', async () => {
		const french = await ask({ featureOff: ['Session'], featureOffLanguage: 'fr' });
		expect(french.text).toContain('Vous ne disposez pas de la fonctionnalité');
		expect((await ask({ featureOff: ['Session/create_temp_user'] })).text).toContain('"token"');
	});

	it.each<[string, Partial<Switches>, number, string | RegExp]>([
		['licensePage', { licensePage: true }, 200, 'License is expired'],
		['a 403', { executeStatus: 403 }, 403, '"cpanelresult"'],
		['a 429', { executeStatus: 429 }, 429, 'Too Many Requests'],
		['a 503', { executeStatus: 503 }, 503, 'maintenance'],
		['emptyBody', { emptyBody: true }, 200, /^$/],
		['truncatedJson', { truncatedJson: true }, 200, /[^}]$/],
		['notJson', { notJson: 'text' }, 200, /^Internal error/],
		['notUapi', { notUapi: { hello: 1 } }, 200, /^\{"hello":1\}$/],
		['notUapi with null', { notUapi: null }, 200, /^null$/],
	])('puts %s in the place of an answer', async (_name, switches, status, body) => {
		const reply = await ask(switches);
		expect(reply.status).toBe(status);
		expect(reply.text).toMatch(body);
		expect(server.journal.entries.at(-1)?.status).toBe(status);
	});

	it('puts any content type on an answer', async () => {
		const reply = await ask({ contentType: 'text/html' });
		expect(reply.headers['content-type']).toBe('text/html');
		expect(JSON.parse(reply.text)).toMatchObject({ status: 1 });
		expect((await ask({ contentType: '' })).headers).not.toHaveProperty('content-type');
	});

	it('redirects /execute to another origin with its query', async () => {
		const redirectTo = { origin: 'https://evil.example', status: 307 } as const;
		const reply = await ask({ redirectTo });
		expect(reply.status).toBe(307);
		expect(reply.headers['location']).toBe(`https://evil.example${SESSION}anna`);
		expect([...server.state.sessions]).toEqual([]);
	});

	it('refuses with other pages than usual', async () => {
		const refused = async (switches: Partial<Switches>): Promise<Reply> => {
			Object.assign(server.switches, switches);
			return await client.send('cpanel', SESSION);
		};
		const asJson = await refused({ unauthorizedBody: 'json-text-plain' });
		expect([asJson.status, asJson.headers['content-type']]).toEqual([
			401,
			'text/plain; charset="utf-8"',
		]);
		expect((await refused({ unauthorizedBody: 'empty' })).text).toBe('');
		const page = await refused({ loginPageWith200: true });
		expect([page.status, page.text]).toEqual([200, expect.stringContaining('cPanel Login')]);
	});

	it('echoes every secret of a request', async () => {
		server.switches.echoSecrets = true;
		const page = await client.send('cpanel', SESSION, {
			headers: { ...basic('alice', 's3cret-password'), cookie: 'cpsession=c00kie' },
		});
		expect(page.text).toContain('s3cret-password');
		expect(page.text).toContain('c00kie');
		const failed = await ask({}, 'nobody');
		expect(failed.text).toContain(SEED.alice.apiToken);
		const login = await client.logIn({ session: 's:e:ss', token: '/cpsess1', hostname: null });
		expect(login.text).toContain('s:e:ss');
	});

	it('sends a byte order mark, endless blanks, and little that unpacks to much', async () => {
		const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
		const bytes = async (switches: Partial<Switches>): Promise<Buffer> => {
			server.reset();
			Object.assign(server.switches, switches);
			const url = `${server.cpanelOrigin}${SESSION}anna`;
			const reply = await request(url, { dispatcher, headers: TOKEN });
			return Buffer.from(await reply.body.arrayBuffer());
		};
		expect((await bytes({ bom: true })).subarray(0, 4)).toEqual(Buffer.from('\uFEFF{'));
		expect((await bytes({ hugeBody: 2 })).length).toBeGreaterThan(2 * 1024 * 1024);
		const bomb = await bytes({ gzipBomb: 4 });
		expect(bomb.length).toBeLessThan(64 * 1024);
		expect(gunzipSync(bomb).length).toBeGreaterThan(4 * 1024 * 1024);
		await dispatcher.destroy();
	});

	it('takes its time, before an answer and within one', async () => {
		const took = async (switches: Partial<Switches>): Promise<number> => {
			server.reset();
			const start = performance.now();
			expect(JSON.parse((await ask(switches)).text)).toMatchObject({ status: 1 });
			return performance.now() - start;
		};
		expect(await took({ delay: 60 })).toBeGreaterThan(50);
		expect(await took({ drip: 60 })).toBeGreaterThan(50);
	});

	it('drops connections: at once, halfway, or when they are kept', async () => {
		await expect(ask({ reset: 'before-answer' })).rejects.toThrow();
		expect(server.journal.entries.at(-1)?.status).toBe(0);
		expect([...server.state.sessions]).toEqual([]);
		await expect(ask({ reset: 'mid-answer' })).rejects.toThrow();
		expect([...server.state.sessions]).toHaveLength(1);

		server.reset();
		expect((await ask({ resetKeptConnection: 1 })).status).toBe(200);
		await expect(ask({})).rejects.toThrow();
		expect(server.switches.resetKeptConnection).toBe(0);
		expect((await ask({})).status).toBe(200);
	});

	it('closes the connection after every so many answers', async () => {
		const seen: unknown[] = [];
		while (seen.length < 4) seen.push((await ask({ connectionClose: 2 })).headers['connection']);
		expect(seen.sort()).toEqual(['close', 'close', 'keep-alive', 'keep-alive']);
	});

	it('never answers, and leaves the client to its own devices', async () => {
		server.switches.neverAnswer = true;
		const impatient = request(`${server.cpanelOrigin}${SESSION}anna`, {
			dispatcher: new Agent({ connect: { rejectUnauthorized: false }, headersTimeout: 1_000 }),
			headers: TOKEN,
			signal: AbortSignal.timeout(1_000),
		});
		await expect(impatient).rejects.toThrow();
		expect(server.journal.entries).toHaveLength(1);
	});

	it('can spoil one request among many', async () => {
		server.switches.when = ({ query }) => query['login'] === 'ben';
		const statuses: number[] = [];
		for (const login of ['anna', 'ben', 'carol']) {
			statuses.push((await ask({ executeStatus: 500 }, login)).status);
		}
		expect(statuses).toEqual([200, 500, 200]);

		server.switches.when = () => {
			throw new Error('a mistake in the test');
		};
		expect((await ask({})).text).toContain('a mistake in the test');
	});
});
