import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { SEED, type Busy, type Cpsrvd, type Switches } from '../cpsrvd';
import { basic, Client, TOKEN, type Reply, useStandIn } from './cpsrvdClient';

const SESSION = '/execute/Session/create_webmail_session_for_mail_user?domain=example.com&login=';

describe('the switches of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started), {}, 1);

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
	});

	it('bends what makes up a session', async () => {
		expect(await dataOf({ hostname: 'https://node2.example:2096' })).toMatchObject({
			hostname: 'https://node2.example:2096',
		});
		expect((await dataOf({ tokenWithoutSlash: true }))['token']).toMatch(/^cpsess\d{10}$/);
		expect((await dataOf({ tokenMalformed: '/../x' }))['token']).toBe('/../x');
		expect(await dataOf({ sessionMissing: true })).not.toHaveProperty('session');
	});

	it('puts any content type on an answer', async () => {
		const reply = await ask({ contentType: 'text/html' });
		expect(reply.headers['content-type']).toBe('text/html');
		expect(JSON.parse(reply.text)).toMatchObject({ status: 1 });
		expect((await ask({ contentType: '' })).headers).not.toHaveProperty('content-type');
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

	it('closes the connection after every so many answers', async () => {
		const seen: unknown[] = [];
		while (seen.length < 4) seen.push((await ask({ connectionClose: 2 })).headers['connection']);
		expect(seen.sort()).toEqual(['close', 'close', 'keep-alive', 'keep-alive']);
	});

	it('closes a connection after so many answers, and says so', async () => {
		server.switches.keepAliveMax = 2;
		const fresh = new Client(server, 1);
		const said: unknown[] = [];
		while (said.length < 3) {
			const { headers } = await fresh.send('cpanel', `${SESSION}anna`, { headers: TOKEN });
			said.push([headers['connection'], headers['keep-alive']]);
		}
		await fresh.close();
		expect(said).toEqual([
			['keep-alive', 'max=1'],
			['close', undefined],
			['keep-alive', 'max=1'],
		]);
		expect(server.journal.connections).toBe(2);
	});

	it('closes a connection without a word: after so many answers, or after a while', async () => {
		const lines: string[] = [];
		for (const switches of [{ keepAliveMax: 1 }, { keepAliveTimeout: 40 }]) {
			server.reset();
			lines.push(await untilClosed({ ...switches, keepAliveSilent: true }));
		}
		for (const line of lines)
			expect(line).toMatch(/^HTTP\/1\.1 200 (?!.*max=).*Connection: keep-alive/s);
	});

	it('says how long a connection is kept', async () => {
		const { headers } = await ask({ keepAliveTimeout: 3_000 });
		expect(headers['keep-alive']).toBe('timeout=3');
	});

	/** The answer to one request on a connection that the server ends. */
	async function untilClosed(switches: Partial<Switches>): Promise<string> {
		Object.assign(server.switches, switches);
		const socket = connect({
			host: server.address,
			port: server.cpanelPort,
			rejectUnauthorized: false,
		});
		socket.write(
			`GET ${SESSION}anna HTTP/1.1\r\nHost: x\r\nAuthorization: ${TOKEN.authorization}\r\n\r\n`,
		);
		let received = '';
		for await (const chunk of socket) received += String(chunk);
		return received;
	}

	it('turns requests away: so many, for a while, or what is too much at once or in a second', async () => {
		const statuses = async (busy: Busy, requests: number, atOnce = false): Promise<number[]> => {
			server.reset();
			server.switches.busy = busy;
			const many = new Client(server);
			const send = async (): Promise<number> =>
				(await many.send('cpanel', SESSION + 'anna', { headers: TOKEN })).status;
			const found: number[] = [];
			if (atOnce) found.push(...(await Promise.all(Array.from({ length: requests }, send))));
			else while (found.length < requests) found.push(await send());
			await many.close();
			return found.sort();
		};
		expect(await statuses({ status: 429, times: 2 }, 3)).toEqual([200, 429, 429]);
		expect(await statuses({ status: 503, until: Date.now() + 60_000 }, 1)).toEqual([503]);
		expect(await statuses({ status: 503, until: Date.now() }, 1)).toEqual([200]);
		expect(await statuses({ status: 429, abovePerSecond: 2 }, 4)).toEqual([200, 200, 429, 429]);
		server.switches.delay = 20;
		expect(await statuses({ status: 429, aboveInFlight: 4 }, 4, true)).toEqual([
			200, 200, 200, 200,
		]);
		expect(await statuses({ status: 429, aboveInFlight: 0 }, 2, true)).toEqual([429, 429]);
	});

	it('says when to come back, and executes nothing', async () => {
		const reply = await ask({ busy: { status: 503, retryAfter: '5' } });
		expect(reply.headers['retry-after']).toBe('5');
		expect([...server.state.sessions]).toEqual([]);
		expect((await ask({ busy: { status: 503 } })).headers).not.toHaveProperty('retry-after');
	});

	it('works on so many requests at once, and writes down when they came and ended', async () => {
		Object.assign(server.switches, { workers: 2, serviceTime: 60 });
		server.hold.place({ until: 5 });
		const many = new Client(server);
		await Promise.all(
			Array.from(
				{ length: 5 },
				async () => await many.send('cpanel', `${SESSION}anna`, { headers: TOKEN }),
			),
		);
		await many.close();
		const { entries } = server.journal;
		const ends = entries.map(({ endedAt }) => endedAt).sort((one, other) => one - other);
		expect((ends[4] ?? 0) - (ends[0] ?? 0)).toBeGreaterThanOrEqual(100);
		expect(entries.map(({ inFlight }) => inFlight).sort()).toEqual([1, 2, 3, 4, 5]);
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
