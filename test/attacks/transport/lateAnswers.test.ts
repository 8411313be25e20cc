import { openTransport } from '../../../nodes/shared/http/openTransport';
import type { HttpTransport, PendingMatch } from '../../../nodes/shared/http/HttpTransport';
import { createCertificate } from '../../cpsrvd/certificate';
import type { Certificate } from '../../cpsrvd/certificate';
import { newestHelper } from '../../contract/adapters';
import { answer, startRawServer } from '../../contract/rawServer';
import type { RawServer, Responder } from '../../contract/rawServer';
import { failure, get } from '../../contract/support';

let certificate: Certificate;
const servers: RawServer[] = [];
const transports: HttpTransport[] = [];

beforeAll(async () => {
	certificate = await createCertificate(['127.0.0.1'], []);
});
afterEach(async () => {
	await Promise.all(transports.splice(0).map(async (transport) => await transport.close()));
	await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
});

async function serve(respond: Responder): Promise<RawServer> {
	const server = await startRawServer(respond, certificate);
	servers.push(server);
	return server;
}

function open(): HttpTransport {
	const transport = openTransport(newestHelper, {
		allowUnauthorizedCerts: true,
		keepConnections: true,
	});
	transports.push(transport);
	return transport;
}

/** Answers each request with its own path, but for the requests at whose place another’s answer comes. */
function mixingUp(mixedUp: Record<number, string>): Responder {
	return (connection, nth, request) => {
		const own = /^\w+ \/(\w*)/.exec(request)?.[1] ?? '';
		connection.write(answer(200, {}, mixedUp[nth] ?? own));
	};
}

/** Asks for something by its name, and tells what is found: whether the answer names it, and which one it is. */
async function ask(
	transport: HttpTransport,
	server: RawServer,
	name: string,
	{ namesIt = true } = {},
): Promise<PendingMatch> {
	const { body, pendingMatch } = await transport.send({
		...get(`${server.origin}/${name}`),
		awaitsMatch: true,
	});
	if (pendingMatch === undefined) throw new Error('Expected an answer to be matched');
	pendingMatch.match({ unique: body, ...(namesIt && { isOwn: body === name }) });
	return pendingMatch;
}

describe('an answer that another request had before', () => {
	it('ends its connection, makes what is not proven a mismatch, and the helper goes on', async () => {
		const server = await serve(mixingUp({ 4: 'd' }));
		const transport = open();
		const silent = { namesIt: false };
		const a = await ask(transport, server, 'a', silent);
		const b = await ask(transport, server, 'b');
		const c = await ask(transport, server, 'c', silent);
		const d = await ask(transport, server, 'd', silent);
		expect([a, b, c, d].map(({ mismatch }) => mismatch)).toEqual(Array(4).fill(undefined));
		expect(server.connections).toBe(1);

		const e = await ask(transport, server, 'e', silent);
		for (const { mismatch } of [c, d, e]) expect(mismatch).toMatchObject({ kind: 'mismatched' });
		for (const { mismatch } of [a, b]) expect(mismatch).toBeUndefined();

		for (const name of ['f', 'g', 'h']) {
			expect((await ask(transport, server, name, silent)).mismatch).toBeUndefined();
		}
		expect(server.connections).toBe(4);
		expect(server.requests).toHaveLength(8);
	});

	it('is found with the helper, too', async () => {
		const server = await serve(mixingUp({ 1: 'b', 4: 'd' }));
		const transport = open();
		await ask(transport, server, 'a');
		expect((await ask(transport, server, 'x')).mismatch).toMatchObject({ kind: 'mismatched' });
		await ask(transport, server, 'c', { namesIt: false });
		const d = await ask(transport, server, 'd', { namesIt: false });
		const again = await ask(transport, server, 'e', { namesIt: false });
		expect(d.mismatch).toBeUndefined();
		expect(again.mismatch).toMatchObject({ kind: 'mismatched' });
	});

	it('leaves other servers as they are', async () => {
		const bad = await serve(mixingUp({ 1: 'x' }));
		const good = await serve(mixingUp({}));
		const transport = open();
		await ask(transport, bad, 'a');
		await ask(transport, bad, 'b');
		for (const name of ['c', 'd', 'e']) await ask(transport, good, name);
		expect(good.connections).toBe(1);
	});
});

describe('a connection', () => {
	it('is not kept behind an answer that tells nothing: its copy would pass for the next one', async () => {
		const server = await serve(mixingUp({}));
		const transport = open();
		for (const name of ['a', 'b', 'c']) {
			const { pendingMatch } = await transport.send({
				...get(`${server.origin}/${name}`),
				awaitsMatch: true,
			});
			pendingMatch?.match({});
		}
		expect(server.connections).toBe(3);
	});

	it('takes no other request before it is told whose its answer is', async () => {
		const server = await serve(mixingUp({}));
		const transport = open();
		const first = await transport.send({ ...get(`${server.origin}/a`), awaitsMatch: true });
		await ask(transport, server, 'b');
		expect(server.connections).toBe(2);
		first.pendingMatch?.match({ unique: 'a' });
		await ask(transport, server, 'c');
		await ask(transport, server, 'd');
		expect(server.connections).toBe(2);
	});

	it('is of no more use when its requests are shown to be mixed up while one is under way', async () => {
		const held: Array<() => void> = [];
		const server = await serve((connection, nth) => {
			if (nth === 2) held.push(() => connection.write(answer(200, {}, 'late')));
			else connection.write(answer(200, {}, nth === 0 ? 'a' : 'b'));
		});
		const transport = open();
		const silent = { namesIt: false };
		// the first connection serves a, b and c, of which c is still under way
		await ask(transport, server, 'a', silent);
		await ask(transport, server, 'b', silent);
		const c = failure(ask(transport, server, 'c', silent));
		while (server.requests.length < 3) await new Promise((resolve) => setImmediate(resolve));
		const d = await ask(transport, server, 'd', silent);
		expect(d.mismatch).toMatchObject({ kind: 'mismatched' });
		held.pop()?.();
		expect(await c).toMatchObject({ kind: 'mismatched' });
	});
});
