/*
 * What is built is the code that the other tests are about; here it shows that it works in an engine: that all
 * of it is found, and that each thing which the engine has a hand in goes through.
 */
import type { INodeType, INodePropertyOptions } from 'n8n-workflow';

import { LINK_SECRET } from '../../contract/accessLinks/links';
import { runChain } from '../../engine/engine';
import type { Step } from '../../engine/engine';
import { loadPackage } from '../../engine/nodeTypes';
import { look, press, useTriggers } from '../harness/accessLinks';
import {
	ANNA_PASSWORD,
	loginStep,
	passwordCredential,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from '../harness/cpanel';
import { pressTest } from '../harness/credentialTest';
import { listAt } from '../harness/listSearch';
import { TWO_WAYS, runChainBy, whmCredential } from '../harness/ways';

const cpsrvd = useCpsrvd();
const publish = useTriggers(cpsrvd);

/** Each operation of each node, and what its output has. */
const operations: Record<string, Record<string, { steps: Step[]; output: object }>> = {
	cpanelSession: {
		createWebmailSessionForMailUser: {
			steps: [sessionStep()],
			output: { email: 'anna@example.com', token: expect.stringMatching(/^\/cpsess/) },
		},
		createWebmailSessionForMailUserCheckPassword: {
			steps: [
				sessionStep({
					operation: 'createWebmailSessionForMailUserCheckPassword',
					password: ANNA_PASSWORD,
				}),
			],
			output: { email: 'anna@example.com' },
		},
		createWebmailSessionForSelf: {
			steps: [sessionStep({ operation: 'createWebmailSessionForSelf' })],
			output: { session: expect.stringMatching(/^alice:/) },
		},
		getManyMailboxes: {
			steps: [sessionStep({ operation: 'getManyMailboxes', limit: 1 })],
			output: { email: 'anna@example.com', login: 'anna', suspended: false },
		},
		createTempUser: {
			steps: [sessionStep({ operation: 'createTempUser' })],
			output: { created: 1, session_temp_user: expect.stringMatching(/^cpses_/) },
		},
	},
	cpanelWebmailLogin: {
		logIn: {
			steps: [sessionStep(), loginStep()],
			output: { loggedIn: true, cookie: expect.stringContaining('webmailsession=') },
		},
		createLink: {
			steps: [sessionStep(), loginStep({ operation: 'createLink' })],
			output: { url: expect.stringContaining('/login/?session=') },
		},
		createPage: {
			steps: [sessionStep(), loginStep({ operation: 'createPage' })],
			output: { html: expect.stringContaining('<form') },
		},
	},
};

function operationsOf({ description }: INodeType): string[] {
	const options = description.properties.find(({ name }) => name === 'operation')?.options ?? [];
	return (options as INodePropertyOptions[]).map(({ value }) => String(value));
}

const all = Object.entries(operations).flatMap(([node, each]) =>
	Object.entries(each).map(([operation, smoke]) => [node, operation, smoke] as const),
);

test.each(Object.keys(operations))('%s is loaded, and this list has all it does', async (name) => {
	const node = (await loadPackage()).nodes.get(name);
	const withOwnTest = name === 'cpanelWebmailLogin' ? ['createAccessLink'] : [];
	const listed = [...Object.keys(operations[name] ?? {}), ...withOwnTest];
	expect(node && operationsOf(node).sort()).toEqual(listed.sort());
});

describe.each(TWO_WAYS)('with %s', (_, way) => {
	test.each(all)('%s does %s', async (_node, _operation, { steps, output }) => {
		const chain = await runChainBy(way, cpsrvd(), { steps });
		expect(chain.thrown).toEqual([]);
		expect(chain.output(steps.length - 1)).toEqual([
			expect.objectContaining({ json: expect.objectContaining(output), pairedItem: { item: 0 } }),
		]);
	});
});

test('an access link is made, and opens the mailbox for who presses its button', async () => {
	const cpanelAccessLinkApi = { address: 'https://n8n.example.com/webhook/x', secret: LINK_SECRET };
	const { output } = await runChain({
		items: [{ email: 'anna@example.com' }],
		credential: cpanelAccessLinkApi,
		credentialType: 'cpanelAccessLinkApi',
		steps: [{ type: 'cpanelWebmailLogin', parameters: { operation: 'createAccessLink' } }],
	});
	const token = new URL(output(0)?.[0]?.json.url as string).searchParams.get('t') ?? '';

	const trigger = await publish({ cpanelAccessLinkApi });
	expect((await look(trigger, token)).status).toBe(200);
	expect(trigger.executions).toEqual([]);
	const { status, headers } = await press(trigger, token);
	expect(status).toBe(303);
	expect(headers.get('location')).toContain(`${cpsrvd().webmailOrigin}/cpsess`);
	expect(trigger.executions).toMatchObject([
		[[{ event: 'opened', email: 'anna@example.com' }], []],
	]);
});

test.each([
	['a cPanel credential', 'cpanelApi', () => tokenCredential(cpsrvd())],
	['a password', 'cpanelApi', () => passwordCredential(cpsrvd())],
	['a WHM credential', 'cpanelWhmApi', () => whmCredential(cpsrvd())],
] as const)('the Test button is green for %s, and red for a wrong one', async (_, type, right) => {
	expect(await pressTest(right(), type)).toMatchObject({ status: 'OK' });
	const wrong = { ...right(), apiToken: 'WRONG', password: 'wrong' };
	expect((await pressTest(wrong, type)).status).toBe('Error');
});

test.each([
	['searchDomains', 'shop.example.com', {}],
	['searchMailboxes', 'anna', { domain: typed('example.com') }],
	['searchLocales', 'de', {}],
] as const)('%s lists what there is', async (search, value, parameters) => {
	const { results } = await listAt(cpsrvd(), search, { parameters });
	expect(results.map((result) => result.value)).toContain(value);
});

test('searchAccounts lists what there is', async () => {
	const { results } = await listAt(cpsrvd(), 'searchAccounts', {
		credential: whmCredential(cpsrvd()),
		credentialType: 'cpanelWhmApi',
		parameters: { authentication: 'whm' },
	});
	expect(results).toEqual([{ name: 'alice (example.com)', value: 'alice' }]);
});

describe('a batch with an item that fails', () => {
	const items = ['anna', 'nobody', 'ben'].map((login) => ({ login }));
	const run = async (onError?: Step['onError']) =>
		await runChain({
			items,
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({ login: typed('={{ $json.login }}') }, onError)],
		});
	const told = expect.stringContaining('nobody@example.com');

	test('stops the node, with the item and what to do', async () => {
		const { thrown, run: result } = await run();
		expect(thrown).toMatchObject([
			{ message: told, description: expect.stringContaining('must exist in the cPanel account') },
		]);
		expect(result.data.resultData.error?.message).toBe(thrown[0]?.message);
	});

	test('goes on, with its message in its place and a hint above the output', async () => {
		const { output, hints } = await run('continueRegularOutput');
		expect(output(0)?.map(({ json }) => json.error ?? json.email)).toEqual([
			'anna@example.com',
			told,
			'ben@example.com',
		]);
		expect(hints).toEqual([expect.stringMatching(/^1 of 3 items have no result/)]);
	});

	test('goes on, with its message in an output of its own', async () => {
		const { output } = await run('continueErrorOutput');
		expect(output(0)).toHaveLength(2);
		expect(output(0, 1)).toMatchObject([{ json: { login: 'nobody', error: told } }]);
	});
});

test('a batch ends with Stop', async () => {
	cpsrvd().hold.place({ after: 1 });
	const { ended } = await runChain({
		items: Array.from({ length: 20 }, () => ({})),
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ options: { maxConcurrency: 2 } })],
		stopWhen: cpsrvd().hold.holds(2),
	});
	await ended;
	expect(cpsrvd().journal.entries.map(({ status }) => status)).toEqual([200, 0, 0]);
});
