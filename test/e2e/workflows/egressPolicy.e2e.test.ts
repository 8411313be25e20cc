import type { INodeParameters } from 'n8n-workflow';

import { startCpsrvd, type Cpsrvd } from '../../cpsrvd';
import { isAtLeast, prepared } from '../harness/prepared';
import { runSteps, unchosen, type Step } from '../harness/steps';
import { aliceAt, startWorld, type World } from '../harness/world';

const ALLOWED = '127.44.0.1';
const REFUSED = '127.45.0.1';

const session: Step = {
	type: 'n8n-nodes-cpanel-session.cpanelSession',
	parameters: { operation: 'createWebmailSessionForSelf' },
	credentials: unchosen,
};

const login = (parameters: INodeParameters = {}): Step => ({
	type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
	parameters,
});

const { version } = prepared().n8n;
const hasPolicy = isAtLeast(2, 30);
const describePolicy = hasPolicy ? describe : describe.skip;
if (!hasPolicy) process.stdout.write(`n8n ${version} has no egress policy that could be tested.\n`);

describePolicy('where the egress policy of n8n refuses all but one network', () => {
	let world: World;
	let refused: Cpsrvd;

	beforeAll(async () => {
		refused = await startCpsrvd({ address: REFUSED });
		world = await startWorld({
			address: ALLOWED,
			env: {
				N8N_SSRF_PROTECTION_ENABLED: 'true',
				N8N_SSRF_ALLOWED_IP_RANGES: '127.44.0.0/16',
			},
		});
	});

	afterAll(async () => {
		await world?.stop();
		await refused?.stop();
	});

	const blocked = (port: number) => ({
		message: `The network policy of this n8n instance does not allow connections to ${REFUSED}:${port}`,
		description: expect.stringContaining(
			'Ask the administrator of this n8n instance to allow the address',
		),
	});

	test('both nodes work in that network', async () => {
		const execution = await runSteps(world, [session, login()]);

		expect(execution).toMatchObject({ status: 'success', failure: undefined });
		expect(execution.json('Node 2')).toMatchObject([{ loggedIn: true, host: ALLOWED }]);
	});

	test('cPanel Session says that another server is out of reach, and why', async () => {
		const data = { ...aliceAt(REFUSED), allowUnauthorizedCerts: true };
		const elsewhere = await world.n8n.createCredential('cpanelApi', 'Elsewhere', data);

		const execution = await runSteps(world, [session], { credentials: [elsewhere] });

		expect(execution).toMatchObject({ status: 'error', failure: blocked(2083) });
	});

	test('cPanel Webmail Login says so, too', async () => {
		const execution = await runSteps(world, [
			session,
			login({ host: REFUSED, options: { allowUnauthorizedCerts: true } }),
		]);

		expect(execution).toMatchObject({ status: 'error', failure: blocked(2096) });
	});

	test('nothing has reached the other server', () => {
		expect(refused.journal).toMatchObject({ entries: [], connections: 0 });
	});
});
