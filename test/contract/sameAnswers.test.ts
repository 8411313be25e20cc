import type { HttpTransport } from '../../nodes/shared/http/HttpTransport';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import { createCertificate } from '../cpsrvd/certificate';
import type { Certificate } from '../cpsrvd/certificate';
import { ADAPTERS } from './adapters';
import { BEHAVIOURS } from './behaviours';
import { startRawServer } from './rawServer';
import type { Responder } from './rawServer';
import { get } from './support';

let certificate: Certificate;

beforeAll(async () => {
	certificate = await createCertificate(['127.0.0.1'], []);
});

/** What a node learns of an exchange: the answer, or the kind of its failure. */
async function outcome(transport: HttpTransport, respond: Responder): Promise<unknown> {
	const server = await startRawServer(respond, certificate);
	try {
		const { pendingMatch, ...answer } = await transport.send(get(server.origin));
		expect(pendingMatch?.mismatch).toBeUndefined();
		return answer;
	} catch (error) {
		if (error instanceof HttpTransportError) return error.kind;
		throw error;
	} finally {
		await transport.close();
		await server.stop();
	}
}

describe('whatever a server sends', () => {
	it.each(Object.entries(BEHAVIOURS))(
		'means the same to each adapter: %s',
		async (_name, respond) => {
			const outcomes = await Promise.all(
				ADAPTERS.map(
					async ([, open]) => await outcome(open({ allowUnauthorizedCerts: true }), respond),
				),
			);
			for (const other of outcomes) expect(other).toEqual(outcomes[0]);
			expect(outcomes[0]).not.toBe('unknown');
		},
	);
});

describe('a compression nobody asked for', () => {
	it.each([
		'gzip',
		'x-gzip',
		'X-GZIP',
		'deflate',
		'raw deflate',
		'gzip that is deflate',
		'br',
		'BR',
		'compress',
		'x-compress',
		'gzip without its checksum',
		'gzip in chunks',
		'100 Continue before the answer',
		'100 Continue with headers',
		'100 Continue twice',
	])('and whatever else does not change an answer leaves it as it is: %s', async (name) => {
		for (const [, open] of ADAPTERS) {
			const respond = BEHAVIOURS[name] as Responder;
			expect(await outcome(open({ allowUnauthorizedCerts: true }), respond)).toMatchObject({
				status: 200,
				body: '{"status":1,"data":{"ä":"😀"}}',
			});
		}
	});
});
