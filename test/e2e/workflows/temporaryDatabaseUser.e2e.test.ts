import { leaks } from '../harness/secrets';
import { exampleWorkflow } from '../harness/workflowFile';
import { startWorld, type World } from '../harness/world';

let world: World;

const example = exampleWorkflow('temporary-database-user.json');

beforeAll(async () => {
	world = await startWorld();
});

afterAll(async () => {
	await world?.stop();
});

test('the user is made inside the session, handed on, and gone after the log-out', async () => {
	const { n8n, server, cpanelApi } = world;
	const workflow = await n8n.importWorkflow(example, { credentials: [cpanelApi] });

	const execution = await n8n.run(workflow);

	expect(execution).toMatchObject({ status: 'success', error: undefined });
	const [created] = execution.json('Create the user');
	expect(created).toMatchObject({ created: 1 });
	expect(execution.json('The database user')).toEqual([
		{
			databaseUser: expect.stringMatching(/^cpses_al\w{8}$/),
			sessionUrl: created?.sessionUrl,
			cookie: created?.cookie,
		},
	]);
	expect(server.journal.entries.at(-1)).toMatchObject({
		port: 'webmail',
		path: expect.stringMatching(/^\/cpsess\d+\/logout\/$/),
		status: 200,
	});
});

test('an account that may not use the function stops the run and leaks nothing', async () => {
	const { n8n, server, cpanelApi } = world;
	server.reset();
	server.switches.featureOff = ['Session/create_temp_user'];
	server.switches.echoSecrets = true;
	const workflow = await n8n.importWorkflow(example, { credentials: [cpanelApi] });

	const execution = await n8n.run(workflow);

	expect(execution.status).toBe('error');
	expect(execution.error).toBeDefined();
	expect(await leaks(n8n)).toEqual([]);
});
