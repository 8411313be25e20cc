import type { ParsedMail } from 'mailparser';

import { linkIn } from '../harness/mailServer';
import { openFromMail, recordOf } from '../harness/linkWorld';
import type { LinkWorld } from '../harness/linkWorld';
import type { Workflow } from '../harness/n8n';
import { waitFor } from '../harness/wait';
import { exampleWorkflow } from '../harness/workflowFile';

const example = exampleWorkflow('click-time-access.json');

/** Declares what the example does for those who get its mails and for those who hear of them, wherever its n8n is. */
export function describeClickTimeAccess(world: () => LinkWorld): void {
	let workflow: Workflow;
	/** The mail that Anna got. */
	let toAnna: ParsedMail | undefined;

	beforeAll(async () => {
		workflow = await world().publish(example, [world().cpanelApi]);
		[toAnna] = await world().send(workflow);
	});

	/** The next mail, after something was done. */
	async function mailAfter(act: () => Promise<unknown>) {
		const before = world().mails.mails.length;
		await act();
		return await waitFor('a mail', 60_000, async () => world().mails.mails[before]);
	}

	test('the manager hears of who came in, found by the reference', async () => {
		const mail = await mailAfter(async () => {
			expect(await openFromMail(world(), toAnna)).toMatchObject({
				title: 'Webmail - anna@example.com',
			});
		});
		expect(mail.to).toMatchObject({ text: 'mona@example.com' });
		expect(mail.subject).toBe('Mailbox of Anna opened');
		expect(mail.text).toContain('from 127.7.7.7');
	});

	test('the help desk hears of who did not, with the code on their page', async () => {
		world().server.switches.executeStatus = 500;
		let page = '';
		const mail = await mailAfter(async () => {
			const { status, body } = await world().visitor.submit(
				await world().visitor.open(linkIn(toAnna)),
			);
			expect(status).toBe(500);
			page = body;
		});
		const [, code = ''] = /Code for the person who helps you: (\w+)/.exec(page) ?? [];
		expect(code).toHaveLength(6);
		expect(mail.to).toMatchObject({ text: 'helpdesk@example.com' });
		expect(mail.subject).toContain(code);
		expect(mail.text).toContain('anna@example.com of number 4711');
		expect(mail.text).toContain('Reason: cpanelUnusable');
		const clicks = await world().clicks(workflow, 2);
		expect(recordOf(clicks.at(-1), example).notOpened).toMatchObject([
			{ event: 'notOpened', reference: '4711', incident: code },
		]);
	});

	test('the help desk hears of a number that nobody has', async () => {
		const strangers = JSON.stringify({ people: [] });
		const other = await world().publish(
			{
				...example,
				nodes: example.nodes.map((node) =>
					node.name === 'Access link opened'
						? { ...node, webhookId: 'another', parameters: { ...node.parameters, path: 'another' } }
						: node,
				),
			},
			[world().cpanelApi],
			{ 'The staff': { jsonOutput: strangers } },
		);
		const [toStranger] = await world().send(other);
		const mail = await mailAfter(async () => await openFromMail(world(), toStranger));
		expect(mail.to).toMatchObject({ text: 'helpdesk@example.com' });
		expect(mail.text).toContain('nobody has this number');
	});
}
