import { connect } from 'node:tls';

import {
	deepData,
	HOSTILE_TEXTS,
	manyErrors,
	OLD_TLS,
	SEED,
	startCpsrvd,
	withHostileEntry,
	withMailboxes,
	type Cpsrvd,
} from '../cpsrvd';
import { Client, TOKEN, WHM_TOKEN } from './cpsrvdClient';

const MEBIBYTE = 1024 * 1024;

describe('the stand-in as a hostile server', () => {
	let server: Cpsrvd;
	let client: Client;

	beforeAll(async () => {
		server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0 });
		client = new Client(server);
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		await client.close();
		await server.stop();
	});

	async function whm(name: string, args = ''): Promise<unknown> {
		const path = `/json-api/${name}?api.version=1&${args}`;
		return JSON.parse((await client.send('whm', path, { headers: WHM_TOKEN })).text);
	}

	it.each(Object.entries(HOSTILE_TEXTS))('puts %s into every list', async (_name, text) => {
		server.switches.alterData = withHostileEntry(text, 'anna@example.com');
		const last = async (path: string): Promise<unknown> =>
			(await client.uapi<unknown[]>(path)).data.at(-1);
		expect(await last('Email/list_pops_with_disk')).toMatchObject({
			email: 'anna@example.com',
			user: text,
		});
		expect(await last('Email/list_pops')).toMatchObject({ login: text });
		expect(await last('Locale/list_locales')).toMatchObject({ locale: text });
		expect(await client.uapi('DomainInfo/list_domains')).toMatchObject({
			data: { main_domain: 'example.com', addon_domains: [text] },
		});
		expect(await client.uapi('Variables/get_user_information?name=user')).toMatchObject({
			data: { user: 'alice' },
		});
		expect(await whm('listaccts')).toMatchObject({
			data: { acct: [{ user: 'alice' }, { user: text }] },
		});
		expect(await whm('getdomainowner', 'domain=example.com')).toMatchObject({
			data: { user: text },
		});
	});

	it('gives a great many reasons, and answers that are very deep', async () => {
		server.switches.jsonText = manyErrors(260_000);
		const { status, errors } = await client.uapi('Email/list_pops');
		expect([status, errors?.length]).toEqual([0, 260_000]);
		for (const isWhm of [false, true]) {
			server.switches.jsonText = deepData(100_000, isWhm);
			const { text } = await client.send('cpanel', '/execute/Email/list_pops', { headers: TOKEN });
			expect(text).toContain(`"data":${'['.repeat(100_000)}]`);
		}
		server.switches.jsonText = deepData(2);
		expect((await client.uapi('Email/list_pops')).data).toEqual([[]]);
	});

	it('sends more than a mebibyte of mailboxes where it does not page', async () => {
		server.addAccount(withMailboxes(SEED.alice, 13_300));
		const path = '/execute/Email/list_pops_with_disk?no_disk=1&api.paginate=1&api.paginate_size=50';
		const paged = await client.send('cpanel', path, { headers: TOKEN });
		expect(paged.text.length).toBeLessThan(MEBIBYTE / 10);
		server.switches.ignorePaging = true;
		const whole = await client.send('cpanel', path, { headers: TOKEN });
		expect(whole.text.length).toBeGreaterThan(MEBIBYTE);
		expect(whole.text).toContain('box13299@example.com');
	});

	it('speaks an old version of TLS alone', async () => {
		const old = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0, tls: OLD_TLS });
		const versionFor = async (options: object): Promise<string | null> =>
			await new Promise((resolve, reject) => {
				const socket = connect(
					{ host: old.address, port: old.cpanelPort, rejectUnauthorized: false, ...options },
					() => {
						resolve(socket.getProtocol());
						socket.destroy();
					},
				);
				socket.once('error', reject);
			});
		try {
			await expect(versionFor({})).rejects.toThrow();
			expect(await versionFor({ ...OLD_TLS })).toBe('TLSv1.1');
		} finally {
			await old.stop();
		}
	});
});
