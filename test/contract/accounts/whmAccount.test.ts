import { whmAccount } from '../../../nodes/shared/cpanel/accounts';
import type { Account } from '../../../nodes/shared/cpanel/accounts';
import { domainOwners } from '../../../nodes/shared/cpanel/accounts/whmAccount';
import { readWhmCredential } from '../../../nodes/shared/cpanel/input/credentials';
import { SEED, WHM_SEED } from '../../cpsrvd';
import type { Cpsrvd, Switches } from '../../cpsrvd';
import { rejectionOf } from '../../unit/thrown';
import { describeAccount } from './accountContract';

const WHO = { module: 'Variables', function: 'get_user_information', arguments: { name: 'user' } };

const credentialOf = ({ address }: Cpsrvd, changes = {}) =>
	readWhmCredential({
		server: address,
		username: WHM_SEED.agency.user,
		apiToken: WHM_SEED.agency.apiToken,
		...changes,
	});

function open(server: Cpsrvd, account: Parameters<typeof whmAccount>[1], changes = {}): Account {
	const credential = credentialOf(server, changes);
	return whmAccount(credential, account, domainOwners(credential));
}

describeAccount(
	'the account through WHM',
	{
		open: (server, wrong) =>
			open(server, { user: 'alice' }, wrong ? { apiToken: 'WRONGTOKEN0123456789' } : {}),
		port: 'whm',
		path: /^\/json-api\//,
		before: 0,
		sessionAt: 'cpanel',
	},
	({ server, channel }) => {
		it('calls as the account it is told, and judges both results', async () => {
			await open(server(), { user: 'alice' }).call(channel(), WHO);
			const [call] = server().journal.entries;
			expect(call).toMatchObject({
				path: '/json-api/uapi_cpanel',
				query: {
					'api.version': '1',
					'cpanel.user': 'alice',
					'cpanel.module': 'Variables',
					'cpanel.function': 'get_user_information',
				},
				headers: { authorization: `whm agency:${WHM_SEED.agency.apiToken}` },
			});
			const outer = await rejectionOf(open(server(), { user: 'bob' }).call(channel(), WHO));
			expect(outer).toMatchObject({
				kind: 'refusal',
				message: 'bob is not an account that this WHM user may act for',
				details: expect.stringMatching(/^WHM refused Variables::get_user_information: .*“bob”/),
				hint: expect.stringContaining('“cPanel Account”'),
			});
		});

		it.each([
			['with HTTP 403 and a reason', 403, { metadata: { result: 0, reason: 'Not yours.' } }],
			['in the way of the older API', 200, { cpanelresult: { error: 'Not yours.' } }],
			['in its data', 200, { data: { result: '0', reason: 'Not yours.' }, type: 'text' }],
		])('reads a refusal that comes %s', async (_case, status, answer) => {
			const body = JSON.stringify(answer);
			const transport = {
				send: async () => ({ status, body, cookies: [] }),
				close: async () => {},
			};
			const call = open(server(), { user: 'alice' }).call({ ...channel(), transport }, WHO);
			expect(await rejectionOf(call)).toMatchObject({
				kind: 'refusal',
				stopsBatch: false,
				message: expect.stringContaining('Not yours.'),
			});
		});

		it.each([
			['no result', { metadata: {} }],
			['no answer of UAPI', { metadata: { result: 1 }, data: { uapi: 'none' } }],
			['no data', { metadata: { result: '1' } }],
		])('does not take %s for an answer', async (_case, answer) => {
			const body = JSON.stringify(answer);
			const transport = {
				send: async () => ({ status: 200, body, cookies: [] }),
				close: async () => {},
			};
			const call = open(server(), { user: 'alice' }).call({ ...channel(), transport }, WHO);
			expect(await rejectionOf(call)).toMatchObject({ kind: 'answer' });
		});

		it('finds the account that owns a domain, once for all calls', async () => {
			const credential = credentialOf(server());
			const lookUpOwner = domainOwners(credential);
			const accounts = ['example.com', 'shop.example.com', 'example.com'].map((domain) =>
				whmAccount(credential, { domain }, lookUpOwner),
			);
			const answers = await Promise.all(
				accounts.map(async (account) => await account.call(channel(), WHO)),
			);
			expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ user: 'alice' })));
			const lookUps = server().journal.entries.filter(({ path }) => path.endsWith('owner'));
			expect(lookUps.map(({ query }) => query.domain)).toEqual(['example.com', 'shop.example.com']);
		});

		it.each<[string, Partial<Switches>]>([
			['connection', { reset: 'mid-answer' }],
			['busy', { busy: { status: 429 } }],
		])('asks again for an owner when the question was not answered: %s', async (kind, switches) => {
			const credential = credentialOf(server());
			const account = whmAccount(credential, { domain: 'example.com' }, domainOwners(credential));
			Object.assign(server().switches, switches);
			expect(await rejectionOf(account.call(channel(), WHO))).toMatchObject({ kind });
			Object.assign(server().switches, { reset: 'off', busy: null });
			expect((await account.call(channel(), WHO)).data).toEqual({ user: 'alice' });
		});

		it('opens a session on its own server, whatever name that gives itself', async () => {
			server().switches.userSessionHost = 'known-to-itself.invalid';
			const { sessionUrl } = await open(server(), { user: 'alice' }).openSession(channel());
			expect(sessionUrl).toContain(`${server().cpanelOrigin}/cpsess`);
			const login = server().journal.entries[1];
			expect(login).toMatchObject({ port: 'cpanel', method: 'POST', query: {} });
			expect(login?.headers.authorization).toBeUndefined();
			expect(login?.form.session).toMatch(/^alice:\w{16}:CREATE_USER_SESSION,/);
		});

		it.each([
			['the port of its address', 'https://x.example:2443/cpsess1/login/', 2443],
			['the usual port', undefined, 2083],
			['the usual port, for an address that is none', 'nonsense', 2083],
		])('opens a session at %s', async (_case, url, port) => {
			const made = { session: 'alice:x', cp_security_token: 'cpsess1', url };
			const sent: string[] = [];
			const transport = {
				async send(request: { url: string }) {
					sent.push(request.url);
					return sent.length === 1
						? {
								status: 200,
								body: JSON.stringify({ metadata: { result: 1 }, data: made }),
								cookies: [],
							}
						: { status: 302, location: '/cpsess1/x', body: '', cookies: ['cpsession=alice%3ax'] };
				},
				close: async () => {},
			};
			const opened = open(server(), { user: 'alice' }).openSession({ ...channel(), transport });
			const origin = `https://${server().address}:${port}`;
			expect(await opened).toEqual({
				sessionUrl: `${origin}/cpsess1`,
				cookie: 'cpsession=alice%3ax',
			});
			expect(sent[1]).toBe(`${origin}/cpsess1/login/`);
		});

		it.each([
			['no session', { cp_security_token: '/cpsess1' }],
			['no token', { session: 'alice:x' }],
			['a path for a token', { session: 'alice:x', cp_security_token: '/../x' }],
		])('opens no session with %s', async (_case, data) => {
			const body = JSON.stringify({ metadata: { result: 1 }, data });
			const sent: string[] = [];
			const transport = {
				async send({ url }: { url: string }) {
					sent.push(url);
					return { status: 200, body, cookies: [] };
				},
				close: async () => {},
			};
			const opened = open(server(), { user: 'alice' }).openSession({ ...channel(), transport });
			expect(await rejectionOf(opened)).toMatchObject({ kind: 'answer' });
			expect(sent).toHaveLength(1);
		});

		it('says where a token belongs that was created in cPanel', async () => {
			const { apiToken } = SEED.alice;
			const account = open(server(), { user: 'alice' }, { username: 'alice', apiToken });
			const { hint } = await rejectionOf(account.call(channel(), WHO));
			expect(hint).toContain('created in cPanel belongs in a “cPanel API” credential');
		});
	},
);
