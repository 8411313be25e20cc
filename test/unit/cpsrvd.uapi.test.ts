import { request, Agent, FormData } from 'undici';
import { SEED, type Cpsrvd } from '../cpsrvd';
import type { Client } from './cpsrvdClient';
import { TOKEN, type NewSession, type Reply, type Uapi, useStandIn } from './cpsrvdClient';

const FOR_MAIL_USER = 'Session/create_webmail_session_for_mail_user';
const CHECK_PASSWORD = 'Session/create_webmail_session_for_mail_user_check_password';
const ANNA = { domain: 'example.com', login: 'anna' };

describe('the UAPI of the stand-in', () => {
	let server: Cpsrvd;
	let client: Client;
	useStandIn((started) => ({ server, client } = started));

	async function errorsOf(path: string, args: Record<string, string>): Promise<string> {
		const answer = await client.uapi(path, args);
		expect(answer).toMatchObject({ status: 0, data: null });
		return (answer.errors ?? []).join();
	}

	it('creates sessions of the documented form, for a mailbox and for the account', async () => {
		const answer = await client.uapi<NewSession>(FOR_MAIL_USER, ANNA);
		expect(answer).toEqual({
			status: 1,
			data: {
				session: expect.stringMatching(
					/^alice:\w{16}:CREATE_WEBMAIL_SESSION_FOR_MAIL_USER,[0-9a-f]{32}$/,
				) as unknown,
				token: expect.stringMatching(/^\/cpsess\d{10}$/) as unknown,
				hostname: null,
			},
			errors: null,
			messages: null,
			warnings: null,
			metadata: {},
		});
		const self = await client.uapi<NewSession>('Session/create_webmail_session_for_self');
		expect(self.data.session).toContain(':CREATE_WEBMAIL_SESSION_FOR_SELF,');
	});

	it('takes arguments from a query, a form, JSON and multipart alike', async () => {
		const args = { ...ANNA, password: SEED.alice.mailboxes['anna@example.com'].password };
		const query = new URLSearchParams(args).toString();
		expect(await client.uapi(`${CHECK_PASSWORD}?${query}`)).toMatchObject({ status: 1 });
		expect(await client.uapi(CHECK_PASSWORD, args)).toMatchObject({ status: 1 });

		const multipart = new FormData();
		for (const [name, value] of Object.entries(args)) multipart.append(name, value);
		const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
		for (const body of [multipart, JSON.stringify(args)]) {
			const headers =
				typeof body === 'string' ? { ...TOKEN, 'content-type': 'application/json' } : TOKEN;
			const url = `${server.cpanelOrigin}/execute/${CHECK_PASSWORD}`;
			const reply = await request(url, { dispatcher, method: 'POST', headers, body });
			expect(await reply.body.json()).toMatchObject({ status: 1 });
			expect(server.journal.entries.at(-1)?.form).toEqual(args);
		}
		await dispatcher.destroy();
	});

	it('fails with status 0 and HTTP 200, in the words of cPanel', async () => {
		expect(await errorsOf('Nothing/here', {})).toContain('Failed to load module “Nothing”');
		expect(await errorsOf('Session/constructor', {})).toContain('function “constructor”');
		expect(await errorsOf(FOR_MAIL_USER, { login: 'anna' })).toContain('‘domain’');
		expect(await errorsOf(CHECK_PASSWORD, ANNA)).toContain('‘password’');
		expect(await errorsOf(FOR_MAIL_USER, { ...ANNA, login: 'anna@example.com' })).toBe(
			'You do not have an email account named “anna@example.com@example.com”.',
		);
		expect(await errorsOf(CHECK_PASSWORD, { ...ANNA, password: 'x' })).toContain('password');
		const dora = { domain: 'example.com', login: 'dora' };
		const { password } = SEED.alice.mailboxes['dora@example.com'];
		expect(await errorsOf(CHECK_PASSWORD, { ...dora, password })).toContain('suspended');
		server.switches.missingMailbox = 'errorId';
		expect(await errorsOf(FOR_MAIL_USER, { ...ANNA, login: 'nobody' })).toContain('Error ID');
	});

	it('shows an account its own mailboxes only', async () => {
		const rob = { domain: 'example.org', login: 'rob' };
		expect(await errorsOf(FOR_MAIL_USER, rob)).toContain('rob@example.org');
		const { data } = await client.uapi<Array<{ email: string }>>('Email/list_pops');
		expect(data.map(({ email }) => email)).toEqual(['alice', ...Object.keys(SEED.alice.mailboxes)]);
	});

	describe('create_temp_user', () => {
		const PATH = '/execute/Session/create_temp_user';

		async function call(reply: Reply): Promise<Uapi> {
			const cookie = reply.cookies[0] ?? '';
			const [token] = /\/cpsess\d+/.exec(String(reply.headers['location'])) ?? [];
			const answer = await client.send('webmail', token + PATH, { headers: { cookie } });
			return JSON.parse(answer.text) as Uapi;
		}

		it('creates one user in a session that was opened through the API, once', async () => {
			const self = await client.uapi<NewSession>('Session/create_webmail_session_for_self');
			for (const session of [self.data, await client.newSession()]) {
				const reply = await client.logIn(session);
				const name = expect.stringMatching(/^cpses_al\w{8}$/) as unknown;
				expect((await call(reply)).data).toEqual({ created: 1, session_temp_user: name });
				expect((await call(reply)).data).toEqual({ created: 0 });
				server.switches.tempUserLater = 'null';
				const later = { created: 0, session_temp_user: null };
				expect((await call(reply)).data).toEqual(later);
				server.switches.tempUserLater = 'absent';
			}
		});

		it('creates none where a password was typed', async () => {
			const form = { user: 'alice', pass: SEED.alice.password };
			const reply = await client.send('webmail', '/login/', { form });
			expect((await call(reply)).data).toEqual({ created: 0 });
		});
	});
});
