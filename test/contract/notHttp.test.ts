import { bytesOf, NOT_HTTP, OLD_TLS, startCpsrvd, type Cpsrvd } from '../cpsrvd';
import { createCertificate } from '../cpsrvd/certificate';
import { ADAPTERS } from './adapters';
import { startRawServer } from './rawServer';
import { failure, get } from './support';

const GREETINGS = ['imap', 'pop3', 'smtp', 'ssh', 'ftp'] as const;

describe.each(ADAPTERS)('what is not HTTP, over %s', (_name, openAdapter) => {
	let cpsrvd: Cpsrvd;

	beforeAll(async () => {
		cpsrvd = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0 });
	});
	afterEach(() => cpsrvd.reset());
	afterAll(async () => await cpsrvd.stop());

	/** What an exchange fails with, whose answer never comes to be one. */
	async function failureAt(origin: string): Promise<string> {
		const transport = openAdapter({ allowUnauthorizedCerts: true });
		try {
			return (await failure(transport.send(get(`${origin}/execute/Session/x`)))).kind;
		} finally {
			await transport.close();
		}
	}

	it.each(NOT_HTTP)('is an error, and no wait: %s', async (kind) => {
		cpsrvd.switches.notHttp = kind;
		expect(await failureAt(cpsrvd.cpanelOrigin)).not.toBe('timeout');
		expect(cpsrvd.journal.entries).toHaveLength(1);
	});

	it.each(GREETINGS)('is an error, and no wait: a greeting (%s) inside TLS', async (kind) => {
		const certificate = await createCertificate(['127.0.0.1'], []);
		const server = await startRawServer(() => {}, certificate, bytesOf(kind));
		try {
			expect(await failureAt(server.origin)).not.toBe('timeout');
		} finally {
			await server.stop();
		}
	});

	it.each(GREETINGS)('is told from TLS: a greeting (%s) in the open', async (kind) => {
		const server = await startRawServer(() => {}, undefined, bytesOf(kind));
		try {
			expect(await failureAt(server.origin)).toBe('notTls');
		} finally {
			await server.stop();
		}
	});

	it('is an error: a server that speaks TLS 1.1 and nothing newer', async () => {
		const old = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0, tls: OLD_TLS });
		try {
			expect(await failureAt(old.cpanelOrigin)).not.toBe('timeout');
			expect(old.journal.entries).toEqual([]);
			expect(old.journal.connections).toBe(0);
		} finally {
			await old.stop();
		}
	});
});
