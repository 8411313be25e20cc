import { inspect } from 'node:util';

import { SEED } from '../cpsrvd';
import type { Switches } from '../cpsrvd';
import { runChain } from '../engine/engine';
import type { Chain, ChainRun } from '../engine/engine';
import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';

const cpsrvd = useCpsrvd();

const CONTINUE = 'continueRegularOutput';

async function run(switches: Partial<Switches>, chain: Partial<Chain> = {}): Promise<ChainRun> {
	Object.assign(cpsrvd().switches, switches);
	return await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep()],
		...chain,
	});
}

const email = (name: string) => `${name}@example.com`;
const perItem = (names: string[]) => ({
	items: names.map((name) => ({ name })),
	steps: [sessionStep({ login: typed('={{ $json.name }}') }, CONTINUE)],
});

describe('what stands in front of cPanel', () => {
	test('does not end the logins of a batch as refused', async () => {
		const { output, hints } = await run(
			{ front: 'cdn403', when: ({ port, form }) => port === 'webmail' && form.session !== '' },
			{
				items: Array.from({ length: 5 }, () => ({})),
				steps: [sessionStep(), loginStep({}, CONTINUE)],
			},
		);
		const errors = (output(1) ?? []).map(({ json }) => json.error as string);
		expect(errors).toHaveLength(5);
		expect([...errors, ...hints].join()).not.toMatch(/sign-ins (in a row )?were refused/);
	});
});

describe('a message', () => {
	test('of many mailboxes that are missing is one hint, whatever their Error IDs', async () => {
		const names = Array.from({ length: 10 }, (_, index) => `nobody${index}`);
		const { hints, output } = await run({ missingMailbox: 'errorId' }, perItem(names));
		expect(hints).toEqual([
			'10 of 10 items have no result. Items 0, 1, 2 and 7 more: the mailbox is probably not a mailbox of this account.',
		]);
		expect((output(0) ?? []).map(({ json }) => json.email)).toEqual(names.map(email));
	});

	test('of an earlier node is kept in place of what is empty because of it', async () => {
		const { output } = await run(
			{},
			{ ...perItem(['nobody', 'anna']), steps: [...perItem([]).steps, loginStep({}, CONTINUE)] },
		);
		const [failed, made] = output(0) ?? [];
		expect(output(1)).toMatchObject([
			{ json: { error: failed?.json.error, email: email('nobody') } },
			{ json: { loggedIn: true } },
		]);
		expect(made?.json.error).toBeUndefined();
	});

	test('of n8n’s own carries no parameter along', async () => {
		const password = 'typed-into-the-node';
		const { thrown } = await run(
			{},
			{
				credential: undefined,
				steps: [
					sessionStep({ operation: 'createWebmailSessionForMailUserCheckPassword', password }),
				],
			},
		);
		expect(thrown).toHaveLength(1);
		expect(inspect(thrown[0], { depth: 20, showHidden: true })).not.toContain(password);
		expect(JSON.stringify(thrown[0])).not.toContain(password);
	});
});

describe('an answer that is a burden', () => {
	test('leaves nothing in the output but what the node promises', async () => {
		const data = {
			session: 'alice:x:TAG,0123',
			token: '/cpsess0123456789',
			hostname: null,
			email: 'eve@evil.example',
			error: 'x',
			cookie: 'y',
			deep: { a: [1] },
		};
		const { output } = await run(
			{ jsonText: JSON.stringify({ status: 1, data }) },
			{ steps: [sessionStep({ operation: 'createWebmailSessionForSelf' })] },
		);
		const { json } = output(0)?.[0] ?? { json: {} };
		expect(json).toMatchObject({ session: data.session, token: data.token, hostname: null });
		expect(Object.keys(json)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(email|error|cookie|deep)$/)]),
		);
	});

	test('with a tag inside a tag is plain text in message, description and hints', async () => {
		const words = `<a<b> href="https://evil.example/login">Your n8n session ended. Sign in again</a<b>> \u202Eabc ${SEED.alice.apiToken}`;
		const { output, hints } = await run(
			{ jsonText: JSON.stringify({ status: 0, errors: [words], warnings: [words] }) },
			perItem(['anna', 'ben']),
		);
		const told = [...hints, ...(output(0) ?? []).map(({ json }) => json.error as string)].join();
		expect(told).toContain('n8n session ended');
		expect(told).not.toMatch(/[<>\u202E]|https:|&lt;/);
		expect(told).not.toContain(SEED.alice.apiToken);
	});
});
