import { once } from 'node:events';
import { connect } from 'node:tls';
import { codeOf, SEED, type Cpsrvd, type Switches } from '../cpsrvd';
import { Client, TOKEN, WHM_TOKEN, type Reply, useStandIn } from './cpsrvdClient';

const WHO = '/execute/Variables/get_user_information?name=user';
const SECRET = 'JBSWY3DPEHPK3PXP';

/** What clients that others wrote, and answers that others recorded, show of cPanel. */
describe('the stand-in, as foreign clients know cPanel', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started), {}, 1);

	async function whm(name: string, query: Record<string, string> = {}): Promise<unknown> {
		const path = `/json-api/${name}?${new URLSearchParams(query).toString()}`;
		return JSON.parse((await client.send('whm', path, { headers: WHM_TOKEN })).text);
	}

	async function signIn(form: Record<string, string> = {}): Promise<Reply> {
		const whole = { user: 'alice', pass: SEED.alice.password, login_only: '1', ...form };
		return await client.send('cpanel', '/login/', { form: whole });
	}

	describe('the sign-in', () => {
		it('says its token in the JSON and in Location, or where it is told to', async () => {
			const found = async (signInToken: Switches['signInToken']): Promise<unknown[]> => {
				server.switches.signInToken = signInToken;
				const { status, headers, text } = await signIn();
				return [status, headers['location'] !== undefined, text.includes('"security_token"')];
			};
			expect(await found('both')).toEqual([200, true, true]);
			expect(await found('json')).toEqual([200, false, true]);
			expect(await found('location')).toEqual([200, true, false]);
			expect(await found('redirect')).toEqual([307, true, false]);
		});

		describe('with a second factor', () => {
			beforeEach(() => void server.addAccount({ ...SEED.alice, totpSecret: SECRET }));

			async function whoAmI(reply: Reply): Promise<Reply> {
				const [token] = /\/cpsess\d+/.exec(String(reply.headers['location'])) ?? [];
				const headers = { cookie: reply.cookies[0] ?? '' };
				return await client.send('cpanel', `${token}${WHO}`, { headers });
			}

			it.each(['en', 'de', 'ja'] as const)('asks for the code later (%s)', async (language) => {
				server.switches.pageLanguage = language;
				const without = await signIn();
				expect(without.status).toBe(200);
				const page = await whoAmI(without);
				expect(page.status).toBe(200);
				expect(page.text).toContain('id="tfa_login_form"');
				expect(page.text).toContain(`<html lang="${language}">`);
				const tfa_token = codeOf(SECRET, server.clock.now());
				expect((await whoAmI(await signIn({ tfa_token }))).text).toContain('"user":"alice"');
			});
		});
	});

	describe('WHM', () => {
		it.each([
			['anna@example.com', 'webmail', 'webmaild', 'anna@example.com'],
			['alice', 'webmail', 'webmaild', 'alice'],
			['alice', 'cpanel', 'cpaneld', 'alice'],
		] as const)(
			'makes a session of %s in %s, which is none before its login',
			async (user, port, service, owner) => {
				const asked = { 'api.version': '1', user, service };
				const { data } = (await whm('create_user_session', asked)) as {
					data: { url: string; cp_security_token: string };
				};
				const url = new URL(data.url);
				expect(url.origin).toBe(server[`${port}Origin`]);
				const landing = `${data.cp_security_token}/`;
				expect((await client.send(port, landing)).status).toBe(401);
				const reply = await client.send(port, url.pathname + url.search);
				const headers = { cookie: reply.cookies[0] ?? '' };
				const page = await client.send(port, landing, { headers });
				expect(page.text).toContain(`<h1 id="mailbox">${owner}</h1>`);
				server.clock.advance(15 * 60 * 1000);
				expect((await client.send(port, landing, { headers })).status).toBe(401);
			},
		);
	});

	describe('UAPI', () => {
		it('says what it was told to, and changes what it was to say', async () => {
			Object.assign(server.switches, { warnings: ['careful'], messages: ['by the way'] });
			expect(await client.uapi('Locale/list_locales')).toMatchObject({
				messages: ['by the way'],
				warnings: ['careful'],
			});
			server.switches.alterData = (rows, called) => ({ called, rows });
			expect((await client.uapi('Locale/list_locales')).data).toMatchObject({
				called: 'Locale/list_locales',
			});
			expect(await whm('version', { 'api.version': '1' })).toMatchObject({
				data: { called: 'version' },
			});
			server.reset();
			expect(server.switches).not.toHaveProperty('alterData');
		});
	});

	describe('a kept connection', () => {
		async function users(count: number, by: Client): Promise<string[]> {
			const found: string[] = [];
			for (let nth = 0; nth < count; nth += 1) {
				const path = `/execute/Variables/get_user_information?name=${nth % 2 ? 'user' : 'domain'}`;
				found.push((await by.send('cpanel', path, { headers: TOKEN })).text);
			}
			return found.map((text) => /"data":\{"(\w+)"/.exec(text)?.[1] ?? text);
		}

		it('gives the answer to one request as that to the next', async () => {
			server.switches.duplicate = { after: 'next-request', times: 1 };
			const mixedUp = new Client(server, 1);
			expect(await users(4, mixedUp)).toEqual(['domain', 'domain', 'user', 'domain']);
			await mixedUp.close();
		});

		it.each([0, 5])('sends an answer again after %i ms', async (after) => {
			server.switches.duplicate = { after, times: 1 };
			const { address: host, cpanelPort: port } = server;
			const socket = connect({ host, port, rejectUnauthorized: false });
			const asked = `GET ${WHO} HTTP/1.1\r\nHost: x\r\nAuthorization: ${TOKEN.authorization}\r\n\r\n`;
			socket.write(asked);
			let received = '';
			while (received.split('"user":"alice"').length < 3) {
				const [chunk] = (await once(socket, 'data')) as [Buffer];
				received += chunk.toString();
			}
			socket.destroy();
			expect(received.match(/HTTP\/1\.1 200 OK\r/g)).toHaveLength(2);
			expect(received.match(/content-length: \d+/gi)).toHaveLength(2);
			expect(server.switches.duplicate).toEqual({ after, times: 0 });
		});

		it('is broken off after the work, at once or when it was kept', async () => {
			server.switches.reset = 'after-work';
			const path = '/execute/Session/create_webmail_session_for_self';
			await expect(client.send('cpanel', path, { headers: TOKEN })).rejects.toThrow();
			expect([...server.state.sessions]).toHaveLength(1);
			Object.assign(server.switches, {
				reset: 'off',
				resetKeptConnection: 1,
				resetKeptAfterWork: true,
			});
			await client.send('cpanel', path, { headers: TOKEN });
			await expect(client.send('cpanel', path, { headers: TOKEN })).rejects.toThrow();
			expect([...server.state.sessions]).toHaveLength(3);
		});
	});
});
