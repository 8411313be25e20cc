import type { INodeParameters } from 'n8n-workflow';

import { codeOf, SEED } from '../../cpsrvd';
import { openFromMail, startLinkWorld } from '../harness/linkWorld';
import type { LinkWorld } from '../harness/linkWorld';
import { leaks } from '../harness/secrets';
import { exampleWorkflow, type StoredCredential, type WorkflowFile } from '../harness/workflowFile';
import { agencyAt, aliceAt } from '../harness/world';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';

const example = exampleWorkflow('a-new-hosting-customer.json');

let world: LinkWorld;
let whmApi: StoredCredential;

beforeAll(async () => {
	world = await startLinkWorld();
	whmApi = await world.n8n.createCredential(
		'cpanelWhmApi',
		'cPanel WHM account',
		agencyAt(world.server.address),
	);
});

beforeEach(() => world.server.reset());

afterAll(async () => await world?.stop());

/** The example for a customer; each has a trigger at an address of its own. */
function filledIn(customer: Record<string, string> = {}): {
	workflow: WorkflowFile;
	parameters: Record<string, INodeParameters>;
} {
	const path = `open-${(published += 1)}`;
	const nodes = example.nodes.map((node) =>
		node.name === 'Access link opened'
			? { ...node, webhookId: path, parameters: { ...node.parameters, path } }
			: node,
	);
	const order = {
		whm: world.server.whmOrigin,
		username: 'nina',
		domain: 'nina.example',
		plan: 'default',
		contact: 'nina@home.example',
		mailbox: 'info',
		...customer,
	};
	return {
		workflow: { ...example, nodes },
		parameters: { 'The new customer': { jsonOutput: JSON.stringify(order) } },
	};
}

let published = 0;

/** Runs the example for a customer. */
async function run(customer: Record<string, string> = {}) {
	const { workflow, parameters } = filledIn(customer);
	return await world.n8n.run(await world.publish(workflow, [whmApi], parameters));
}

test('a customer gets an account, a mailbox, and a mail with a link that opens it', async () => {
	const { server } = world;
	const { workflow, parameters } = filledIn();
	const [welcome, ...others] = await world.send(
		await world.publish(workflow, [whmApi], parameters),
	);
	expect(others).toEqual([]);
	expect(welcome?.to).toMatchObject({ text: 'nina@home.example' });
	expect(welcome?.text).toContain('its mailbox info@nina.example');

	const account = server.state.accounts.get('nina');
	expect(account).toMatchObject({ mainDomain: 'nina.example', owner: 'agency' });
	expect(account?.password).toHaveLength(24);
	const password = account?.mailboxes['info@nina.example']?.password ?? '';
	expect(password).toHaveLength(24);
	expect(password).not.toBe(account?.password);

	// everything went through WHM, and no password into an address; the link asked for nothing
	expect(server.journal.entries.map(({ port, path }) => [port, path])).toEqual([
		['whm', '/json-api/createacct'],
		['whm', '/json-api/uapi_cpanel'],
	]);
	for (const { url } of server.journal.entries) expect(url).not.toContain('password');

	expect(await openFromMail(world, welcome)).toMatchObject({
		status: 200,
		title: 'Webmail - info@nina.example',
	});
	expect(
		server.journal.entries.filter(({ port }) => port === 'whm').map(({ path }) => path),
	).toEqual(expect.arrayContaining(['/json-api/getdomainowner']));
	expect(await leaks(world.n8n)).toEqual([]);
});

test.each([
	['an account', { username: 'alice' }, /did not create the account alice: .*already has an acc/],
	['a mailbox', { domain: 'nina.example', mailbox: '' }, /did not create the mailbox @nina/],
])('%s that WHM does not create stops the run with its reason', async (_, customer, message) => {
	const execution = await run(customer);

	expect(execution.status).toBe('error');
	expect(execution.error).toMatch(message);
	expect(execution.json('Create the link')).toEqual([]);
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
