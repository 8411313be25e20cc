import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

import { MAX_ANSWER_BYTES } from '../../nodes/shared/http/HttpTransport';
import type {
	HttpRequest,
	HttpResponse,
	HttpTransport,
	HttpTransportError,
} from '../../nodes/shared/http/HttpTransport';
import { SEED, startCpsrvd } from '../cpsrvd';
import type { Cpsrvd, Switches } from '../cpsrvd';
import { createCertificate } from '../cpsrvd/certificate';
import type { Certificate } from '../cpsrvd/certificate';
import { ADAPTERS } from './adapters';
import type { AdapterOptions } from './adapters';
import { useDeadlines } from './deadlines';
import { startConnectProxy } from './connectProxy';
import type { ConnectProxy } from './connectProxy';
import { answer, startRawServer } from './rawServer';
import type { RawServer, Responder } from './rawServer';
import { failure, freePort, get } from './support';

const SESSION =
	'/execute/Session/create_webmail_session_for_mail_user?domain=example.com&login=anna';
const AUTHORIZATION = `cpanel alice:${SEED.alice.apiToken}`;
const MEBIBYTE = 1024 * 1024;

let cpanel: Cpsrvd;
let certificate: Certificate;

beforeAll(async () => {
	cpanel = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
	certificate = await createCertificate(['127.0.0.1'], ['localhost']);
});
afterEach(() => cpanel.reset());
afterAll(async () => await cpanel.stop());

const passDeadlines = useDeadlines();

describe.each(ADAPTERS)('the contract of the transport, kept by %s', (name, openAdapter) => {
	const transports: HttpTransport[] = [];
	const servers: RawServer[] = [];

	afterEach(async () => {
		await Promise.all(transports.splice(0).map(async (transport) => await transport.close()));
		await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
	});

	function open(options: Partial<AdapterOptions> = {}): HttpTransport {
		const transport = openAdapter({ allowUnauthorizedCerts: true, ...options });
		transports.push(transport);
		return transport;
	}

	async function serve(
		respond: Responder,
		tls: Certificate | null = certificate,
	): Promise<RawServer> {
		const server = await startRawServer(respond, tls ?? undefined);
		servers.push(server);
		return server;
	}

	/** What comes back when a server sends these bytes. */
	async function receive(bytes: Buffer): Promise<HttpResponse> {
		const server = await serve((connection) => connection.write(bytes));
		return await open().send(get(server.origin));
	}

	/** Asks the stand-in for a session while it misbehaves. */
	async function ask(
		switches: Partial<Switches>,
		request: Partial<HttpRequest> = {},
		transport = open(),
	): Promise<HttpResponse> {
		Object.assign(cpanel.switches, switches);
		return await transport.send({
			...get(cpanel.cpanelOrigin + SESSION),
			headers: { authorization: AUTHORIZATION },
			...request,
		});
	}

	describe('the request', () => {
		it('arrives as it was given', async () => {
			const query = '?x=%C3%A4%20%2B+%25%26%3D&y=a%2Fb';
			await open().send({
				...get(`${cpanel.cpanelOrigin}/execute/Session/x${query}`),
				headers: { authorization: AUTHORIZATION, accept: 'application/json', 'x-one': '1' },
			});
			const [entry] = cpanel.journal.entries;
			expect(entry).toMatchObject({
				method: 'GET',
				url: `/execute/Session/x${query}`,
				rawBody: '',
				headers: { authorization: AUTHORIZATION, accept: 'application/json', 'x-one': '1' },
			});
			expect(entry?.headers).not.toHaveProperty('content-type');
		});

		it('carries a form byte for byte', async () => {
			const fields = {
				password: SEED.alice.mailboxes['anna@example.com'].password,
				'näme +%&=': 'ä😀 + % & = ; \' " < > \\ \u0000 \r\n ~*()!',
				empty: '',
			};
			await open().send({
				...get(`${cpanel.cpanelOrigin}/execute/Session/x`),
				method: 'POST',
				form: new URLSearchParams(fields),
			});
			const [entry] = cpanel.journal.entries;
			expect(entry).toMatchObject({ method: 'POST', form: fields });
			expect(entry?.rawBody).toBe(new URLSearchParams(fields).toString());
			expect(entry?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded\b/);
		});

		it('may carry an empty form', async () => {
			await open().send({
				...get(`${cpanel.cpanelOrigin}/execute/Session/x`),
				method: 'POST',
				form: new URLSearchParams(),
			});
			expect(cpanel.journal.entries).toMatchObject([{ method: 'POST', rawBody: '' }]);
		});

		it('is not touched: neither its headers nor its form', async () => {
			const headers = { authorization: AUTHORIZATION };
			const form = new URLSearchParams({ a: '1' });
			await open().send({ ...get(cpanel.cpanelOrigin), method: 'POST', headers, form });
			expect(headers).toEqual({ authorization: AUTHORIZATION });
			expect(form.toString()).toBe('a=1');
		});
	});

	describe('the answer', () => {
		it.each([200, 201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 429, 500, 503])(
			'is an answer with status %i, asked for once',
			async (status) => {
				const body = status === 204 ? '' : 'the body';
				const server = await serve((connection) =>
					connection.write(answer(status, { 'Content-Type': 'text/plain; charset="utf-8"' }, body)),
				);
				const response = await open().send(get(server.origin));
				expect(response).toMatchObject({
					status,
					body,
					contentType: 'text/plain; charset="utf-8"',
					cookies: [],
				});
				expect(response.location).toBeUndefined();
				expect(server.requests).toHaveLength(1);
			},
		);

		it('of a server that refuses the credential is asked for exactly once', async () => {
			const { status } = await ask({}, { headers: { authorization: 'cpanel alice:WRONG' } });
			expect(status).toBe(401);
			expect(cpanel.journal.entries).toHaveLength(1);
		});

		it.each([301, 302, 303, 307, 308])('is not followed where it leads with %i', async (status) => {
			const elsewhere = await serve((connection) => connection.write(answer(200)));
			const location = `${elsewhere.origin}/cpsess1/?session=secret`;
			const server = await serve((connection) =>
				connection.write(answer(status, { Location: location })),
			);
			const response = await open().send({
				...get(server.origin),
				method: 'POST',
				form: new URLSearchParams({ session: 'secret' }),
			});
			expect(response).toMatchObject({ status, location, body: '' });
			expect(elsewhere.connections).toBe(0);
		});

		it.each([
			['no cookie', []],
			['one cookie', ['webmailsession=anna%3aabc%2cdef; HttpOnly; path=/; port=2096; secure']],
			['several cookies', ['a=1; path=/', 'b=2; expires=Thu, 01 Jan 2099 00:00:00 GMT', 'a=3']],
		])('brings %s', async (_case, cookies) => {
			const response = await receive(answer(200, { 'Set-Cookie': cookies }));
			expect(response.cookies).toEqual(cookies);
		});

		it.each([
			['nothing', {}, undefined],
			['seconds', { 'Retry-After': '7' }, 7_000],
			['seconds, twice', { 'Retry-After': ['7', '9'] }, 7_000],
			['a date that has passed', { 'Retry-After': 'Thu, 01 Jan 1998 00:00:00 GMT' }, 0],
			['nonsense', { 'Retry-After': 'soon' }, undefined],
		])('may ask for a pause by %s', async (_case, headers, retryAfter) => {
			expect((await receive(answer(503, headers))).retryAfter).toBe(retryAfter);
		});

		it('may ask for a pause until a date', async () => {
			const date = new Date('2031-02-03T04:05:06Z');
			const now = jest.spyOn(Date, 'now').mockReturnValue(date.getTime() - 60_000);
			const response = receive(answer(429, { 'Retry-After': date.toUTCString() }));
			const { retryAfter } = await response.finally(() => now.mockRestore());
			expect(retryAfter).toBe(60_000);
		});

		it.each([
			['nothing', ''],
			['UTF-8', 'für “Jürgen” – 電子メール 😀'],
			['a byte order mark', '\uFEFF{"status":1}'],
			['JSON, unparsed', '{"b":1.0,"a":12345678901234567890,\r\n"a":null}\n'],
			['blanks at both ends', ' \n x \n '],
		])('has a body of %s', async (_case, body) => {
			const bytes = answer(200, { 'Content-Type': 'application/json' }, body);
			expect(await receive(bytes)).toMatchObject({ body });
		});

		it('has the byte order mark of the server', async () => {
			expect((await ask({ bom: true })).body).toMatch(/^\uFEFF\{/);
		});

		it('replaces bytes that are no UTF-8', async () => {
			const { body } = await receive(answer(200, {}, Buffer.from([0x61, 0xff, 0xfe, 0x62])));
			expect(body).toBe('a\uFFFD\uFFFDb');
		});

		it('survives being cut into pieces, also within a character', async () => {
			const bytes = answer(200, {}, 'ä😀ä😀');
			const server = await serve((connection) => {
				for (const byte of bytes) connection.write(Buffer.from([byte]));
			});
			expect((await open().send(get(server.origin))).body).toBe('ä😀ä😀');
		});

		it('may come in chunks, and may end with the connection', async () => {
			const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
			expect((await receive(Buffer.from(chunked))).body).toBe('abc');
			const server = await serve((connection) => connection.end('HTTP/1.1 200 OK\r\n\r\nabc'));
			expect((await open().send(get(server.origin))).body).toBe('abc');
		});

		it('may claim to be packed and be empty', async () => {
			const headers = { 'Content-Encoding': 'gzip', Location: '/login' };
			expect(await receive(answer(302, headers))).toMatchObject({ body: '', location: '/login' });
		});
	});

	describe('an answer that is too large', () => {
		it('is refused beyond 1 MiB, and not before', async () => {
			const largest = await receive(answer(200, {}, Buffer.alloc(MAX_ANSWER_BYTES, 'x')));
			expect(largest.body).toHaveLength(MEBIBYTE);
			const larger = receive(answer(200, {}, Buffer.alloc(MAX_ANSWER_BYTES + 1, 'x')));
			expect(await failure(larger)).toMatchObject({ kind: 'tooLarge' });
		});

		it('is refused as the stand-in sends it', async () => {
			expect(await failure(ask({ hugeBody: 2 }))).toMatchObject({ kind: 'tooLarge' });
		});

		it('is refused although it came small', async () => {
			const bomb = gzipSync(Buffer.alloc(32 * MEBIBYTE));
			expect(bomb.length).toBeLessThan(MAX_ANSWER_BYTES / 10);
			const response = receive(answer(200, { 'Content-Encoding': 'gzip' }, bomb));
			expect(await failure(response)).toMatchObject({ kind: 'tooLarge' });
		});
	});

	describe('the deadline', () => {
		it.each<[string, Partial<Switches>]>([
			['a server that never answers', { neverAnswer: true }],
			['a body that drips', { drip: 600_000 }],
		])('covers %s', async (_case, switches) => {
			expect(await failure(ask(switches, { timeout: 200 }))).toMatchObject({ kind: 'timeout' });
		});

		it('covers a packed body that drips', async () => {
			const server = await serve((connection) => {
				connection.write(answer(200, { 'Content-Encoding': 'gzip', 'Content-Length': '9' }));
			});
			const response = open().send({ ...get(server.origin), timeout: 200 });
			expect(await failure(response)).toMatchObject({ kind: 'timeout' });
		});

		it('covers a handshake that stalls, and ends its connection', async () => {
			const server = await serve(passDeadlines, null);
			const response = open().send(get(server.origin));
			expect(await failure(response)).toMatchObject({ kind: 'timeout' });
			await server.allClosed();
			expect(server.connections).toBe(1);
		});
	});

	describe('the Stop of the user', () => {
		it('ends a request that is under way', async () => {
			const stop = new AbortController();
			const server = await serve(() => stop.abort());
			const response = open({ cancelSignal: stop.signal }).send(get(server.origin));
			expect(await failure(response)).toMatchObject({ kind: 'cancelled' });
			await server.allClosed();
		});

		it('ends a body that is on its way', async () => {
			const stop = new AbortController();
			const server = await serve((connection) => {
				connection.write(answer(200, { 'Content-Length': '9' }, 'abc'), () => {
					setTimeout(() => stop.abort(), 50);
				});
			});
			const response = open({ cancelSignal: stop.signal }).send(get(server.origin));
			expect(await failure(response)).toMatchObject({ kind: 'cancelled' });
			await server.allClosed();
		});

		it('ends a handshake that stalls', async () => {
			const server = await serve(() => {}, null);
			const stop = AbortSignal.timeout(100);
			const response = open({ cancelSignal: stop }).send(get(server.origin));
			expect(await failure(response)).toMatchObject({ kind: 'cancelled' });
			await server.allClosed();
		});

		it('keeps a request from being sent at all', async () => {
			const server = await serve((connection) => connection.write(answer(200)));
			const response = open({ cancelSignal: AbortSignal.abort() }).send(get(server.origin));
			expect(await failure(response)).toMatchObject({ kind: 'cancelled' });
			expect(server.requests).toEqual([]);
		});
	});

	describe('an exchange that fails', () => {
		it('says that nothing listens', async () => {
			const port = await freePort();
			expect(await failure(open().send(get(`https://127.0.0.1:${port}`)))).toMatchObject({
				kind: 'refused',
				code: 'ECONNREFUSED',
				host: `127.0.0.1:${port}`,
				onKeptConnection: false,
			});
		});

		it('says that the name is not known', async () => {
			expect(await failure(open().send(get('https://nowhere.invalid:2083')))).toMatchObject({
				kind: 'unknownHost',
				host: 'nowhere.invalid:2083',
			});
		});

		it.each<[string, Responder]>([
			['reset before the answer', (connection) => connection.reset()],
			['closed before the answer', (connection) => connection.end()],
			['closed within the head', (connection) => connection.end('HTTP/1.1 200 OK\r\nContent-')],
			[
				'closed within the body',
				(connection) => connection.end(answer(200, { 'Content-Length': '9' }, 'abc')),
			],
			[
				'closed between chunks',
				(connection) =>
					connection.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
			],
			[
				'reset within the body',
				(connection) => {
					connection.write(answer(200, { 'Content-Length': '9' }, 'abc'));
					setTimeout(() => connection.reset(), 50);
				},
			],
		])('says that the connection was %s', async (_case, respond) => {
			const server = await serve(respond);
			expect(await failure(open().send(get(server.origin)))).toMatchObject({
				kind: 'reset',
				onKeptConnection: false,
			});
			expect(server.requests).toHaveLength(1);
		});

		it.each(['before-answer', 'mid-answer'] as const)(
			'says that the stand-in broke off: %s',
			async (reset) => {
				expect(await failure(ask({ reset }))).toMatchObject({ kind: 'reset' });
				expect(cpanel.journal.entries).toHaveLength(1);
			},
		);

		it('says that the certificate is self-signed, and sends nothing', async () => {
			const transport = open({ allowUnauthorizedCerts: false });
			expect(await failure(ask({}, {}, transport))).toMatchObject({
				kind: 'certificate',
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			});
			expect(cpanel.journal.entries).toEqual([]);
		});

		it('says that the port does not speak TLS', async () => {
			const server = await serve(
				(connection) => connection.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
				null,
			);
			expect(await failure(open().send(get(server.origin)))).toMatchObject({ kind: 'notTls' });
		});

		it('says that what came is no HTTP', async () => {
			const server = await serve((connection) => connection.end('SSH-2.0-OpenSSH_9.6\r\n'));
			expect(await failure(open().send(get(server.origin)))).toMatchObject({ kind: 'notHttp' });
		});
	});

	describe('what it throws', () => {
		const SECRETS = ['TOKEN-IN-HEADER', 'PASSWORD-IN-FORM', 'SESSION-IN-QUERY', 'COOKIE-IN-ANSWER'];
		const leaking: Responder = (connection) =>
			connection.end(
				answer(
					200,
					{ 'Set-Cookie': 'x=COOKIE-IN-ANSWER', 'Content-Length': '999' },
					'PASSWORD-IN-FORM',
				),
			);

		it.each<[string, string, Responder]>([
			['reset', 'reset', (connection) => connection.reset()],
			['reset', 'an answer that breaks off', leaking],
			['timeout', 'a server that never answers', () => {}],
			[
				'tooLarge',
				'an endless answer',
				(connection) => connection.end(answer(401, {}, 'PASSWORD-IN-FORM'.repeat(100_000))),
			],
			['notHttp', 'garbage', (connection) => connection.end('PASSWORD-IN-FORM\r\n\r\n')],
		])('holds no secret: %s, upon %s', async (kind, _case, respond) => {
			const server = await serve(respond);
			const error = await failure(
				open().send({
					method: 'POST',
					url: `${server.origin}/cpsess1/login?session=SESSION-IN-QUERY`,
					headers: { authorization: 'TOKEN-IN-HEADER' },
					form: new URLSearchParams({ password: 'PASSWORD-IN-FORM' }),
					timeout: kind === 'timeout' ? 300 : 10_000,
				}),
			);
			expect(error.kind).toBe(kind);
			const shown = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
			for (const secret of SECRETS) expect(shown).not.toContain(secret);
			expect(error.cause).toBeUndefined();
		});
	});

	describe('the proxy that the environment names', () => {
		const outside = { ...process.env };
		let proxy: ConnectProxy;

		beforeEach(async () => {
			proxy = await startConnectProxy({ host: cpanel.address, port: cpanel.cpanelPort });
			process.env.HTTPS_PROXY = proxy.url;
		});
		afterEach(async () => {
			process.env = { ...outside };
			await proxy.stop();
		});

		it('is used, resolves the name of the server, and does not stand in for its certificate', async () => {
			const transport = open({ allowUnauthorizedCerts: false });
			expect(await failure(transport.send(get('https://cpanel.test:2083')))).toMatchObject({
				kind: 'certificate',
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			});
			expect(proxy.targets).toEqual(['cpanel.test:2083']);
			expect(cpanel.journal.entries).toEqual([]);
		});

		it('is held to the deadline, too', async () => {
			const silent = await serve(() => {}, null);
			process.env.HTTPS_PROXY = `http://127.0.0.1:${silent.port}`;
			expect(await failure(ask({}, { timeout: 1_000 }))).toMatchObject({ kind: 'timeout' });
			expect(silent.requests).toHaveLength(1);
		});

		it.each([400, 403, 404, 407, 429, 500, 502, 503, 511])(
			'is told from the server when it opens no way: %i',
			async (status) => {
				const refusing = await startConnectProxy({ refuses: status });
				process.env.HTTPS_PROXY = refusing.url;
				try {
					expect(await failure(ask({}))).toMatchObject({ kind: 'proxy', code: String(status) });
				} finally {
					await refusing.stop();
				}
				expect(cpanel.journal.connections).toBe(0);
			},
		);

		it.each([400, 403, 404, 429, 500, 502, 503])(
			'lets the server say no by itself: %i',
			async (status) => {
				const server = await serve((connection) => connection.write(answer(status, {}, 'no')));
				const through = await startConnectProxy({ host: '127.0.0.1', port: server.port });
				process.env.HTTPS_PROXY = through.url;
				try {
					const outcome = await open()
						.send(get('https://cpanel.test:2083'))
						.catch(({ kind }: HttpTransportError) => kind);
					// n8n 2.8 looks at certificates behind a proxy whatever it is told
					const expected = name.endsWith('2.8') ? 'certificate' : { status, body: 'no' };
					expect([outcome]).toMatchObject([expected]);
				} finally {
					await through.stop();
				}
			},
		);

		it('is passed by where NO_PROXY says so', async () => {
			process.env.NO_PROXY = cpanel.address;
			expect((await ask({})).status).toBe(200);
			expect(proxy.targets).toEqual([]);
		});
	});

	describe('closing', () => {
		it('leaves no connection open', async () => {
			const server = await serve((connection) => connection.write(answer(200, {}, 'abc')));
			const transport = open();
			await Promise.all([1, 2, 3].map(async () => await transport.send(get(server.origin))));
			await transport.close();
			await server.allClosed();
			expect(server.requests).toHaveLength(3);
		});

		it('may happen twice, and without a request', async () => {
			const transport = open();
			await transport.close();
			await transport.close();
			const used = open();
			await ask({}, {}, used);
			await used.close();
			await expect(used.close()).resolves.toBeUndefined();
		});
	});
});
