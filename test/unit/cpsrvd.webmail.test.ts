import { SEED, type Cpsrvd } from '../cpsrvd';
import type { Client } from './cpsrvdClient';
import { shownMessage, useStandIn } from './cpsrvdClient';

const MINUTE = 60 * 1000;

describe('the Webmail login of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started));

	it('leads to the mailbox, in the language that was asked for', async () => {
		const session = await client.newSession({ locale: 'de' });
		const reply = await client.logIn(session, { locale: 'fr' });
		expect(reply.status).toBe(307);
		expect(reply.headers['location']).toMatch(
			/^\/cpsess\d{10}\/webmail\/jupiter\/index\.html\?login=1&post_login=\d{14}$/,
		);
		expect(reply.headers['set-cookie']).toEqual([
			expect.stringMatching(
				/^webmailsession=anna%40example\.com%3a\w{16}%2c[0-9a-f]{32}; HttpOnly; .*secure$/,
			),
			expect.stringContaining('webmailrelogin=no'),
			expect.stringContaining('session_locale=fr'),
		]);
		const headers = { cookie: reply.cookies.join('; ') };
		const location = String(reply.headers['location']);
		for (const form of [undefined, { a: 'post that a 307 repeats' }]) {
			const landing = await client.send('webmail', location, { headers, form });
			expect(landing.status).toBe(200);
			expect(landing.headers['x-frame-options']).toBe('SAMEORIGIN');
			expect(landing.text).toContain('<html lang="fr">');
			expect(landing.text).toContain('<title>Webmail - anna@example.com</title>');
			expect(landing.text).toContain('<h1 id="mailbox">anna@example.com</h1>');
		}
		expect((await client.send('webmail', location)).status).toBe(401);
	});

	it('takes GET, a trailing slash and a page to go to', async () => {
		const { session, token } = await client.newSession({ login: "o'neil+news", locale: 'de' });
		const query = new URLSearchParams({ session, goto_uri: '/3rdparty/roundcube/index.php' });
		const reply = await client.send('webmail', `${token}/login/?${query.toString()}`);
		expect(reply.headers['location']).toBe(`${token}/3rdparty/roundcube/index.php`);
		const headers = { cookie: reply.cookies[0] ?? '' };
		const page = await client.send('webmail', String(reply.headers['location']), { headers });
		expect(page.text).toContain("o'neil+news@example.com");
		expect(page.text).toContain('<html lang="de">');
	});

	it('lets a session in once', async () => {
		const session = await client.newSession();
		expect((await client.logIn(session)).status).toBe(307);
		const again = await client.logIn(session);
		expect(again.status).toBe(401);
		expect(again.cookies).toEqual([expect.stringMatching(/^webmailsession=%3a/)]);
		expect(shownMessage(again)).toBe('Your session cookie is invalid. Please log in again.');
		expect(again.text).toContain('Your session has expired'); // The catalogue has them all.
	});

	it('forgets a session that waits for fifteen minutes', async () => {
		const session = await client.newSession();
		server.clock.advance(15 * MINUTE);
		expect(shownMessage(await client.logIn(session))).toMatch(/session has expired/);
	});

	it('wants the token that belongs to the session, and keeps the session otherwise', async () => {
		const session = await client.newSession();
		for (const token of ['', '/cpsess0000000000']) {
			const reply = await client.logIn({ ...session, token });
			expect(reply.status).toBe(401);
			expect(reply.text).toContain('Invalid Security Token');
		}
		expect((await client.logIn(session)).status).toBe(307);
	});

	it('binds a session to an address, as closely as it is told', async () => {
		const elsewhere = await client.newSession({ remote_address: '203.0.113.9' });
		expect(shownMessage(await client.logIn(elsewhere))).toMatch(/IP address has changed/);
		const nearby = await client.newSession({ remote_address: '127.0.0.77' });
		expect((await client.logIn(nearby)).status).toBe(401);
		server.switches.ipValidation = 'loose';
		expect((await client.logIn(nearby)).status).toBe(307);
		expect((await client.logIn(elsewhere)).status).toBe(401);
		server.switches.ipValidation = 'disabled';
		expect((await client.logIn(elsewhere)).status).toBe(307);
	});

	it('knows a client by its public address, where it has one', async () => {
		const elsewhere = await client.newSession({ remote_address: '203.0.113.9' });
		expect((await client.logIn(elsewhere)).status).toBe(401);
		server.switches.publicAddresses = { '127.0.0.1': '203.0.113.9' };
		const reply = await client.logIn(elsewhere);
		expect(reply.status).toBe(307);
		const headers = { cookie: reply.cookies.join('; ') };
		const location = String(reply.headers['location']);
		expect((await client.send('webmail', location, { headers })).status).toBe(200);
		server.switches.publicAddresses = {};
		const moved = await client.send('webmail', location, { headers });
		expect(shownMessage(moved)).toMatch(/IP address has changed/);
	});

	it('brings odd users through the login unharmed', async () => {
		server.switches.sessionUser = 'jü:r,g@e%41+n &';
		const session = await client.newSession({ login: 'jürgen' });
		expect(session.session).toMatch(/^jü:r,g@e%41\+n &:\w{16}:/);
		const reply = await client.logIn(session);
		const headers = { cookie: reply.cookies[0] ?? '' };
		const page = await client.send('webmail', String(reply.headers['location']), { headers });
		expect(page.text).toContain('<h1 id="mailbox">jürgen@example.com</h1>');
	});

	it('lets a mailbox log in by password, unless it is suspended', async () => {
		const logIn = async (user: string, pass: string) =>
			await client.send('webmail', '/login/', { form: { user, pass } });
		const { mailboxes } = SEED.alice;
		const anna = mailboxes['anna@example.com'].password;
		expect((await logIn('anna@example.com', anna)).status).toBe(307);
		const dora = mailboxes['dora@example.com'].password;
		expect(shownMessage(await logIn('dora@example.com', dora))).toBe('The login is invalid.');
	});

	it('redirects and marks its cookie as told', async () => {
		server.switches.loginStatus = 303;
		server.switches.cookieSameSite = 'Lax';
		const reply = await client.logIn(await client.newSession());
		expect(reply.status).toBe(303);
		expect(reply.headers['set-cookie']?.[0]).toMatch(/secure; SameSite=Lax$/);
	});
});
