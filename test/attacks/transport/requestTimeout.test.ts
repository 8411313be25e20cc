import { exchange } from '../../../nodes/shared/cpanel/api/send';
import type { HttpTransport } from '../../../nodes/shared/http/HttpTransport';
import { createCertificate } from '../../cpsrvd/certificate';
import type { Certificate } from '../../cpsrvd/certificate';
import { ADAPTERS } from '../../contract/adapters';
import { answer, startRawServer } from '../../contract/rawServer';
import type { RawServer, Responder } from '../../contract/rawServer';
import { TIMEOUT } from '../../contract/support';

const GOODBYE = answer(408, { Connection: 'close' }).toString();

let certificate: Certificate;
const servers: RawServer[] = [];

beforeAll(async () => {
	certificate = await createCertificate(['127.0.0.1'], []);
});
afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
});

async function serve(respond: Responder, greeting?: string[]): Promise<RawServer> {
	const server = await startRawServer(respond, certificate, greeting);
	servers.push(server);
	return server;
}

async function ask(
	transport: HttpTransport,
	server: RawServer,
	repeatable: boolean,
): Promise<number> {
	const channel = { transport, timeout: TIMEOUT, certificateSwitch: '' };
	const request = { method: 'GET', url: server.origin, repeatable } as const;
	return (await exchange(channel, request)).status;
}

describe.each(ADAPTERS)('a server that waited for long enough, with %s', (_name, open) => {
	let transport: HttpTransport;
	beforeEach(() => {
		transport = open({ allowUnauthorizedCerts: true });
	});
	afterEach(async () => await transport.close());

	it('is asked again where it says so before it is asked at all', async () => {
		const server = await serve((connection) => connection.write(answer(200)), [GOODBYE]);
		expect(await ask(transport, server, true)).toBe(200);
		expect(await ask(transport, server, true)).toBe(200);
	});

	it('loses no item where it says so in place of every second answer', async () => {
		const server = await serve((connection, nth) => {
			if (nth % 2 === 1) connection.end(GOODBYE);
			else connection.write(answer(200));
		});
		for (let nth = 0; nth < 10; nth++) expect(await ask(transport, server, true)).toBe(200);
	});

	it('is not asked again for what must not be sent twice', async () => {
		const server = await serve((connection) => connection.end(GOODBYE));
		expect(await ask(transport, server, false)).toBe(408);
		expect(server.requests).toHaveLength(1);
	});

	it('is asked once more and not for ever', async () => {
		const server = await serve((connection) => connection.end(GOODBYE));
		expect(await ask(transport, server, true)).toBe(408);
		expect(server.requests).toHaveLength(2);
	});
});
