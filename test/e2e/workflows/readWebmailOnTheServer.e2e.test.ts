import { leaks } from '../harness/secrets';
import { exampleWorkflow } from '../harness/workflowFile';
import { startWorld, type World } from '../harness/world';

let world: World;

const example = exampleWorkflow('read-webmail-on-the-server.json');

beforeAll(async () => {
	world = await startWorld();
});

afterAll(async () => {
	await world?.stop();
});

test('the landing page of the mailbox comes out, and the session is closed', async () => {
	const { n8n, server, cpanelApi } = world;
	const workflow = await n8n.importWorkflow(example, { credentials: [cpanelApi] });

	const execution = await n8n.run(workflow);

	expect(execution).toMatchObject({ status: 'success', error: undefined });
	expect(execution.json('Log in')).toEqual([
		expect.objectContaining({ loggedIn: true, host: server.address }),
	]);
	expect(execution.json('Read the page')).toEqual([
		{ data: expect.stringContaining('<h1 id="mailbox">anna@example.com</h1>') },
	]);
	expect(execution.json('Take out the title')).toEqual([{ title: 'Webmail - anna@example.com' }]);
	expect(server.journal.entries.at(-1)).toMatchObject({
		path: expect.stringMatching(/^\/cpsess\d+\/logout\/$/),
		status: 200,
	});
});

test('a login that cPanel refuses stops the run and leaks nothing', async () => {
	const { n8n, server, cpanelApi } = world;
	server.reset();
	server.switches.loginAnswer = 'preAuth401';
	server.switches.echoSecrets = true;
	const workflow = await n8n.importWorkflow(example, { credentials: [cpanelApi] });

	const execution = await n8n.run(workflow);

	expect(execution.status).toBe('error');
	expect(execution.error).toBeDefined();
	expect(execution.json('Read the page')).toEqual([]);
	expect(await leaks(n8n)).toEqual([]);
});
