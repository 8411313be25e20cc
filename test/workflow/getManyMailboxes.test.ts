import type { INodeParameters } from 'n8n-workflow';

import { SEED } from '../cpsrvd';
import { runChain } from '../engine/engine';
import type { Chain } from '../engine/engine';
import { sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';
import { EVERY_WAY, runChainBy, whmCredential } from './harness/ways';

const cpsrvd = useCpsrvd();

const getMany = (parameters: INodeParameters = {}) =>
	sessionStep({ operation: 'getManyMailboxes', domain: typed(''), ...parameters });

const run = async (parameters: INodeParameters = {}, chain: Partial<Chain> = {}) =>
	await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [getMany(parameters)],
		...chain,
	});

const ALL = Object.keys(SEED.alice.mailboxes).sort();

describe.each(EVERY_WAY)('with %s', (_, way) => {
	test('all mailboxes come, one item each, and suspended ones are marked', async () => {
		way.prepare?.(cpsrvd());
		const step = getMany({ returnAll: true, domain: typed('example.com') });
		const chain = await runChainBy(way, cpsrvd(), { steps: [step] });
		expect(chain.thrown).toEqual([]);
		const output = chain.output(0) ?? [];
		expect(output.map(({ json }) => json.email)).toEqual(
			ALL.filter((email) => email.endsWith('@example.com')),
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(output.map(() => ({ item: 0 })));
		const of = (email: string) => output.find(({ json }) => json.email === email)?.json;
		expect(of('anna@example.com')).toEqual({
			email: 'anna@example.com',
			login: 'anna',
			domain: 'example.com',
			suspended: false,
		});
		expect(of('dora@example.com')?.suspended).toBe(true);
	});
});

test('those of all domains come where none is named', async () => {
	const chain = await run({ returnAll: true });
	expect(chain.output(0)?.map(({ json }) => json.email)).toEqual(ALL);
});

test('those of each item’s domain come, paired with it', async () => {
	const chain = await run(
		{ returnAll: true, domain: typed('={{ $json.domain }}') },
		{ items: [{ domain: 'shop.example.com' }, { domain: ' Example.COM ' }] },
	);
	const output = chain.output(0) ?? [];
	for (const { json, pairedItem } of output) {
		const item = json.domain === 'shop.example.com' ? 0 : 1;
		expect(pairedItem).toEqual({ item });
	}
	expect(new Set(output.map(({ json }) => json.email))).toEqual(
		new Set(ALL.filter((email) => /@(shop\.)?example\.com$/.test(email))),
	);
});

describe('with WHM', () => {
	const whm = async (parameters: INodeParameters) =>
		await run(
			{ authentication: 'whm', returnAll: true, ...parameters },
			{ credential: whmCredential(cpsrvd()), credentialType: 'cpanelWhmApi' },
		);

	test('an account is enough', async () => {
		const chain = await whm({ account: typed('alice') });
		expect(chain.output(0)?.map(({ json }) => json.email)).toEqual(ALL);
	});

	test('a domain is enough', async () => {
		const chain = await whm({ account: typed(''), domain: typed('shop.example.com') });
		expect(chain.output(0)?.map(({ json }) => json.domain)).toContain('shop.example.com');
	});

	test('one of the two is needed, and nothing is sent without', async () => {
		const chain = await whm({ account: typed('') });
		expect(chain.thrown).toMatchObject([
			{ message: expect.stringContaining('“cPanel Account” is empty') },
		]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});
});

test('what it returns makes a link for everybody', async () => {
	const chain = await run(
		{},
		{
			steps: [
				getMany({ domain: typed('shop.example.com') }),
				sessionStep({ domain: typed(''), login: typed('={{ $json.email }}') }),
			],
		},
	);
	expect(chain.thrown).toEqual([]);
	const emails = chain.output(0)?.map(({ json }) => json.email);
	expect(emails).not.toEqual([]);
	expect(chain.output(1)?.map(({ json }) => json.email)).toEqual(emails);
});
