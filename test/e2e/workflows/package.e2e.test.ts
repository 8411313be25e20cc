import type { INodeParameters } from 'n8n-workflow';

import { SEED } from '../../cpsrvd';
import { listCredentialTypes, listNodeTypes } from '../harness/nodeTypes';
import { isAtLeast } from '../harness/prepared';
import { leaks } from '../harness/secrets';
import { runSteps, unchosen } from '../harness/steps';
import { startWorld, type World } from '../harness/world';

const ITEMS = 12;

let world: World;

beforeAll(async () => {
	world = await startWorld();
});

beforeEach(() => world.server.reset());

afterAll(async () => {
	await world?.stop();
});

const PREDEFINED: INodeParameters = {
	authentication: 'predefinedCredentialType',
	nodeCredentialType: 'cpanelApi',
};

describe('what n8n lists', () => {
	test.each([
		['cpanelSession', 'cPanel Session', ['cpanelApi', 'cpanelWhmApi']],
		['cpanelWebmailLogin', 'cPanel Webmail Login', ['cpanelAccessLinkApi']],
		[
			'cpanelWebmailLoginTrigger',
			'cPanel Webmail Login Trigger',
			['cpanelApi', 'cpanelWhmApi', 'cpanelAccessLinkApi'],
		],
	])('the node %s, with its codex and its icon', async (name, displayName, credentials) => {
		const node = (await listNodeTypes(world.n8n)).find(
			(each) => each.name === `n8n-nodes-cpanel-session.${name}`,
		);
		expect(node).toMatchObject({
			displayName,
			codex: {
				categories: ['Communication', 'Utility'],
				alias: expect.arrayContaining(['cpanel', 'webmail']),
				resources: { primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }] },
			},
		});
		expect((node?.credentials ?? []).map((credential) => credential.name)).toEqual(credentials);
		for (const icon of Object.values(node?.iconUrl ?? {})) {
			const response = await fetch(`${world.n8n.origin}/${icon}`);
			expect(response.status).toBe(200);
			expect(await response.text()).toContain('<svg');
		}
	});

	test.each([
		['cpanelApi', 'cPanel API'],
		['cpanelWhmApi', 'cPanel WHM API'],
	])('the credential %s, for its node and for the HTTP Request node', async (name, displayName) => {
		const credential = (await listCredentialTypes(world.n8n)).find((each) => each.name === name);
		expect(credential).toMatchObject({
			displayName,
			documentationUrl: expect.stringMatching(/^https:/),
			supportedNodes: expect.arrayContaining([
				'n8n-nodes-cpanel-session.cpanelSession',
				'n8n-nodes-cpanel-session.cpanelWebmailLoginTrigger',
			]),
			authenticate: {},
		});
	});
});

test('the HTTP Request node signs in with the credential', async () => {
	const execution = await runSteps(world, [
		{
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				...PREDEFINED,
				url: `${world.server.cpanelOrigin}/execute/Variables/get_user_information?name=user`,
			},
			credentials: unchosen,
		},
	]);

	expect(execution).toMatchObject({ status: 'success', error: undefined });
	expect(execution.json('Node 1')).toEqual([
		expect.objectContaining({ status: 1, data: { user: SEED.alice.user } }),
	]);
	expect(await leaks(world.n8n)).toEqual([]);
});

test('a batch keeps its connections where n8n and undici allow it', async () => {
	const execution = await runSteps(
		world,
		[
			{
				type: 'n8n-nodes-cpanel-session.cpanelSession',
				parameters: {
					domain: { __rl: true, mode: 'name', value: 'example.com' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
				},
				credentials: unchosen,
			},
		],
		{ items: Array.from({ length: ITEMS }, () => ({ mailbox: 'anna' })) },
	);

	expect(execution).toMatchObject({ status: 'success', error: undefined });
	expect(execution.json('Node 1')).toHaveLength(ITEMS);
	const { entries, connections, maxConcurrent } = world.server.journal;
	expect(entries).toHaveLength(ITEMS);
	expect(maxConcurrent).toBeLessThanOrEqual(5);
	const keeps = isAtLeast(2, 30) && globalThis.INSTALLATION !== 'without undici';
	const { connection } = entries[0]?.headers ?? {};
	process.stdout.write(
		`n8n ${world.n8n.version}, installed ${globalThis.INSTALLATION}: ${ITEMS} requests over ` +
			`${connections} connections, by ${connection === 'keep-alive' ? 'undici' : 'the helper of n8n'}\n`,
	);
	expect(connection).toBe(keeps ? 'keep-alive' : 'close');
	// the batch begins with five requests at once, and each has its connection
	if (keeps) expect(connections).toBeLessThan(ITEMS);
	else expect(connections).toBe(ITEMS);
});
