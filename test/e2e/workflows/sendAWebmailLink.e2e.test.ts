import { describeSendAWebmailLink } from '../examples/sendAWebmailLink';
import { useLinkWorld } from '../harness/linkWorld';
import { exampleWorkflow } from '../harness/workflowFile';

const world = useLinkWorld();

describeSendAWebmailLink(world);

test('what is no address stops the run', async () => {
	const people = [{ name: 'Nobody', mailbox: 'nobody', contact: 'nobody@home.example' }];
	const links = await world().n8n.createCredential('cpanelAccessLinkApi', 'Links', {
		address: `${world().proxyOrigin}/webhook/x`,
		secret: 'the secret of other links, long enough to be one',
	});
	const broken = await world().n8n.importWorkflow(exampleWorkflow('send-a-webmail-link.json'), {
		credentials: [world().cpanelApi, world().smtp, links],
		parameters: { 'People who joined': { jsonOutput: JSON.stringify({ people }) } },
	});
	const sent = world().mails.mails.length;

	const execution = await world().n8n.run(broken);

	expect(execution.status).toBe('error');
	expect(execution.error).toContain('“Mailbox” is not a full address');
	expect(world().mails.mails).toHaveLength(sent);
});
