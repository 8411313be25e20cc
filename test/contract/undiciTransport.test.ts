import { lookup } from 'node:dns';
import { getEventListeners } from 'node:events';
import type { LookupFunction } from 'node:net';

import * as undici from 'undici';

import type {
	HttpRequest,
	HttpTransport,
	HttpTransportError,
} from '../../nodes/shared/http/HttpTransport';
import type { EgressFilter } from '../../nodes/shared/http/kept';
import { openKeptConnection } from '../../nodes/shared/http/kept/keptConnection';
import { ResponseMatcher } from '../../nodes/shared/http/kept/responseMatching';
import { SEED, startCpsrvd } from '../cpsrvd';
import type { Cpsrvd, Switches } from '../cpsrvd';
import { createCertificate } from '../cpsrvd/certificate';
import { egressFilter, openUndici } from './adapters';
import { startConnectProxy } from './connectProxy';
import { useDeadlines } from './deadlines';
import { answer, startRawServer } from './rawServer';
import type { RawServer, Responder } from './rawServer';
import { failure, get } from './support';

let cpanel: Cpsrvd;
const transports: HttpTransport[] = [];
const servers: RawServer[] = [];

beforeAll(async () => {
	cpanel = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
});
afterEach(async () => {
	await Promise.all(transports.splice(0).map(async (transport) => await transport.close()));
	await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
	cpanel.reset();
});
afterAll(async () => await cpanel.stop());

const passDeadlines = useDeadlines();

function open(filter?: EgressFilter): HttpTransport {
	const transport = openUndici({ allowUnauthorizedCerts: true }, filter);
	transports.push(transport);
	return transport;
}

async function serve(respond: Responder): Promise<RawServer> {
	const server = await startRawServer(respond, await createCertificate(['127.0.0.1'], []));
	servers.push(server);
	return server;
}

function session(): HttpRequest {
	return {
		...get(`${cpanel.cpanelOrigin}/execute/Session/create_webmail_session_for_self`),
		headers: { authorization: `cpanel alice:${SEED.alice.apiToken}` },
	};
}

async function sendAtOnce(transport: HttpTransport, requests: number): Promise<number[]> {
	const answers = Array.from({ length: requests }, async () => await transport.send(session()));
	return (await Promise.all(answers)).map(({ status }) => status);
}

describe('the connections of the undici adapter', () => {
	it('are one for requests that follow each other', async () => {
		const transport = open();
		for (let nth = 0; nth < 10; nth++) expect(await sendAtOnce(transport, 1)).toEqual([200]);
		expect(cpanel.journal.entries).toHaveLength(10);
		expect(cpanel.journal.connections).toBe(1);
	});

	it('are as many as there were requests at once, and are kept', async () => {
		const transport = open();
		for (let round = 0; round < 4; round++) {
			expect(await sendAtOnce(transport, 5)).toEqual([200, 200, 200, 200, 200]);
		}
		expect(cpanel.journal.entries).toHaveLength(20);
		expect(cpanel.journal.connections).toBe(5);
	});

	it('are up to a hundred, each opened by a request that finds no other', async () => {
		const { signal } = new AbortController();
		let listeners = 0;
		const filter = egressFilter({
			validateUrl: async () => {
				listeners = Math.max(listeners, getEventListeners(signal, 'abort').length);
				return { ok: true, result: undefined };
			},
		});
		const transport = openUndici({ allowUnauthorizedCerts: true, cancelSignal: signal }, filter);
		transports.push(transport);
		for (const [atOnce, connections] of [
			[1, 1],
			[5, 5],
			[3, 5],
			[100, 100],
			[40, 100],
		] as const) {
			cpanel.hold.place({ until: atOnce });
			const statuses = await sendAtOnce(transport, atOnce);
			expect(statuses).toEqual(Array.from({ length: atOnce }, () => 200));
			expect(cpanel.journal.connections).toBe(connections);
		}
		// Node.js warns of more than ten
		expect(listeners).toBeLessThanOrEqual(2);
	});

	it('are kept when the server refuses', async () => {
		const transport = open();
		await transport.send({ ...session(), headers: { authorization: 'cpanel alice:WRONG' } });
		await transport.send(session());
		expect(cpanel.journal.connections).toBe(1);
	});

	it('are kept through a proxy', async () => {
		const proxy = await startConnectProxy({ host: cpanel.address, port: cpanel.cpanelPort });
		const outside = { ...process.env };
		process.env.HTTPS_PROXY = proxy.url;
		try {
			const transport = open();
			for (let nth = 0; nth < 3; nth++) expect(await sendAtOnce(transport, 1)).toEqual([200]);
			expect(proxy.targets).toHaveLength(1);
		} finally {
			process.env = outside;
			await proxy.stop();
		}
	});

	it('verify a proxy that speaks TLS, also where the certificate of the server is not looked at', async () => {
		const proxy = await startConnectProxy(
			{ host: cpanel.address, port: cpanel.cpanelPort },
			await createCertificate(['127.0.0.1'], []),
		);
		const outside = { ...process.env };
		process.env.HTTPS_PROXY = proxy.url;
		try {
			expect(await failure(open().send(session()))).toMatchObject({ kind: 'certificate' });
			expect(proxy.targets).toEqual([]);
			expect(cpanel.journal.connections).toBe(0);
		} finally {
			process.env = outside;
			await proxy.stop();
		}
	});

	it('are not opened after the Stop, however late it comes', async () => {
		const stop = new AbortController();
		const filter = egressFilter({
			validateUrl: async () => {
				stop.abort();
				return { ok: true, result: undefined };
			},
		});
		const transport = openUndici(
			{ allowUnauthorizedCerts: true, cancelSignal: stop.signal },
			filter,
		);
		transports.push(transport);
		expect(await failure(transport.send(session()))).toMatchObject({ kind: 'cancelled' });
		expect(cpanel.journal.connections).toBe(0);
	});

	it('are not opened after the Stop, if it comes while a kept one gives way to a new one', async () => {
		const stop = new AbortController();
		class Agent extends undici.EnvHttpProxyAgent {
			override destroy(...others: []): Promise<void> {
				stop.abort();
				return super.destroy(...others);
			}
		}
		const transport = openUndici(
			{ allowUnauthorizedCerts: true, cancelSignal: stop.signal },
			egressFilter(),
			{ ...undici, EnvHttpProxyAgent: Agent },
		);
		transports.push(transport);
		expect(await transport.send(session())).toMatchObject({ status: 200 });
		const second = transport.send({ ...session(), newConnection: 'always' });
		expect(await failure(second)).toMatchObject({ kind: 'cancelled' });
		expect(cpanel.journal.connections).toBe(1);
		expect(cpanel.journal.entries).toHaveLength(1);
	});

	it('are not opened once given up: Node.js 20 would crash', async () => {
		const options = { allowUnauthorizedCerts: true, egressFilter: egressFilter() };
		const { abandon, dispatcher } = openKeptConnection(undici, options, new ResponseMatcher());
		abandon.abort();
		await expect(undici.request(cpanel.cpanelOrigin, { dispatcher })).rejects.toThrow('given up');
		await dispatcher.destroy();
		expect(cpanel.journal.connections).toBe(0);
	});

	it('are not opened when the policy took all the time there was', async () => {
		const transport = open(
			egressFilter({
				validateUrl: async () => {
					passDeadlines();
					return { ok: true, result: undefined };
				},
			}),
		);
		expect(await failure(transport.send(session()))).toMatchObject({ kind: 'timeout' });
		expect(cpanel.journal.connections).toBe(0);
	});

	it('are not shared between transports', async () => {
		await Promise.all([sendAtOnce(open(), 1), sendAtOnce(open(), 1)]);
		expect(cpanel.journal.connections).toBe(2);
	});

	it('are replaced without a word when the server takes leave', async () => {
		cpanel.switches.connectionClose = 1;
		const transport = open();
		for (let nth = 0; nth < 3; nth++) expect(await sendAtOnce(transport, 1)).toEqual([200]);
		expect(cpanel.journal.connections).toBe(3);
	});

	it.each<[string, Partial<Switches>, number]>([
		['says so with every third answer', { connectionClose: 3 }, 5],
		['says how many answers are left', { keepAliveMax: 3 }, 4],
		['says nothing', { keepAliveMax: 3, keepAliveSilent: true }, 7],
	])('are kept again after the server closed one and %s', async (_case, switches, most) => {
		Object.assign(cpanel.switches, switches);
		const transport = open();
		for (let nth = 0; nth < 12; nth++) {
			const { status } = await transport
				.send(session())
				.catch(async (error: HttpTransportError) => {
					expect(error).toMatchObject({ kind: 'reset', onKeptConnection: true });
					return await transport.send({ ...session(), newConnection: 'always' });
				});
			expect(status).toBe(200);
		}
		expect(cpanel.journal.entries).toHaveLength(12);
		expect(cpanel.journal.connections).toBeLessThanOrEqual(most);
	});

	it('are replaced without a word when the server closes one that is idle', async () => {
		const server = await serve((connection) => connection.end(answer(200)));
		const transport = open();
		await transport.send(get(server.origin));
		await server.allClosed();
		expect(await transport.send(get(server.origin))).toMatchObject({ status: 200 });
		expect(server.connections).toBe(2);
	});

	it('end with the deadline, also where a proxy never opens its tunnel', async () => {
		const silent = await startRawServer(passDeadlines);
		servers.push(silent);
		const outside = { ...process.env };
		process.env.HTTPS_PROXY = `http://127.0.0.1:${silent.port}`;
		try {
			const sent = open().send(session());
			expect(await failure(sent)).toMatchObject({ kind: 'timeout' });
			await silent.allClosed();
			expect(silent.connections).toBe(1);
		} finally {
			process.env = outside;
		}
	});

	it('leave nothing on n8n’s signal, which outlives them', async () => {
		const { signal } = new AbortController();
		const transport = openUndici({ allowUnauthorizedCerts: true, cancelSignal: signal });
		await sendAtOnce(transport, 5);
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		await transport.close();
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	it('all end with n8n’s signal', async () => {
		const stop = new AbortController();
		const server = await serve((_connection, nth) => {
			if (nth === 2) stop.abort();
		});
		const transport = openUndici({ allowUnauthorizedCerts: true, cancelSignal: stop.signal });
		transports.push(transport);
		const requests = [1, 2, 3].map(async () => await failure(transport.send(get(server.origin))));
		for (const error of await Promise.all(requests)) expect(error.kind).toBe('cancelled');
		await server.allClosed();
	});
});

describe('a connection of the undici adapter that dies', () => {
	it('is told from a new one when it was kept, and is replaced', async () => {
		const transport = open();
		await transport.send(session());
		cpanel.switches.resetKeptConnection = 1;
		expect(await failure(transport.send(session()))).toMatchObject({
			kind: 'reset',
			onKeptConnection: true,
		});
		expect(await transport.send(session())).toMatchObject({ status: 200 });
		expect(cpanel.journal.connections).toBe(2);
	});

	it('is not said to have been kept when it was new', async () => {
		const server = await serve((connection) => connection.reset());
		expect(await failure(open().send(get(server.origin)))).toMatchObject({
			kind: 'reset',
			onKeptConnection: false,
		});
	});

	it('is not said to have been kept when it was new for a second server', async () => {
		const server = await serve((connection) => connection.reset());
		const transport = open();
		await transport.send(session());
		expect(await failure(transport.send(get(server.origin)))).toMatchObject({
			kind: 'reset',
			onKeptConnection: false,
		});
	});

	it('is not said to have been kept when the answer had begun: it may hold the session', async () => {
		const server = await serve((connection, nth) => {
			if (nth === 0) connection.write(answer(200));
			else connection.end(answer(200, { 'Content-Length': '9' }, 'abc'));
		});
		const transport = open();
		await transport.send(get(server.origin));
		expect(await failure(transport.send(get(server.origin)))).toMatchObject({
			kind: 'reset',
			onKeptConnection: false,
		});
	});

	it('was not dead when the server was merely too slow', async () => {
		const server = await serve((connection, nth) => {
			if (nth === 0) connection.write(answer(200));
		});
		const transport = open();
		await transport.send(get(server.origin));
		const slow = transport.send({ ...get(server.origin), timeout: 150 });
		expect(await failure(slow)).toMatchObject({ kind: 'timeout', onKeptConnection: false });
		await server.allClosed();
	});
});

describe('a request that wants a new connection', () => {
	it('gets it in the place of a kept one, so that there are no more than requests at once', async () => {
		const server = await serve((connection) => connection.write(answer(200)));
		const transport = open();
		for (let nth = 0; nth < 4; nth++) {
			await transport.send({ ...get(server.origin), newConnection: 'always' });
		}
		expect(server.connections).toBe(4);
		await transport.send(get(server.origin));
		expect(server.connections).toBe(4);
		await transport.close();
		await server.allClosed();
	});

	it('once one was lost gets it from then on, of that server only', async () => {
		const careful = (origin: string): HttpRequest => ({
			...get(origin),
			newConnection: 'afterLoss',
		});
		const good = await serve((connection) => connection.write(answer(200)));
		const bad = await serve((connection, nth) => {
			if (nth === 1) connection.reset();
			else connection.write(answer(200));
		});
		const transport = open();
		await transport.send(careful(bad.origin));
		expect(await failure(transport.send(careful(bad.origin)))).toMatchObject({
			kind: 'reset',
			onKeptConnection: true,
		});
		for (let nth = 0; nth < 3; nth++) await transport.send(careful(bad.origin));
		expect(bad.connections).toBe(4);
		for (let nth = 0; nth < 3; nth++) await transport.send(careful(good.origin));
		expect(good.connections).toBe(1);
	});
});

describe('the egress policy of the instance', () => {
	const forbidden = { ok: false, error: new Error('by policy') } as const;

	it.each<[string, Partial<EgressFilter>]>([
		['its verdict on the URL', { validateUrl: async () => forbidden }],
		['its verdict on the host', { validateConnectionHost: () => forbidden }],
	])('keeps a request from being sent by %s', async (_case, changes) => {
		const sent = open(egressFilter(changes)).send(session());
		expect(await failure(sent)).toMatchObject({
			kind: 'blocked',
			host: `${cpanel.address}:${cpanel.cpanelPort}`,
		});
		expect(cpanel.journal.connections).toBe(0);
	});

	it('keeps a name from being connected to by its lookup', async () => {
		const refusal = Object.assign(new Error('by policy'), { name: 'SsrfBlockedIpError' });
		const refuse: LookupFunction = (_name, _options, done) => done(refusal, '');
		const transport = open(egressFilter({ createSecureLookup: () => refuse }));
		const sent = transport.send(get(`https://localhost:${cpanel.cpanelPort}`));
		expect(await failure(sent)).toMatchObject({ kind: 'blocked' });
		expect(cpanel.journal.connections).toBe(0);
	});

	it('has its lookup resolve every name', async () => {
		const names: string[] = [];
		const resolve: LookupFunction = (name, options, done) => {
			names.push(name);
			lookup(cpanel.address, options, done);
		};
		const transport = open(egressFilter({ createSecureLookup: () => resolve }));
		const url = `https://cpanel.test:${cpanel.cpanelPort}/`;
		expect(await transport.send(get(url))).toMatchObject({ status: 401 });
		expect(names).toEqual(['cpanel.test']);
	});

	it('is asked about each request, also where a connection was kept', async () => {
		const allowed = { ok: true, result: undefined } as const;
		const validateUrl = jest.fn(async () => allowed);
		const validateConnectionHost = jest.fn(() => allowed);
		const transport = open(egressFilter({ validateUrl, validateConnectionHost }));
		await transport.send(session());
		await transport.send(session());
		expect(cpanel.journal.connections).toBe(1);
		expect(validateUrl.mock.calls).toEqual([[new URL(session().url)], [new URL(session().url)]]);
		expect(validateConnectionHost.mock.calls).toEqual([[cpanel.address], [cpanel.address]]);
	});

	it('is asked about an IPv6 address without its brackets', async () => {
		const validateConnectionHost = jest.fn(() => forbidden);
		const transport = open(egressFilter({ validateConnectionHost }));
		const sent = transport.send(get('https://[::ffff:7f00:1]:2083'));
		expect(await failure(sent)).toMatchObject({ kind: 'blocked' });
		expect(validateConnectionHost).toHaveBeenCalledWith('::ffff:7f00:1');
	});

	it.each(['timeout', 'cancelled'] as const)(
		'is not waited for longer than the request may last: %s',
		async (kind) => {
			const stop = new AbortController();
			let asked = (): void => {};
			const isAsked = new Promise<void>((resolve) => (asked = resolve));
			const validateUrl = async (): Promise<never> => {
				asked();
				return await new Promise<never>(() => {});
			};
			const transport = openUndici(
				{ allowUnauthorizedCerts: true, cancelSignal: stop.signal },
				egressFilter({ validateUrl }),
			);
			transports.push(transport);
			const sent = failure(transport.send(session()));
			await isAsked;
			if (kind === 'timeout') passDeadlines();
			else stop.abort();
			expect(await sent).toMatchObject({ kind });
			expect(getEventListeners(stop.signal, 'abort').length).toBeLessThanOrEqual(1);
			expect(cpanel.journal.connections).toBe(0);
		},
	);

	it.each(['timeout', 'cancelled'] as const)(
		'has a look-up that is not waited for longer than that, either: %s',
		async (kind) => {
			const stop = new AbortController();
			let asked = (): void => {};
			const isAsked = new Promise<void>((resolve) => (asked = resolve));
			const transport = openUndici(
				{ allowUnauthorizedCerts: true, cancelSignal: stop.signal },
				egressFilter({ createSecureLookup: () => () => asked() }),
			);
			transports.push(transport);
			const sent = failure(transport.send(get('https://cpanel.test:2083/')));
			await isAsked;
			if (kind === 'timeout') passDeadlines();
			else stop.abort();
			expect(await sent).toMatchObject({ kind });
		},
	);

	it('may itself find that a name is not known', async () => {
		const notFound = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
		const transport = open(
			egressFilter({ validateUrl: async () => await Promise.reject(notFound) }),
		);
		expect(await failure(transport.send(session()))).toMatchObject({ kind: 'unknownHost' });
		expect(cpanel.journal.connections).toBe(0);
	});
});
