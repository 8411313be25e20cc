import { SEED } from '../../cpsrvd';
import { forgotten, PRUNES_AT_ONCE } from '../harness/executions';
import { hasProperty } from '../harness/nodeTypes';
import { startProxy, type Relay } from '../harness/network';
import { leaks } from '../harness/secrets';
import { Visitor, type Page } from '../harness/visitor';
import { exampleWorkflow } from '../harness/workflowFile';
import { startWorld, type World } from '../harness/world';

const VISITOR_ADDRESS = '127.7.7.7';
const ADDRESS = 'anna@example.com';
const PASSWORD = SEED.alice.mailboxes[ADDRESS].password;

const example = exampleWorkflow('staff-sign-on.json');
const refusal = example.nodes.find(({ name }) => name === 'Ask to try again');

let world: World;
let proxy: Relay;
let visitor: Visitor;
let formAddress: string;

beforeAll(async () => {
	world = await startWorld({ env: PRUNES_AT_ONCE });
	const { n8n, server, cpanelApi } = world;
	proxy = await startProxy(n8n.origin);
	visitor = new Visitor(VISITOR_ADDRESS, server.certificate);
	const workflow = await n8n.importWorkflow(example, { credentials: [cpanelApi] });
	await n8n.activate(workflow);
	formAddress = `http://127.0.0.1:${proxy.port}/form/webmail-sign-on`;
});

beforeEach(() => {
	world.server.reset();
	world.server.switches.echoSecrets = true;
});

afterEach(async () => {
	await forgotten(world.n8n.database);
	expect(await leaks(world.n8n)).toEqual([]);
});

afterAll(async () => {
	await visitor?.leave();
	await proxy?.stop();
	await world?.stop();
});

/** Sends the form, as its script does. */
async function send(address: string, password: string): Promise<Page> {
	const fields = new FormData();
	fields.append('field-0', address);
	fields.append('field-1', password);
	return await visitor.open(formAddress, { method: 'POST', form: fields });
}

test('the form asks for an address and a password', async () => {
	const page = await visitor.open(formAddress);
	expect(page).toMatchObject({ status: 200, title: 'Webmail' });
	expect(page.body).toMatch(/type=["']?email/);
	expect(page.body).toMatch(/type=["']?password/);
});

test('the right password leads into the mailbox', async () => {
	// where the form cannot tell the address of the visitor, a strict server refuses the visitor
	const tellsAddress = await hasProperty(world.n8n, 'n8n-nodes-base.formTrigger', 'showHeaders');
	if (!tellsAddress) world.server.switches.ipValidation = 'disabled';

	const { status, body } = await send(ADDRESS, PASSWORD);

	expect(status).toBe(200);
	const { redirectURL } = JSON.parse(body) as { redirectURL: string };
	expect(await visitor.open(redirectURL)).toMatchObject({
		status: 200,
		title: `Webmail - ${ADDRESS}`,
	});
	const [check] = world.server.journal.entries;
	expect(check).toMatchObject({ method: 'POST', form: { login: 'anna', password: PASSWORD } });
	expect(check?.url).not.toContain('?');
	expect(check?.form['remote_address']).toBe(tellsAddress ? VISITOR_ADDRESS : undefined);
});

test.each([
	['a wrong password', ADDRESS, 'not-the-password'],
	['a mailbox that does not exist', 'nobody@example.com', PASSWORD],
	['a domain of somebody else', 'anna@elsewhere.example', PASSWORD],
	['a suspended mailbox', 'dora@example.com', SEED.alice.mailboxes['dora@example.com'].password],
	['no address at all', 'anna', PASSWORD],
])('%s: the same friendly page', async (_, address, password) => {
	const page = await send(address, password);
	expect(page.status).toBe(403);
	expect(page.body).toBe(refusal?.parameters['responseBody']);
	expect(page.body).toContain('check the address and the password');
});
