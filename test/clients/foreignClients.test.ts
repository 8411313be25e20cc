import { SEED, startCpsrvd, WHM_SEED, type Cpsrvd } from '../cpsrvd';
import { ForeignClients } from './foreignClient';

/*
 * The clients that npm has. Debian has none that speaks to cPanel, and cPanel's own clients are in neither: what
 * those send and need is in `exchanges.test.ts`.
 */
describe('the stand-in serves clients that others wrote', () => {
	let server: Cpsrvd;
	let clients: ForeignClients;

	beforeAll(async () => {
		// one of them knows no other ports than the usual ones
		server = await startCpsrvd();
		clients = await ForeignClients.of(server);
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		await clients.clear();
		await server.stop();
	});

	const anna = { domain: 'example.com', login: 'anna' };
	const newSession = {
		status: 1,
		data: {
			session: expect.stringContaining(':CREATE_WEBMAIL_SESSION_FOR_MAIL_USER,'),
			token: expect.stringMatching(/^\/cpsess\d{10}$/),
			hostname: null,
		},
	};

	describe('with a token of cPanel (cpanel-uapi)', () => {
		const settings = (token: string = SEED.alice.apiToken): object => ({
			origin: server.cpanelOrigin,
			user: 'alice',
			token,
		});

		it('lists, makes sessions, and hears what is refused', async () => {
			const [pops, made, domains, missing] = await clients.run('cpanelUapi', settings(), [
				['Email', 'listpops', { regex: '^anna' }],
				['Session', 'createwebmailsessionformailuser', anna],
				['DomainInfo', 'listdomains'],
				['Session', 'createwebmailsessionformailuser', { ...anna, login: 'nobody' }],
			]);
			expect(pops).toMatchObject({ status: 1, data: [{ email: 'anna@example.com' }] });
			expect(made).toMatchObject(newSession);
			expect(domains).toMatchObject({ data: { main_domain: 'example.com' } });
			expect(missing).toMatchObject({ status: 0, errors: [expect.stringContaining('nobody@')] });
			expect(server.journal.entries).toHaveLength(4);
		});

		it('is refused with the login page', async () => {
			const [page] = await clients.run('cpanelUapi', settings('WRONG'), [['Email', 'listpops']]);
			expect(page).toContain('<title>cPanel Login</title>');
			expect(server.journal.entries).toMatchObject([{ status: 401 }]);
		});
	});

	describe('with a password (cpanel-lib)', () => {
		const settings = (password: string = SEED.alice.password): object => ({
			options: {
				host: server.address,
				port: server.cpanelPort,
				username: 'alice',
				password,
			},
		});

		it('calls UAPI and the API before it', async () => {
			const [made, pops] = await clients.run('cpanelLib', settings(), [
				['callUapi', 'Session', 'create_webmail_session_for_mail_user', anna],
				['callApi2', 'Email', 'listpopswithdisk', { domain: 'example.com' }],
			]);
			expect(made).toMatchObject(newSession);
			expect(pops).toMatchObject({
				cpanelresult: {
					event: { result: 1 },
					data: expect.arrayContaining([expect.objectContaining({ user: 'anna' })]),
				},
			});
			expect(server.journal.entries[0]?.headers.authorization).toMatch(/^Basic /);
		});

		it('gets no JSON where it is refused', async () => {
			const calls = [['callUapi', 'Email', 'list_pops', {}]] as [[string, ...unknown[]]];
			const [refused] = await clients.run('cpanelLib', settings('wrong'), calls);
			expect(refused).toEqual({ failed: expect.stringContaining('not valid') });
			expect(server.journal.entries).toMatchObject([{ status: 401 }]);
		});
	});

	describe('with a sign-in (cpanel-api)', () => {
		const settings = (): object => ({
			profile: { host: server.address, user: 'alice', pass: SEED.alice.password },
		});

		it('finds the token of the session in the redirect, and calls at its path', async () => {
			const box = { domain: 'example.com', email: 'Zoe', password: 'zoe-pw' };
			const [made, again] = await clients.run('cpanelApi', settings(), [
				['Email', 'add_pop', box],
				['Email', 'add_pop', box],
			]);
			expect(made).toBe('zoe+example.com');
			expect(again).toEqual({ failed: expect.stringContaining('already exists') });
			const sent = server.journal.entries.filter(({ path }) => path.includes('/execute/'));
			expect(sent.map(({ path }) => path)).toEqual([
				expect.stringMatching(/^\/cpsess\d{10}\/execute\/Email\/add_pop$/),
				expect.stringMatching(/^\/cpsess\d{10}\/execute\/Email\/add_pop$/),
			]);
			const tokens = [...server.state.sessions].map(({ token }) => token);
			expect(sent.map(({ path }) => path.split('/execute')[0])).toEqual(tokens);
		});
	});

	describe('with WHM (cpanel-lib)', () => {
		const settings = (accessKey: string = WHM_SEED.agency.apiToken): object => ({
			options: { host: server.address, port: server.whmPort, username: 'agency', accessKey },
		});

		it('knows API 0 and API 1, and acts for accounts', async () => {
			const uapi = {
				'api.version': 1,
				'cpanel.user': 'alice',
				'cpanel.module': 'Session',
				'cpanel.function': 'create_webmail_session_for_mail_user',
				...anna,
			};
			const [version, accounts, versionOf1, made, pops, bob] = await clients.run(
				'cpanelLib',
				settings(),
				[
					['call', 'version', {}],
					['call', 'listaccts', {}],
					['call', 'version', { 'api.version': 1 }],
					['call', 'uapi_cpanel', uapi],
					['callApi2', 'Email', 'listpops', {}, 'alice'],
					['callApi2', 'Email', 'listpops', {}, 'bob'],
				],
			);
			expect(version).toEqual({ version: '11.138.0.10' });
			expect(accounts).toMatchObject({ acct: [{ user: 'alice', domain: 'example.com' }] });
			expect(versionOf1).toMatchObject({
				metadata: { result: 1 },
				data: { version: '11.138.0.10' },
			});
			expect(made).toMatchObject({ data: { uapi: newSession } });
			expect(pops).toMatchObject({ cpanelresult: { event: { result: 1 } } });
			expect(bob).toMatchObject({ data: { result: '0' } });
			// it writes the scheme in capitals
			expect(server.journal.entries[0]?.headers.authorization).toMatch(/^WHM agency:/);
		});

		it('takes the password of a user of WHM as well', async () => {
			const { user: username, password } = WHM_SEED.agency;
			const options = { host: server.address, port: server.whmPort, username, password };
			const [accounts] = await clients.run('cpanelLib', { options }, [['call', 'listaccts', {}]]);
			expect(accounts).toMatchObject({ acct: [{ user: 'alice' }] });
		});

		it('gets JSON where its token is refused', async () => {
			const [refused] = await clients.run('cpanelLib', settings('WRONG'), [
				['call', 'version', { 'api.version': 1 }],
			]);
			expect(refused).toMatchObject({ cpanelresult: { error: 'Access denied' } });
			expect(server.journal.entries).toMatchObject([{ status: 403 }]);
		});
	});
});
