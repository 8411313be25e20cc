import type { IDataObject } from 'n8n-workflow';

import { SEED } from '../../cpsrvd';
import type { JournalEntry, Switches } from '../../cpsrvd';
import { runChain } from '../../engine/engine';
import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from '../harness/cpanel';

const cpsrvd = useCpsrvd();

interface World {
	switches: Partial<Switches>;
	/** How many of twenty logins may be lost, as a login is never sent again. */
	lostLogins: number;
}

/** Servers that do not keep connections, or not for long. */
const worlds: Record<string, World> = {
	'closes each connection after its answer': {
		switches: { connectionClose: 1 },
		lostLogins: 0,
	},
	'closes a connection now and then': {
		switches: { connectionClose: 7 },
		lostLogins: 0,
	},
	'takes three requests on a connection, and says so': {
		switches: { keepAliveMax: 3 },
		lostLogins: 0,
	},
	'keeps a connection for a second, and says so': {
		switches: { keepAliveTimeout: 1_000 },
		lostLogins: 0,
	},
	// the end of the connection and the next request may cross
	'takes three requests on a connection without a word': {
		switches: { keepAliveMax: 3, keepAliveSilent: true },
		lostLogins: 3,
	},
	'closes a connection after each answer without a word': {
		switches: { keepAliveMax: 1, keepAliveSilent: true },
		lostLogins: 3,
	},
	'closes idle connections at once without a word': {
		switches: { keepAliveTimeout: 1, keepAliveSilent: true },
		lostLogins: 3,
	},
	'breaks off three kept connections as the next request arrives': {
		switches: { resetKeptConnection: 3 },
		lostLogins: 3,
	},
	'breaks off every kept connection as the next request arrives': {
		switches: { resetKeptConnection: Infinity },
		lostLogins: 3,
	},
};

const people = Array.from({ length: 30 }, (_, index) => ({ login: `person${index}` }));

beforeEach(() => {
	const mailbox = SEED.alice.mailboxes['anna@example.com'];
	cpsrvd().addAccount({
		...SEED.alice,
		mailboxes: Object.fromEntries(
			people.map(({ login }) => [`${login}@example.com`, { ...mailbox }]),
		),
	});
});

const session = () => sessionStep({ login: typed('={{ $json.login }}') }, 'continueRegularOutput');

/** The requests by what each of them is about. */
function requestsBy(key: (entry: JournalEntry) => string | undefined): JournalEntry[][] {
	const groups = new Map<string, JournalEntry[]>();
	for (const entry of cpsrvd().journal.entries) {
		const name = key(entry) ?? '';
		groups.set(name, [...(groups.get(name) ?? []), entry]);
	}
	return [...groups.values()];
}

async function createSessions(count: number): Promise<IDataObject[]> {
	const chain = await runChain({
		items: people.slice(0, count),
		credential: tokenCredential(cpsrvd()),
		steps: [session()],
	});
	cpsrvd().journal.clear();
	return (chain.output(0) ?? []).map(({ json }) => json);
}

describe.each(Object.entries(worlds))('a server that %s', (_, { switches, lostLogins }) => {
	test('gives every item its session, with one resend at the most', async () => {
		Object.assign(cpsrvd().switches, switches);
		const chain = await runChain({
			items: people,
			credential: tokenCredential(cpsrvd()),
			steps: [session()],
		});

		expect(chain.output(0)?.map(({ json }) => json.email ?? json.error)).toEqual(
			people.map(({ login }) => `${login}@example.com`),
		);
		const requests = requestsBy(({ query }) => query.login);
		expect(requests).toHaveLength(people.length);
		for (const sent of requests) {
			expect(sent.length).toBeLessThanOrEqual(2);
			expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
		}
		expect([...cpsrvd().state.sessions]).toHaveLength(people.length);
	});

	test('gets every login once, and each item is accounted for', async () => {
		const items = await createSessions(20);
		Object.assign(cpsrvd().switches, switches);
		const chain = await runChain({ items, steps: [loginStep({}, 'continueRegularOutput')] });

		const output = chain.output(0) ?? [];
		const lost = output.filter(({ json }) => json.loggedIn !== true);
		expect(output).toHaveLength(20);
		expect(lost.length).toBeLessThanOrEqual(lostLogins);
		for (const { json } of lost)
			expect(json.error).toMatch(/closed before the response was complete/);
		for (const sent of requestsBy(({ form }) => form.session)) expect(sent).toHaveLength(1);
	});

	test('lets somebody in through both nodes', async () => {
		Object.assign(cpsrvd().switches, switches);
		const chain = await runChain({
			items: people.slice(0, 3),
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep({ login: typed('={{ $json.login }}') }),
				loginStep({}, 'continueRegularOutput'),
			],
		});
		expect(chain.output(0)).toHaveLength(3);
		expect(chain.output(1)).toHaveLength(3);
		expect(chain.output(1)?.[0]?.json).toMatchObject({ loggedIn: true });
	});
});

test('a server that does everything at once that is awkward gives every item its session once', async () => {
	const { journal, switches } = cpsrvd();
	Object.assign(switches, { workers: 10, serviceTime: 1 });
	const moods: Array<[after: number, mood: Partial<Switches>]> = [
		[60, { busy: { status: 429, times: 2, retryAfter: '1' } }],
		[120, { resetKeptConnection: 3 }],
		[180, { workers: 5 }],
		[210, { busy: { status: 503, times: 2 } }],
		[240, { connectionClose: 9 }],
	];
	switches.when = () => {
		while (journal.entries.length >= (moods[0]?.[0] ?? Infinity)) {
			Object.assign(switches, moods.shift()?.[1]);
		}
		return true;
	};
	const items = Array.from({ length: 300 }, (_, index) => ({ login: `person${index % 30}` }));
	const chain = await runChain({
		items,
		credential: tokenCredential(cpsrvd()),
		steps: [session()],
	});

	expect(moods).toEqual([]);
	expect(chain.output(0)?.map(({ json }) => json.email ?? json.error)).toEqual(
		items.map(({ login }) => `${login}@example.com`),
	);
	const sessions = (chain.output(0) ?? []).map(({ json }) => json.session);
	expect(new Set(sessions).size).toBe(300);
	expect([...cpsrvd().state.sessions]).toHaveLength(300);
	expect(journal.entries.filter(({ status }) => status === 200)).toHaveLength(300);
});

test('a kept connection that is broken off costs the logins that were under way', async () => {
	const items = await createSessions(20);
	cpsrvd().switches.resetKeptConnection = Infinity;
	const chain = await runChain({ items, steps: [loginStep({}, 'continueRegularOutput')] });

	const lost = (chain.output(0) ?? []).filter(({ json }) => json.error !== undefined);
	const brokenOff = cpsrvd().journal.entries.filter(({ status }) => status === 0);
	expect(brokenOff).toHaveLength(lost.length);
	// from the first loss on, each login gets a connection of its own
	expect(lost.length).toBeGreaterThanOrEqual(1);
	expect(lost.length).toBeLessThanOrEqual(3);
});

describe('the connections of a batch', () => {
	test('are as many as requests at once', async () => {
		await runChain({
			items: people,
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({ login: typed('={{ $json.login }}'), options: { maxConcurrency: 5 } })],
		});
		expect(cpsrvd().journal.connections).toBeLessThanOrEqual(5);
	});

	test('are not kept where there is a single item, which would only wait for undici to load', async () => {
		const step = sessionStep({ operation: 'createTempUser', sessionSource: 'new' });
		await runChain({ credential: tokenCredential(cpsrvd()), steps: [step] });
		const { entries, connections } = cpsrvd().journal;
		expect([entries.length, connections]).toEqual([3, 3]);
	});

	test('lose no item when they die: it is sent once more', async () => {
		cpsrvd().switches.resetKeptConnection = 2;
		const chain = await runChain({
			items: people,
			credential: tokenCredential(cpsrvd()),
			steps: [session()],
		});
		expect(chain.output(0)).toHaveLength(30);
		expect(cpsrvd().journal.entries).toHaveLength(32);
	});
});
