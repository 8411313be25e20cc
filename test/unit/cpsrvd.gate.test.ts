import { codeOf, SEED, type Cpsrvd } from '../cpsrvd';
import type { Client } from './cpsrvdClient';
import { basic, shownMessage, TOKEN, type Reply, useStandIn } from './cpsrvdClient';

const MINUTE = 60 * 1000;

describe('the gate of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started));

	async function whoAmI(headers: Record<string, string>, prefix = ''): Promise<Reply> {
		const path = `${prefix}/execute/Variables/get_user_information?name=user`;
		return await client.send('cpanel', path, { headers });
	}

	async function logInAsAlice(): Promise<{ token: string; cookie: string }> {
		const form = { user: 'alice', pass: SEED.alice.password };
		const reply = await client.send('cpanel', '/login/?login_only=1', { form });
		const { security_token: token } = JSON.parse(reply.text) as { security_token: string };
		return { token, cookie: reply.cookies[0] ?? '' };
	}

	it.each([
		['a token', TOKEN],
		['a password', basic('alice', SEED.alice.password)],
	])('lets %s in, whatever /cpsess is in the path', async (_name, headers) => {
		expect((await whoAmI(headers)).text).toContain('"data":{"user":"alice"}');
		expect((await whoAmI(headers, '/cpsess1235467')).status).toBe(200);
	});

	it.each([
		['nothing', {}],
		['a wrong token', { authorization: 'cpanel alice:WRONG' }],
		['the token of somebody else', { authorization: `cpanel bob:${SEED.alice.apiToken}` }],
		['a token as password', basic('alice', SEED.alice.apiToken)],
		['a WHM token', { authorization: `whm alice:${SEED.alice.apiToken}` }],
		['a cookie for nobody', { cookie: 'cpsession=%3aabc%2cdef' }],
	])('answers %s with the login page and a cookie for nobody', async (_name, headers) => {
		const reply = await whoAmI(headers);
		expect(reply.status).toBe(401);
		expect(reply.text).toContain('<title>cPanel Login</title>');
		expect(reply.cookies).toEqual([expect.stringMatching(/^cpsession=%3a/)]);
	});

	it('wants the second factor with every password, and with no token', async () => {
		server.addAccount({
			user: 'carla',
			password: 'carla-pw',
			apiToken: 'CARLATOKEN',
			mainDomain: 'example.edu',
			totpSecret: 'JBSWY3DPEHPK3PXP',
		});
		const code = codeOf('JBSWY3DPEHPK3PXP', server.clock.now());
		const wrong = code === '000000' ? '000001' : '000000';
		const early = codeOf('JBSWY3DPEHPK3PXP', server.clock.now() - 2 * MINUTE);
		server.switches.twoFactorPolicy = true;
		const password = basic('carla', 'carla-pw');
		expect((await whoAmI(password)).status).toBe(401);
		expect((await whoAmI({ ...password, 'x-cpanel-otp': wrong })).status).toBe(401);
		expect((await whoAmI({ ...password, 'x-cpanel-otp': early })).status).toBe(401);
		expect((await whoAmI({ ...password, 'x-cpanel-otp': code })).status).toBe(200);
		expect((await whoAmI({ authorization: 'cpanel carla:CARLATOKEN' })).status).toBe(200);

		const form = { user: 'carla', pass: 'carla-pw' };
		const wrongCode = { ...form, tfa_token: wrong };
		expect((await client.send('cpanel', '/login/', { form: wrongCode })).status).toBe(401);
		const withCode = { ...form, tfa_token: code };
		expect((await client.send('cpanel', '/login/', { form: withCode })).status).toBe(307);
	});

	it('opens a session by password, which needs cookie and token together', async () => {
		const { token, cookie } = await logInAsAlice();
		expect(cookie).toMatch(/^cpsession=alice%3a\w{16}%2c[0-9a-f]{32}$/);
		expect((await whoAmI({ cookie }, token)).status).toBe(200);
		for (const prefix of ['', '/cpsess0000000000']) {
			const denied = await whoAmI({ cookie }, prefix);
			expect(denied.status).toBe(401);
			expect(denied.text).toContain('<title>Invalid Security Token</title>');
			expect(denied.cookies).toEqual([]);
		}
		expect((await whoAmI({}, token)).status).toBe(401);
	});

	it('ends a session by logging out, and by leaving it alone', async () => {
		const first = await logInAsAlice();
		await client.send('cpanel', `${first.token}/logout/`, { headers: { cookie: first.cookie } });
		expect(shownMessage(await whoAmI({ cookie: first.cookie }, first.token))).toMatch(/invalid/);

		const second = await logInAsAlice();
		server.clock.advance(14 * MINUTE);
		expect((await whoAmI({ cookie: second.cookie }, second.token)).status).toBe(200);
		server.clock.advance(15 * MINUTE);
		const late = await whoAmI({ cookie: second.cookie }, second.token);
		expect(shownMessage(late)).toBe('Your session has expired. Please log in again.');
	});

	it('reports a failed scripted login as JSON under text/plain', async () => {
		const form = { user: 'anna@example.com', pass: 'wrong' };
		const reply = await client.send('webmail', '/login/?login_only=1', { form });
		expect(reply.status).toBe(401);
		expect(reply.headers['content-type']).toBe('text/plain; charset="utf-8"');
		expect(reply.text).toBe('{"status":0,"message":"see_login_log"}');
		expect(reply.cookies[0]).toMatch(/^webmailsession=%3a/);
	});

	describe('against brute force', () => {
		const WRONG = { authorization: 'cpanel alice:WRONG' };

		async function failFiveTimes(headers: Record<string, string>): Promise<void> {
			for (let count = 0; count < 5; count += 1) await whoAmI(headers);
		}

		it('locks name and address after five refused logins, for fifteen minutes', async () => {
			await failFiveTimes(WRONG);
			expect(server.locked('alice')).toBe(true);
			expect(server.locked('127.0.0.1')).toBe(true);
			const refused = await whoAmI(TOKEN);
			expect(refused.status).toBe(401);
			expect(shownMessage(refused)).toContain('a brute force attempt was detected');

			server.clock.advance(14 * MINUTE);
			expect(server.locked('alice')).toBe(true);
			server.clock.advance(MINUTE);
			expect((await whoAmI(TOKEN)).status).toBe(200);
		});

		it('starts the time anew with wrong credentials, not with right ones', async () => {
			await failFiveTimes(WRONG);
			server.clock.advance(10 * MINUTE);
			await whoAmI(TOKEN);
			server.clock.advance(5 * MINUTE);
			expect(server.locked('alice')).toBe(false);

			await failFiveTimes(WRONG);
			server.clock.advance(10 * MINUTE);
			await whoAmI(WRONG);
			server.clock.advance(10 * MINUTE);
			expect(server.locked('alice')).toBe(true);
		});

		it('counts under the address what comes under many names', async () => {
			for (const name of ['a', 'b', 'c', 'd', 'e']) await whoAmI(basic(name, 'x'));
			expect(server.locked('a')).toBe(false);
			expect((await whoAmI(TOKEN)).text).toContain('brute force');
		});

		it('counts mailbox passwords and unknown sessions, but no missing credentials', async () => {
			await failFiveTimes({});
			expect(server.locked('127.0.0.1')).toBe(false);
			const path = 'Session/create_webmail_session_for_mail_user_check_password';
			const args = { domain: 'example.com', login: 'anna', password: 'wrong' };
			for (let count = 0; count < 3; count += 1) await client.uapi(path, args);
			for (let count = 0; count < 2; count += 1) {
				await client.logIn({ session: 'made:up', token: '/cpsess1', hostname: null });
			}
			expect(server.locked('127.0.0.1')).toBe(true);
			expect(server.locked('anna@example.com')).toBe(false);
		});
	});
});
