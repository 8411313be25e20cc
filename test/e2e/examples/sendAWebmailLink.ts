import { linkIn } from '../harness/mailServer';
import { openFromMail, recordOf, VISITOR_ADDRESS } from '../harness/linkWorld';
import type { LinkWorld } from '../harness/linkWorld';
import type { Workflow } from '../harness/n8n';
import { leaks } from '../harness/secrets';
import { exampleWorkflow } from '../harness/workflowFile';

const example = exampleWorkflow('send-a-webmail-link.json');

/** Declares what the example does for those whose mails it sends, wherever its n8n is. */
export function describeSendAWebmailLink(world: () => LinkWorld): void {
	let workflow: Workflow;

	beforeAll(async () => {
		workflow = await world().publish(example, [world().cpanelApi]);
	});

	test('each person gets a mail with a link that opens their mailbox, also after scanners and twice', async () => {
		const [toAnna, toBen, ...others] = await world().send(workflow);
		expect(others).toEqual([]);
		expect(toAnna?.to).toMatchObject({ text: 'anna@home.example' });
		expect(toAnna?.text).toContain('Hello Anna');
		expect(toAnna?.text).toMatch(/works until \d{1,2} \w+ \d{4}, \d\d:\d\d\./);
		expect(toBen?.to).toMatchObject({ text: 'ben@home.example' });
		// sending asks cPanel for nothing
		expect(world().server.journal.entries).toEqual([]);

		const mailbox = (name: string) => ({ status: 200, title: `Webmail - ${name}@example.com` });
		expect(await openFromMail(world(), toAnna)).toMatchObject(mailbox('anna'));
		expect(await openFromMail(world(), toBen)).toMatchObject(mailbox('ben'));
		expect(await openFromMail(world(), toBen)).toMatchObject(mailbox('ben'));
		const sessions = [...world().server.state.sessions];
		expect(sessions.map(({ address }) => address)).toEqual(Array(3).fill(VISITOR_ADDRESS));

		const clicks = await world().clicks(workflow, 3);
		expect(clicks.map((click) => recordOf(click, example))).toEqual(
			['anna', 'ben', 'ben'].map((name) => ({
				opened: [
					expect.objectContaining({
						event: 'opened',
						email: `${name}@example.com`,
						visitorAddress: VISITOR_ADDRESS,
					}),
				],
				notOpened: [],
			})),
		);
		// no click keeps what opens a mailbox
		const secrets = sessions.flatMap(({ value, token }) => [value, token]);
		const links = [linkIn(toAnna), linkIn(toBen)].map((link) => new URL(link).search);
		for (const secret of [...secrets, ...links]) {
			expect(clicks.filter(({ stored }) => stored.includes(secret))).toEqual([]);
		}
		expect(await leaks(world().n8n, secrets, world().others)).toEqual([]);
	});

	test('a link that somebody altered opens nothing, and asks cPanel for nothing', async () => {
		const [toAnna] = await world().send(workflow);
		const link = new URL(linkIn(toAnna));
		const token = link.searchParams.get('t') ?? '';
		link.searchParams.set('t', `${token.slice(0, -2)}xx`);
		expect(await world().visitor.open(link.href)).toMatchObject({
			status: 403,
			title: 'This link does not work',
		});
		expect(world().server.journal.entries).toEqual([]);
	});

	test('the Test button of the access links tells how it is', async () => {
		const credential = workflow.nodes.find(({ name }) => name === 'Create the link')?.credentials;
		const { id, name } = credential?.['cpanelAccessLinkApi'] ?? {};
		const { data } = await world().n8n.rest.send<{ data: Record<string, unknown> }>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		const press = async (changes: Record<string, unknown>) =>
			await world().n8n.rest.send<{ status: string; message: string }>(
				'POST',
				'/credentials/test',
				{
					credentials: { id, name, type: 'cpanelAccessLinkApi', data: { ...data, ...changes } },
				},
			);
		const origin = world().proxyOrigin;
		expect(await press({})).toMatchObject({ status: 'OK' });
		for (const [changes, message] of [
			[{ address: `${origin}/webhook/nothing` }, 'No trigger is published at this address'],
			[{ secret: 'another secret, long enough to be one' }, 'uses a different secret'],
			[{ address: 'http://127.255.0.1:1/webhook/x' }, 'n8n cannot reach 127.255.0.1:1'],
		] as const) {
			expect(await press(changes)).toEqual({
				status: 'Error',
				message: expect.stringContaining(message),
			});
		}
	});
}
