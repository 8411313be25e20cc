import type { INodeParameters } from 'n8n-workflow';

import { openFromMail } from '../harness/linkWorld';
import type { LinkWorld } from '../harness/linkWorld';
import { leaks } from '../harness/secrets';
import { exampleWorkflow, type StoredCredential, type WorkflowFile } from '../harness/workflowFile';
import { agencyAt } from '../harness/world';

const example = exampleWorkflow('a-new-hosting-customer.json');

/** Stores the credential that the example creates accounts with. */
export async function createWhmCredential({ n8n, server }: LinkWorld): Promise<StoredCredential> {
	const data = agencyAt(server.address);
	return await n8n.createCredential('cpanelWhmApi', 'cPanel WHM account', data);
}

/** The example for a customer; each has a trigger at an address of its own. */
export function forCustomer(
	{ server }: LinkWorld,
	customer: Record<string, string> = {},
): {
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
		whm: server.whmOrigin,
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

/** Declares what the example does for a customer, wherever its n8n is. */
export function describeANewHostingCustomer(world: () => LinkWorld): void {
	test('a customer gets an account, a mailbox, and a mail with a link that opens it', async () => {
		const { server } = world();
		const { workflow, parameters } = forCustomer(world());
		const [welcome, ...others] = await world().send(
			await world().publish(workflow, [await createWhmCredential(world())], parameters),
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

		expect(await openFromMail(world(), welcome)).toMatchObject({
			status: 200,
			title: 'Webmail - info@nina.example',
		});
		expect(
			server.journal.entries.filter(({ port }) => port === 'whm').map(({ path }) => path),
		).toEqual(expect.arrayContaining(['/json-api/getdomainowner']));
		expect(await leaks(world().n8n, [], world().others)).toEqual([]);
	});
}
