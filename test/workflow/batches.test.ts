import type { Step } from '../engine/engine';
import { runChain } from '../engine/engine';
import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';

const cpsrvd = useCpsrvd();

const twentyWithOneBad = Array.from({ length: 20 }, (_, index) => ({
	login: index === 7 ? 'nobody' : (['anna', 'ben', 'carol'][index % 3] ?? ''),
}));

const session = (onError?: Step['onError'], parameters = {}) =>
	sessionStep({ login: typed('={{ $json.login }}'), ...parameters }, onError);

describe('twenty items with one bad one', () => {
	test('leave nineteen sessions and one message, in order and paired', async () => {
		const chain = await runChain({
			items: twentyWithOneBad,
			credential: tokenCredential(cpsrvd()),
			steps: [session('continueRegularOutput')],
		});

		const output = chain.output(0) ?? [];
		expect(output).toHaveLength(20);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			twentyWithOneBad.map((_, item) => ({ item })),
		);
		for (const [index, { json }] of output.entries()) {
			if (index === 7) {
				expect(json).toEqual({
					email: 'nobody@example.com',
					error: expect.stringMatching(
						/^nobody@example\.com is not a mailbox of this account\. Check the name and domain/,
					),
				});
			} else {
				expect(json.email).toBe(`${twentyWithOneBad[index]?.login}@example.com`);
			}
		}
	});

	test('go their separate ways with an error output', async () => {
		const chain = await runChain({
			items: twentyWithOneBad,
			credential: tokenCredential(cpsrvd()),
			steps: [session('continueErrorOutput')],
		});

		expect(chain.output(0)).toHaveLength(19);
		expect(chain.output(0, 1)).toMatchObject([
			{ json: { login: 'nobody', error: expect.stringContaining('nobody@example.com') } },
		]);
	});

	test('end with the item by its number when the node stops on errors', async () => {
		const { thrown, output } = await runChain({
			items: twentyWithOneBad,
			credential: tokenCredential(cpsrvd()),
			steps: [session(undefined, { options: { maxConcurrency: 1 } })],
		});

		expect(thrown).toMatchObject([
			{
				message: expect.stringContaining('nobody@example.com'),
				description: expect.stringContaining('must exist in the cPanel account'),
				context: { itemIndex: 7 },
			},
		]);
		expect(output(0)).toBeUndefined();
		// nothing more is begun
		expect(cpsrvd().journal.entries).toHaveLength(8);
	});
});

describe('fifty items with a refused credential', () => {
	const fifty = Array.from({ length: 50 }, () => ({ login: 'anna' }));
	test('that denies access sends one request and tells every item why', async () => {
		cpsrvd().switches.executeStatus = 403;
		const chain = await runChain({
			items: fifty,
			credential: tokenCredential(cpsrvd()),
			steps: [session('continueRegularOutput')],
		});
		expect(cpsrvd().journal.entries).toHaveLength(1);
		const told = chain.output(0)?.map(({ json }) => json.error);
		expect(told).toEqual(Array(50).fill(expect.stringMatching(/denies access/)));
	});

	test('and an unreadable credential tells every item why, and sends nothing', async () => {
		const chain = await runChain({
			items: fifty,
			credential: tokenCredential(cpsrvd(), { server: 'http://127.0.0.1' }),
			steps: [session('continueErrorOutput')],
		});
		expect(chain.output(0)).toEqual([]);
		expect(chain.output(0, 1)).toHaveLength(50);
		expect(cpsrvd().journal.entries).toEqual([]);
	});
});

test('a credential that is revoked on the way stops the batch', async () => {
	cpsrvd().switches.when = () => cpsrvd().journal.entries.length > 10;
	cpsrvd().switches.executeStatus = 403;
	const chain = await runChain({
		items: Array.from({ length: 50 }, () => ({ login: 'anna' })),
		credential: tokenCredential(cpsrvd()),
		steps: [session('continueRegularOutput', { options: { maxConcurrency: 3 } })],
	});

	const output = chain.output(0) ?? [];
	expect(output).toHaveLength(50);
	expect(output.filter(({ json }) => json.error === undefined)).toHaveLength(10);
	// three were under way at the most when the first was refused
	expect(
		cpsrvd().journal.entries.filter(({ status }) => status === 403).length,
	).toBeLessThanOrEqual(3);
});

test('requests are one until the credential was accepted', async () => {
	// by then, any others would have come
	cpsrvd().switches.delay = 30;
	await runChain({
		items: Array.from({ length: 30 }, () => ({ login: 'anna' })),
		credential: tokenCredential(cpsrvd()),
		steps: [session()],
	});
	const [first, second] = cpsrvd().journal.entries;
	expect(second?.at).toBeGreaterThanOrEqual(first?.endedAt ?? NaN);
});

describe('secrets of the items', () => {
	test('one used session among twenty leaves nineteen logins', async () => {
		const credential = tokenCredential(cpsrvd());
		const created = await runChain({
			items: Array.from({ length: 20 }, () => ({ login: 'ben' })),
			credential,
			steps: [session()],
		});
		const sessions = (created.output(0) ?? []).map(({ json }) => json);
		await runChain({ items: sessions.slice(4, 5), steps: [loginStep()] });

		const chain = await runChain({
			items: sessions,
			steps: [loginStep({}, 'continueRegularOutput')],
		});

		const output = chain.output(0) ?? [];
		expect(output).toHaveLength(20);
		expect(output.flatMap(({ json }, index) => (json.error === undefined ? [] : [index]))).toEqual([
			4,
		]);
		expect(output[4]?.json.error).toMatch(/already used/);
	});

	test('stale sessions of one server do not stop the logins of another', async () => {
		const created = await runChain({
			items: [{ login: 'anna' }, { login: 'ben' }],
			credential: tokenCredential(cpsrvd()),
			steps: [session()],
		});
		const good = (created.output(0) ?? []).map(({ json }) => json);
		const elsewhere = { host: `${cpsrvd().address}:2083`, token: '/cpsess1' };
		const stale = Array.from({ length: 6 }, (_, index) => ({
			...elsewhere,
			session: `stale:${index}`,
		}));
		const chain = await runChain({
			items: [...stale, ...good],
			steps: [loginStep({}, 'continueRegularOutput')],
		});
		expect(chain.output(0)?.map(({ json }) => json.loggedIn === true)).toEqual([
			...stale.map(() => false),
			...good.map(() => true),
		]);
	});
});

test('Stop ends a batch: what is under way ends, and nothing more is sent', async () => {
	const { hold, journal } = cpsrvd();
	hold.place({ after: 1 });
	const chain = await runChain({
		items: Array.from({ length: 200 }, () => ({ login: 'anna' })),
		credential: tokenCredential(cpsrvd()),
		steps: [session('continueRegularOutput', { options: { maxConcurrency: 2 } })],
		stopWhen: hold.holds(2),
	});

	await chain.ended;
	expect(journal.entries.map(({ status }) => status)).toEqual([200, 0, 0]);
});
