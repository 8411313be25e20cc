import { linkIn, startMailServer, type MailServer } from '../harness/mailServer';
import { leaks } from '../harness/secrets';
import { Visitor } from '../harness/visitor';
import { exampleWorkflow, type StoredCredential } from '../harness/workflowFile';
import { startWorld, type World } from '../harness/world';

let world: World;
let mailServer: MailServer;
let visitor: Visitor;
let credentials: StoredCredential[];

const example = exampleWorkflow('send-a-webmail-link.json');

beforeAll(async () => {
	mailServer = await startMailServer();
	world = await startWorld();
	// the session is for the address of n8n, which is this machine's
	visitor = new Visitor('127.0.0.1', world.server.certificate);
	const smtp = await world.n8n.createCredential('smtp', 'SMTP account', mailServer.credential);
	credentials = [world.cpanelApi, smtp];
});

afterAll(async () => {
	await visitor?.leave();
	await world?.stop();
	await mailServer?.stop();
});

test('each person gets a mail with a link that opens the mailbox once', async () => {
	const execution = await world.n8n.run(await world.n8n.importWorkflow(example, { credentials }));
	expect(execution).toMatchObject({ status: 'success', error: undefined });

	expect(mailServer.mails).toHaveLength(2);
	const [toAnna, toBen] = mailServer.mails;
	expect(toAnna?.to).toMatchObject({ text: 'anna@home.example' });
	expect(toAnna?.text).toContain('Hello Anna');
	expect(toAnna?.text).toContain('anna@example.com');
	expect(toBen?.to).toMatchObject({ text: 'ben@home.example' });

	expect(await visitor.open(linkIn(toAnna))).toMatchObject({
		status: 200,
		title: 'Webmail - anna@example.com',
	});
	expect(await visitor.open(linkIn(toBen))).toMatchObject({
		status: 200,
		title: 'Webmail - ben@example.com',
	});
	expect(await visitor.open(linkIn(toBen))).toMatchObject({ status: 401 });
});

test('a mailbox that does not exist stops the run and leaks nothing', async () => {
	world.server.switches.echoSecrets = true;
	const people = [
		{ name: 'Nobody', mailbox: 'nobody@example.com', contact: 'nobody@home.example' },
	];
	const workflow = await world.n8n.importWorkflow(example, {
		credentials,
		parameters: { 'People who joined': { jsonOutput: JSON.stringify({ people }) } },
	});
	const sent = mailServer.mails.length;

	const execution = await world.n8n.run(workflow);

	expect(execution.status).toBe('error');
	expect(execution.error).toContain('nobody@example.com');
	expect(mailServer.mails).toHaveLength(sent);
	expect(execution.stored).toContain('cPanel Session');
	expect(await leaks(world.n8n)).toEqual([]);
});
