import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as Workflow from 'n8n-workflow';

import type { Busy, JournalEntry } from '../cpsrvd';
import { runChain } from '../engine/engine';
import type { Step } from '../engine/engine';
import {
	ANNA_PASSWORD,
	loginStep,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from './harness/cpanel';
import { duringSleep, usePassingTime } from './harness/passingTime';
import type * as PassingTime from './harness/passingTime';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof PassingTime>('./harness/passingTime')
		.withPassingTime(jest.requireActual<typeof Workflow>('n8n-workflow')),
);

const cpsrvd = useCpsrvd();
usePassingTime();

const forty = Array.from({ length: 40 }, (_, index) => ({
	login: ['anna', 'ben', 'carol'][index % 3] ?? '',
}));

const session = (parameters: INodeParameters = {}, onError?: Step['onError']) =>
	sessionStep({ login: typed('={{ $json.login }}'), ...parameters }, onError);

const withStatus = (status: number): readonly JournalEntry[] =>
	cpsrvd().journal.entries.filter((entry) => entry.status === status);

async function createSessions(items: IDataObject[]): Promise<IDataObject[]> {
	const chain = await runChain({
		items,
		credential: tokenCredential(cpsrvd()),
		steps: [session()],
	});
	cpsrvd().journal.clear();
	return (chain.output(0) ?? []).map(({ json }) => json);
}

describe('a batch that meets a busy server', () => {
	test.each<[string, Busy, number[]]>([
		['429', { status: 429, times: 3 }, [1_000, 2_000, 4_000]],
		['503', { status: 503, times: 3 }, [1_000, 2_000, 4_000]],
		['429 and Retry-After in seconds', { status: 429, times: 2, retryAfter: '7' }, [7_000, 7_000]],
		['503 and Retry-After in seconds', { status: 503, times: 1, retryAfter: '20' }, [20_000]],
		[
			'503 and Retry-After as a date',
			{ status: 503, times: 1, retryAfter: new Date(Date.now() + 3_600_000).toUTCString() },
			[60_000],
		],
		['nonsense in Retry-After', { status: 429, times: 1, retryAfter: 'soon' }, [1_000]],
	])('%s: waits, goes on, and loses nothing', async (_, busy, pauses) => {
		cpsrvd().switches.when = () => cpsrvd().journal.entries.length > 10;
		cpsrvd().switches.busy = { ...busy };
		const chain = await runChain({
			items: forty,
			credential: tokenCredential(cpsrvd()),
			steps: [session({ options: { maxConcurrency: 1 } })],
		});

		expect(chain.output(0)?.map(({ json }) => json.email)).toEqual(
			forty.map(({ login }) => `${login}@example.com`),
		);
		expect(withStatus(200)).toHaveLength(40);
		const { entries } = cpsrvd().journal;
		const waited = entries.flatMap(({ status, at }, index) =>
			status === busy.status ? [(entries[index + 1]?.at ?? NaN) - at] : [],
		);
		// the clock runs with the pauses, and hardly otherwise
		expect(waited.map((pause) => Math.round(pause / 1_000) * 1_000)).toEqual(pauses);
	});

	test('outlasts a restart without wearing out an item', async () => {
		cpsrvd().switches.busy = { status: 503, until: cpsrvd().clock.now() + 20_000 };
		const chain = await runChain({
			items: forty,
			credential: tokenCredential(cpsrvd()),
			steps: [session()],
		});
		expect(chain.output(0)).toHaveLength(40);
		// after 0, 1, 3, 7 and 15 seconds
		expect(withStatus(503)).toHaveLength(5);
	});
});

describe('requests at once', () => {
	test.each([
		[undefined, 32],
		[1, 1],
		[3, 3],
		[100, 100],
	])('with Max Concurrency %s are %i', async (maxConcurrency, most) => {
		// by then, a server that answers at once gets as many requests at once as it may
		cpsrvd().hold.place({ after: 250, until: most });
		const options = maxConcurrency === undefined ? {} : { options: { maxConcurrency } };
		const chain = await runChain({
			items: Array.from({ length: 400 }, () => ({ login: 'anna' })),
			credential: tokenCredential(cpsrvd()),
			steps: [session(options)],
		});

		expect(chain.output(0)).toHaveLength(400);
		expect(chain.mostAtOnce).toBe(most);
		expect(cpsrvd().journal.maxConcurrent).toBe(most);
		expect(chain.credentialReads).toBe(1);
	});
});

describe('a server that is busy for good', () => {
	test.each<[Busy, RegExp]>([
		[
			{ status: 429 },
			/^Given up: .+ is receiving too many requests \(HTTP 429\), 6 times in a row\. n8n sent no further/,
		],
		[
			{ status: 503, retryAfter: '3600' },
			/^Given up: .+ currently unavailable \(HTTP 503\), 6 times in a row\. /,
		],
	])('is asked six times in all, and every item is told why (%o)', async (busy, message) => {
		const started = cpsrvd().clock.now();
		cpsrvd().switches.busy = busy;
		const chain = await runChain({
			items: forty,
			credential: tokenCredential(cpsrvd()),
			steps: [session({}, 'continueRegularOutput')],
		});
		expect(cpsrvd().journal.entries).toHaveLength(6);
		const messages = new Set(chain.output(0)?.map(({ json }) => json.error));
		expect(chain.output(0)).toHaveLength(40);
		expect([...messages]).toEqual([expect.stringMatching(message)]);
		expect(cpsrvd().clock.now() - started).toBeLessThan(6 * 60_000);
	});

	test('while the batch is under way is given up, too', async () => {
		cpsrvd().switches.when = () => cpsrvd().journal.entries.length > 12;
		cpsrvd().switches.busy = { status: 503 };
		const chain = await runChain({
			items: forty,
			credential: tokenCredential(cpsrvd()),
			steps: [session({ options: { maxConcurrency: 5 } }, 'continueRegularOutput')],
		});
		const output = chain.output(0) ?? [];
		expect(output).toHaveLength(40);
		expect(output.filter(({ json }) => json.error === undefined)).toHaveLength(12);
		// five at once at first, then two, then one
		expect(withStatus(503).length).toBeLessThanOrEqual(5 + 2 + 4);
	});

	test('ends a node that stops on errors, and says what was lost with it', async () => {
		cpsrvd().switches.when = () => cpsrvd().journal.entries.length > 12;
		cpsrvd().switches.busy = { status: 503 };
		const { thrown } = await runChain({
			items: forty,
			credential: tokenCredential(cpsrvd()),
			steps: [session()],
		});
		expect(thrown).toMatchObject([
			{
				message: expect.stringMatching(/^Given up: .+ times in a row$/),
				description: expect.stringMatching(/12 of 40 items were done by then/),
			},
		]);
	});
});

test('an item that a server never handles is asked four times, and the others are done', async () => {
	cpsrvd().switches.when = ({ query }) => query.login === 'ben';
	cpsrvd().switches.busy = { status: 503 };
	const chain = await runChain({
		items: [{ login: 'ben' }, { login: 'anna' }, { login: 'carol' }],
		credential: tokenCredential(cpsrvd()),
		steps: [session({}, 'continueRegularOutput')],
	});
	expect(chain.output(0)?.map(({ json }) => json.error ?? json.email)).toEqual([
		expect.stringMatching(/\(HTTP 503\), after 4 attempts\. It may be overloaded/),
		'anna@example.com',
		'carol@example.com',
	]);
	expect(withStatus(503)).toHaveLength(4);
});

test('a wrong credential is still tried once when the server was busy before', async () => {
	cpsrvd().switches.busy = { status: 429, times: 2 };
	await runChain({
		items: forty,
		credential: tokenCredential(cpsrvd(), { apiToken: 'WRONGTOKEN0123456789' }),
		steps: [session({}, 'continueRegularOutput')],
	});
	expect(cpsrvd().journal.entries.map(({ status }) => status)).toEqual([429, 429, 401]);
});

describe('a login that meets a busy server', () => {
	test('is not sent again, as a session works once; the others go on', async () => {
		const items = await createSessions(forty.slice(0, 20));
		cpsrvd().switches.when = () => cpsrvd().journal.entries.length > 5;
		cpsrvd().switches.busy = { status: 503, times: 2, retryAfter: '5' };
		const chain = await runChain({ items, steps: [loginStep({}, 'continueRegularOutput')] });

		const output = chain.output(0) ?? [];
		expect(output).toHaveLength(20);
		const lost = output.filter(({ json }) => json.error !== undefined);
		expect(lost.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(
				/\(HTTP 503\)\. The login was not sent again, because a session works once/,
			),
			expect.stringMatching(/\(HTTP 503\)\. The login was not sent again/),
		]);
		const sessions = cpsrvd().journal.entries.map(({ form }) => form.session);
		expect(sessions).toHaveLength(20);
		expect(new Set(sessions).size).toBe(20);
	});

	test('does not hold up the logins of another server', async () => {
		const good = await createSessions(forty.slice(0, 6));
		const elsewhere = { host: `${cpsrvd().address}:2083`, token: '/cpsess1', session: 'x:y' };
		const atWebmail = () => cpsrvd().journal.entries.filter(({ port }) => port === 'webmail');
		cpsrvd().switches.when = ({ port }) => port === 'cpanel';
		cpsrvd().switches.busy = { status: 503, retryAfter: '60' };
		// the pause of the busy server does not end before the other one has all of its logins
		duringSleep(async () => {
			while (atWebmail().length < good.length) await new Promise(setImmediate);
		});
		const chain = await runChain({
			items: [elsewhere, elsewhere, ...good],
			steps: [loginStep({}, 'continueRegularOutput')],
		});
		expect(chain.output(0)?.map(({ json }) => json.loggedIn === true)).toEqual([
			false,
			false,
			...good.map(() => true),
		]);
		expect(cpsrvd().journal.entries[0]?.port).toBe('cpanel');
	});
});

describe('items that carry secrets of their own', () => {
	/** By then, a server that answers at once gets as many requests at once as it may. */
	const RIGHT = 60;

	/** No more are under way than may be refused before a lock-out. */
	async function expectThreeRefused(step: Step, items: IDataObject[]): Promise<void> {
		cpsrvd().hold.place({ after: RIGHT, until: 3 });
		const chain = await runChain({ items, credential: tokenCredential(cpsrvd()), steps: [step] });
		expect(chain.output(0)?.filter(({ json }) => json.error === undefined)).toHaveLength(RIGHT);
		expect(cpsrvd().journal.entries).toHaveLength(RIGHT + 3);
		expect(chain.output(0)?.at(-1)?.json.error).toMatch(
			/^Not sent: this server refused 3 sign-ins/,
		);
		expect(cpsrvd().locked('127.0.0.1')).toBe(false);
	}

	test('are not sent on after three wrong passwords of mailboxes, however many go at once', async () => {
		const items = Array.from({ length: RIGHT + 20 }, (_, index) => ({
			password: index < RIGHT ? ANNA_PASSWORD : 'wrong',
		}));
		const step = session(
			{
				operation: 'createWebmailSessionForMailUserCheckPassword',
				login: typed('anna'),
				password: '={{ $json.password }}',
			},
			'continueRegularOutput',
		);
		await expectThreeRefused(step, items);
	});

	test('are not sent on after three sessions that are over, however many go at once', async () => {
		const chain = await runChain({
			items: Array.from({ length: RIGHT }, () => ({})),
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({ operation: 'createWebmailSessionForSelf' }), loginStep()],
		});
		cpsrvd().journal.clear();
		const right = (chain.output(1) ?? []).map(({ json }) => json);
		const stale = { ...right[0], cookie: 'webmailsession=alice%3astale' };
		const step = session(
			{ operation: 'createTempUser', sessionSource: 'existing' },
			'continueRegularOutput',
		);
		await expectThreeRefused(step, [...right, ...Array.from({ length: 20 }, () => stale)]);
	});
});

describe('a temporary user that meets a busy server', () => {
	test.each([
		['the creation of its session', /create_webmail_session_for_self/],
		['the login', /\/login$/],
		['the call in the session', /create_temp_user/],
	])('at %s is made in a new session: no session is logged in to twice', async (_, path) => {
		cpsrvd().switches.when = (entry) => path.test(entry.path);
		cpsrvd().switches.busy = { status: 503, times: 1 };
		const chain = await runChain({
			items: [{}, {}],
			credential: tokenCredential(cpsrvd()),
			steps: [session({ operation: 'createTempUser' })],
		});
		expect(chain.output(0)?.map(({ json }) => json.created)).toEqual([1, 1]);
		expect(withStatus(503)).toHaveLength(1);
		const logins = cpsrvd().journal.entries.flatMap(({ form }) => form.session ?? []);
		expect(new Set(logins).size).toBe(logins.length);
	});
});

test('Stop ends a pause for a busy server: nothing more is sent', async () => {
	cpsrvd().switches.busy = { status: 503 };
	const stopWhen = new Promise<void>((resolve) => {
		duringSleep(async () => {
			resolve();
			await new Promise(() => {});
		});
	});
	const chain = await runChain({
		items: forty,
		credential: tokenCredential(cpsrvd()),
		steps: [session({}, 'continueRegularOutput')],
		stopWhen,
	});

	await chain.ended;
	expect(cpsrvd().journal.entries).toHaveLength(1);
});
