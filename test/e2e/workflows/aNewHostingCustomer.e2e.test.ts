import { codeOf, SEED } from '../../cpsrvd';
import { leaks } from '../harness/secrets';
import { Visitor } from '../harness/visitor';
import { exampleWorkflow, type StoredCredential } from '../harness/workflowFile';
import { agencyAt, aliceAt, startWorld, type World } from '../harness/world';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';

const example = exampleWorkflow('a-new-hosting-customer.json');

let world: World;
let whmApi: StoredCredential;

beforeAll(async () => {
	world = await startWorld();
	whmApi = await world.n8n.createCredential(
		'cpanelWhmApi',
		'cPanel WHM account',
		agencyAt(world.server.address),
	);
});

beforeEach(() => world.server.reset());

afterAll(async () => {
	await world?.stop();
});

/** Runs the example for a customer. */
async function run(customer: Record<string, string> = {}) {
	const { n8n, server } = world;
	const workflow = await n8n.importWorkflow(example, {
		credentials: [whmApi],
		parameters: {
			'The new customer': {
				jsonOutput: JSON.stringify({
					whm: server.whmOrigin,
					username: 'nina',
					domain: 'nina.example',
					plan: 'default',
					contact: 'nina@home.example',
					mailbox: 'info',
					...customer,
				}),
			},
		},
	});
	return await n8n.run(workflow);
}

test('a customer gets an account, a mailbox, and a link that opens it', async () => {
	const { server, n8n } = world;
	const execution = await run();
	expect(execution).toMatchObject({ status: 'success', error: undefined });

	const [welcome] = execution.json('For the welcome mail');
	expect(welcome).toEqual({
		contact: 'nina@home.example',
		account: 'nina',
		mailbox: 'info@nina.example',
		webmail: expect.stringMatching(/:2096\/cpsess\d{10}\/login\/\?session=/),
	});
	const account = server.state.accounts.get('nina');
	expect(account).toMatchObject({ mainDomain: 'nina.example', owner: 'agency' });
	expect(account?.password).toHaveLength(24);
	const password = account?.mailboxes['info@nina.example']?.password ?? '';
	expect(password).toHaveLength(24);
	expect(password).not.toBe(account?.password);

	// everything went through WHM, and no password into an address
	expect(server.journal.entries.map(({ port, path }) => [port, path])).toEqual([
		['whm', '/json-api/createacct'],
		['whm', '/json-api/uapi_cpanel'],
		['whm', '/json-api/uapi_cpanel'],
	]);
	for (const { url } of server.journal.entries) expect(url).not.toContain('password');

	// the session is for the address of n8n, which is this machine's
	const visitor = new Visitor('127.0.0.1', server.certificate);
	expect(await visitor.open(welcome?.webmail as string)).toMatchObject({
		status: 200,
		title: 'Webmail - info@nina.example',
	});
	await visitor.leave();
	expect(await leaks(n8n)).toEqual([]);
});

test.each([
	['an account', { username: 'alice' }, /did not create the account alice: .*already has an acc/],
	['a mailbox', { domain: 'nina.example', mailbox: '' }, /did not create the mailbox @nina/],
])('%s that WHM does not create stops the run with its reason', async (_, customer, message) => {
	const execution = await run(customer);

	expect(execution.status).toBe('error');
	expect(execution.error).toMatch(message);
	expect(execution.json('Webmail session')).toEqual([]);
});

/** What a test asks for, to see which account answers. */
const ASKED = '/execute/Variables/get_user_information';

describe('the Test button', () => {
	async function pressTest(type: string, data: Record<string, unknown>): Promise<unknown> {
		return await world.n8n.rest.send('POST', '/credentials/test', {
			credentials: { id: whmApi.id, name: 'A credential', type, data },
		});
	}

	test.each([
		['OK', {}, 200],
		['Error', { apiToken: 'WRONGTOKEN0123456789' }, 403],
	])('of WHM says %s, after one request', async (status, changes, answered) => {
		expect(
			await pressTest('cpanelWhmApi', { ...agencyAt(world.server.address), ...changes }),
		).toMatchObject({
			status,
		});
		expect(world.server.journal.entries).toMatchObject([{ port: 'whm', status: answered }]);
	});

	test.each([
		['OK', {}, ['/login/', ASKED, '/logout/']],
		['Error', { password: 'wrong' }, ['/login/']],
		// the right password opens a session, and cPanel asks it for the code
		['Error', { totpSecret: '' }, ['/login/', ASKED, '/logout/']],
	])('of a session says %s, after one sign-in', async (status, changes, asked) => {
		const { server } = world;
		server.addAccount({ ...SEED.alice, totpSecret: TOTP_SECRET });
		const session = {
			authentication: 'session',
			password: SEED.alice.password,
			totpSecret: TOTP_SECRET,
		};
		const data = { ...aliceAt(server.address), ...session, ...changes };
		expect(await pressTest('cpanelApi', data)).toMatchObject({ status });
		const { entries } = server.journal;
		expect(entries.map(({ path }) => path.replace(/\/cpsess\d+/, ''))).toEqual(asked);
		if (status === 'OK') {
			const now = server.clock.now();
			const codes = [now, now - 30_000].map((at) => codeOf(TOTP_SECRET, at));
			expect(codes).toContain(entries[0]?.form.tfa_token);
		}
	});
});

test('the HTTP Request node sends the token of WHM to no other server', async () => {
	const { server } = world;
	const execution = await run({ whm: server.cpanelOrigin });

	expect(execution.status).toBe('error');
	expect(execution.error).toContain('another server than the one in the WHM credential');
	expect(server.journal.entries).toEqual([]);
});
