import { runChain } from '../engine/engine';
import type { Chain, Step } from '../engine/engine';
import { sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';

const cpsrvd = useCpsrvd();

const thousand = Array.from({ length: 1000 }, () => ({ login: 'anna' }));
const session = (parameters = {}, onError: Step['onError'] = 'continueRegularOutput') =>
	sessionStep({ login: typed('={{ $json.login }}'), ...parameters }, onError);

const run = async (chain: Partial<Chain>) =>
	await runChain({ credential: tokenCredential(cpsrvd()), steps: [session()], ...chain });

test('items that have no result are summed up by reason', async () => {
	const logins = ['anna', 'nobody', 'ben', 'nobody', '', 'carol', 'a b'];
	const { hints, output } = await run({ items: logins.map((login) => ({ login })) });

	expect(output(0)).toHaveLength(7);
	expect(hints).toHaveLength(1);
	expect(hints[0]).toMatch(
		/^4 of 7 items have no result\. Items 1, 3: nobody@example\.com is not a mailbox/,
	);
	expect(hints[0]).toMatch(/nobody@example\.com/);
	expect(hints[0]).toMatch(/Item 4: “Mailbox” is empty/);
});

test('a refused credential is told once, with what to do', async () => {
	const { hints } = await run({
		items: thousand,
		credential: tokenCredential(cpsrvd(), { apiToken: 'WRONGTOKEN0123456789' }),
	});
	expect(hints).toEqual([
		expect.stringMatching(
			/^1000 of 1000 items have no result\. Items 0, 1, 2 and 997 more: .+ did not accept/,
		),
		expect.stringMatching(
			/^The batch was stopped, and 999 items were not sent: .+ did not accept the credential \(HTTP 401\)\. Check the user name/,
		),
	]);
	expect(hints.join()).not.toContain('WRONGTOKEN');
});

test('a warning that many items have in common is told once', async () => {
	const { hints, output } = await run({
		items: thousand.slice(0, 100),
		steps: [session({ remoteAddress: '2001:db8::1', options: { maxConcurrency: 20 } })],
	});
	expect(output(0)).toHaveLength(100);
	expect(hints).toEqual([expect.stringMatching(/^Items 0, 1, 2 and 97 more: .+IPv4 only/)]);
});

test('a node that stops on errors says in the error what the hints cannot', async () => {
	const { hints, thrown } = await run({
		items: [{ login: 'anna' }, { login: 'ben' }, { login: 'nobody' }],
		steps: [session({ options: { maxConcurrency: 1 } }, 'stopWorkflow')],
	});
	expect(hints).toEqual([]);
	expect(thrown).toMatchObject([
		{
			description: expect.stringMatching(
				/Check the name.+2 of 3 items were done by then; with “On Error: Continue”/,
			),
		},
	]);
});

test('a version of n8n without hints runs the node all the same', async () => {
	const { hints, output, thrown } = await run({
		items: [{ login: 'anna' }, { login: 'nobody' }],
		steps: [session({ remoteAddress: '2001:db8::1' })],
		without: ['addExecutionHints'],
	});
	expect(thrown).toEqual([]);
	expect(output(0)).toHaveLength(2);
	expect(hints).toEqual([]);
});

test('a large batch whose connections were not kept says so, with what to do', async () => {
	const { hints, output } = await run({ items: thousand.slice(0, 200) });
	expect(output(0)).toHaveLength(200);
	// this engine does not tell its egress policy
	expect(hints).toEqual([
		expect.stringMatching(/^Connections were not kept: for 200 items, .+ Update n8n: .+$/),
	]);
});
