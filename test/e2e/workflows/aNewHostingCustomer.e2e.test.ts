import { codeOf, SEED } from '../../cpsrvd';
import {
	createWhmCredential,
	describeANewHostingCustomer,
	forCustomer,
} from '../examples/aNewHostingCustomer';
import { useLinkWorld } from '../harness/linkWorld';
import { pressTest } from '../harness/pressTest';
import type { StoredCredential } from '../harness/workflowFile';
import { agencyAt, aliceAt } from '../harness/world';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';

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

/** What a test asks for, to see which account answers. */
const ASKED = '/execute/Variables/get_user_information';

describe('the Test button', () => {
	test.each([
		['OK', {}, 200],
		['Error', { apiToken: 'WRONGTOKEN0123456789' }, 403],
	])('of WHM says %s, after one request', async (status, changes, answered) => {
		expect(
			await pressTest(world().n8n, 'cpanelWhmApi', {
				...agencyAt(world().server.address),
				...changes,
			}),
		).toMatchObject({
			status,
		});
		expect(world().server.journal.entries).toMatchObject([{ port: 'whm', status: answered }]);
	});

	test.each([
		['OK', {}, ['/login/', ASKED, '/logout/']],
		['Error', { password: 'wrong' }, ['/login/']],
		// the right password opens a session, and cPanel asks it for the code
		['Error', { totpSecret: '' }, ['/login/', ASKED, '/logout/']],
	])('of a session says %s, after one sign-in', async (status, changes, asked) => {
		const { server } = world();
		server.addAccount({ ...SEED.alice, totpSecret: TOTP_SECRET });
		const session = {
			authentication: 'session',
			password: SEED.alice.password,
			totpSecret: TOTP_SECRET,
		};
		const data = { ...aliceAt(server.address), ...session, ...changes };
		expect(await pressTest(world().n8n, 'cpanelApi', data)).toMatchObject({ status });
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
	const { server } = world();
	const execution = await run({ whm: server.cpanelOrigin });

	expect(execution.status).toBe('error');
	expect(execution.error).toContain('another server than the one in the WHM credential');
	expect(server.journal.entries).toEqual([]);
});
