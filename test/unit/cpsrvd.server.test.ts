import { once } from 'node:events';
import { connect } from 'node:tls';
import { Agent, request } from 'undici';
import { SEED, startCpsrvd, type Cpsrvd } from '../cpsrvd';
import { Client, TOKEN } from './cpsrvdClient';

describe('the server of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;

	beforeEach(async () => {
		server = await startCpsrvd();
		client = new Client(server);
	});
	afterEach(async () => {
		await client.close();
		await server.stop();
	});

	it('shows a certificate to be trusted by itself, for the address and every name', async () => {
		const named = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, hostnames: ['cp.test'] });
		for (const servername of ['cp.test', 'localhost', '']) {
			const socket = connect({
				host: named.address,
				port: named.webmailPort,
				ca: named.certificate,
				...(servername ? { servername } : {}),
			});
			await once(socket, 'secureConnect');
			expect(socket.authorized).toBe(true);
			socket.destroy();
		}
		await named.stop();
	});

	it('writes down what it receives, and on which connection', async () => {
		const form = { domain: 'example.com', login: 'jürgen', locale: 'de' };
		const path = '/execute/Session/create_webmail_session_for_mail_user';
		const thrifty = new Client(server, 1);
		await thrifty.send('cpanel', `${path}?x=1%202`, { form, headers: TOKEN });
		await thrifty.send('cpanel', `${path}?x=2`);
		await thrifty.close();
		const [first, second] = server.journal.entries;
		expect(first).toMatchObject({
			port: 'cpanel',
			method: 'POST',
			path,
			query: { x: '1 2' },
			url: `${path}?x=1%202`,
			form,
			rawBody: 'domain=example.com&login=j%C3%BCrgen&locale=de',
			status: 200,
		});
		expect(first?.headers.authorization).toBe(TOKEN.authorization);
		expect(second).toMatchObject({ method: 'GET', status: 401, form: {} });
		expect(second?.connection).toBe(first?.connection);
		expect(server.journal.connections).toBe(1);
	});

	it('counts the requests that are under way together', async () => {
		server.hold.place({ until: 3 });
		const listing = '/execute/Email/list_pops';
		const ask = async () => await client.send('cpanel', listing, { headers: TOKEN });
		await Promise.all([ask(), ask(), ask()]);
		expect(server.journal.maxConcurrent).toBe(3);
		expect(server.journal.connections).toBe(3);
		server.journal.clear();
		await ask();
		expect(server.journal.maxConcurrent).toBe(1);
		// a client may have one more in reserve
		expect(server.journal.connections).toBeLessThanOrEqual(1);
		expect(server.journal.entries).toHaveLength(1);
	});

	it('is as good as new after a reset', async () => {
		const { switches } = server;
		const defaults = { ...switches };
		const session = await client.newSession();
		switches.hostname = 'node.example';
		switches.notUapi = [];
		switches.when = () => true;
		server.clock.advance(1e9);
		server.addAccount({ user: 'zoe', password: 'z', mainDomain: 'example.info' });
		const anna = server.state.accounts.get('alice')?.mailboxes['anna@example.com'];
		if (anna) anna.password = 'changed';
		for (let count = 0; count < 5; count += 1) {
			const headers = { authorization: 'cpanel alice:WRONG' };
			switches.when = () => false;
			await client.send('cpanel', '/execute/Email/list_pops', { headers });
		}
		expect(server.locked('alice')).toBe(true);

		server.reset();
		expect(server.switches).toBe(switches);
		expect(switches).toEqual(defaults);
		expect(Object.keys(switches)).not.toContain('when');
		expect(server.journal.entries).toEqual([]);
		expect(server.locked('alice')).toBe(false);
		const now = Date.now();
		const clock = server.clock.now();
		expect(clock).toBeGreaterThanOrEqual(now);
		expect(clock).toBeLessThanOrEqual(Date.now());
		expect([...server.state.accounts.keys()]).toEqual(Object.keys(SEED));
		const seeded = SEED.alice.mailboxes['anna@example.com'].password;
		const { mailboxes } = server.state.accounts.get('alice') ?? {};
		expect(mailboxes?.['anna@example.com']?.password).toBe(seeded);
		expect((await client.logIn(session)).status).toBe(401);
	});

	it('closes every connection when it stops, answered or not', async () => {
		server.switches.neverAnswer = true;
		const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
		const idle = connect({ host: server.address, port: 2096, rejectUnauthorized: false });
		await once(idle, 'secureConnect');
		const closed = once(idle, 'close');
		const pending = request(`${server.cpanelOrigin}/login/`, { dispatcher });
		const failed = expect(pending).rejects.toThrow();
		while (server.journal.entries.length === 0) await new Promise(setImmediate);
		await server.stop();
		await Promise.all([failed, closed]);
		await expect(client.send('cpanel', '/')).rejects.toThrow(/ECONNREFUSED/);
		await dispatcher.destroy();
	});
});
