import {
	createWhmCredential,
	describeANewHostingCustomer,
	forCustomer,
} from '../examples/aNewHostingCustomer';
import { useLinkWorld } from '../harness/linkWorld';
import type { StoredCredential } from '../harness/workflowFile';

const world = useLinkWorld();

describeANewHostingCustomer(world);

let whmApi: StoredCredential;

beforeAll(async () => {
	whmApi = await createWhmCredential(world());
});

/** Runs the example for a customer. */
async function run(customer: Record<string, string> = {}) {
	const { workflow, parameters } = forCustomer(world(), customer);
	return await world().n8n.run(await world().publish(workflow, [whmApi], parameters));
}

test.each([
	['an account', { username: 'alice' }, /did not create the account alice: .*already has an acc/],
	['a mailbox', { domain: 'nina.example', mailbox: '' }, /did not create the mailbox @nina/],
])('%s that WHM does not create stops the run with its reason', async (_, customer, message) => {
	const execution = await run(customer);

	expect(execution.status).toBe('error');
	expect(execution.error).toMatch(message);
	expect(execution.json('Create the link')).toEqual([]);
});

test('the HTTP Request node sends the token of WHM to no other server', async () => {
	const { server } = world();
	const execution = await run({ whm: server.cpanelOrigin });

	expect(execution.status).toBe('error');
	expect(execution.error).toContain('a different server than the one in the WHM credential');
	expect(server.journal.entries).toEqual([]);
});
