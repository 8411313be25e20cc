import type { IDataObject } from 'n8n-workflow';

import { SEED } from '../../cpsrvd';
import type { JournalEntry, Switches } from '../../cpsrvd';
import { runChain } from '../../engine/engine';
import {
	loginStep,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from '../../workflow/harness/cpanel';
import { randomNumbers } from '../random';

/** Set by the jest project: whether the engine hands over what kept connections need. */
declare const KEEPS_CONNECTIONS: boolean;

const ITEMS = 1_000;
/** Without kept connections nothing depends on what came before. */
const SEEDS = KEEPS_CONNECTIONS ? [1, 2, 3] : [1];

const cpsrvd = useCpsrvd();

/** Whom a session names: see protocol.md, 2. */
const NAMES: Record<string, (entry: JournalEntry) => string | null> = {
	'the account': () => null,
	'the mailbox': ({ query }) => `${query.login}@${query.domain}`,
	'the mailbox, encoded': ({ query }) => encodeURIComponent(`${query.login}@${query.domain}`),
	'the local part': ({ query }) => query.login ?? null,
};

/** What may go wrong with a request, and how often: the rest goes well. */
const FAULTS: Array<[share: number, fault: () => Partial<Switches>]> = [
	[0.02, () => ({ reset: 'before-answer' })],
	[0.02, () => ({ reset: 'after-work' })],
	[0.02, () => ({ reset: 'mid-answer' })],
	[0.02, () => ({ resetKeptConnection: 1 })],
	[0.02, () => ({ connectionClose: 1 })],
	[0.02, () => ({ truncatedJson: true })],
	[0.02, () => ({ emptyBody: true })],
	[0.02, () => ({ notJson: 'text' })],
	[0.02, () => ({ executeStatus: 500 })],
	[0.02, () => ({ featureOff: ['Session'] })],
	[0.02, () => ({ envelope: 'nested' })],
	[0.001, () => ({ busy: { status: 503 } })],
];

/** How many answers come a second time, late: when the next request is on its way. */
const DUPLICATES = 0.05;

/** Has chance decide what each request meets. The first few go well, so that the batch is not ended by them. */
function misbehave(seed: number, faults: typeof FAULTS, naming: (typeof NAMES)[string]): void {
	const random = randomNumbers(seed);
	const { switches } = cpsrvd();
	let requests = 0;
	switches.when = (entry) => {
		const fallBack = { reset: 'off', resetKeptConnection: 0, connectionClose: 0 } as const;
		Object.assign(switches, fallBack, {
			truncatedJson: false,
			emptyBody: false,
			notJson: null,
			executeStatus: null,
			featureOff: [],
			envelope: 'flat',
			busy: null,
			duplicate: null,
			sessionUser: naming(entry),
		});
		requests += 1;
		if (requests <= 3) return true;
		let chance = random();
		for (const [share, fault] of faults) {
			if (chance >= 0 && chance < share) Object.assign(switches, fault());
			chance -= share;
		}
		if (random() < DUPLICATES) switches.duplicate = { after: 'next-request', times: 1 };
		return true;
	};
}

beforeEach(() => {
	const mailbox = SEED.alice.mailboxes['anna@example.com'];
	const mailboxes = people(ITEMS).map(({ login }) => [`${login}@example.com`, { ...mailbox }]);
	cpsrvd().addAccount({ ...SEED.alice, mailboxes: Object.fromEntries(mailboxes) });
});

function people(count: number): Array<{ login: string }> {
	return Array.from({ length: count }, (_, index) => ({ login: `person${index}` }));
}

async function createSessions(count: number): Promise<IDataObject[]> {
	const chain = await runChain({
		items: people(count),
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.login }}') }, 'continueRegularOutput')],
	});
	return (chain.output(0) ?? []).map(({ json }) => json);
}

describe.each(Object.entries(NAMES))('a server whose sessions name %s', (_name, naming) => {
	test.each(SEEDS)(
		'gives nobody the session of somebody else, whatever goes wrong: %i',
		async (seed) => {
			misbehave(seed, FAULTS, naming);
			const output = await createSessions(ITEMS);

			expect(output).toHaveLength(ITEMS);
			const made = new Map(
				[...cpsrvd().state.sessions].map(({ value, mailbox }) => [value, mailbox]),
			);
			const given = output.filter(({ session }) => session !== undefined);
			const wrong = given.filter(({ session, email }) => made.get(session as string) !== email);
			expect(wrong).toEqual([]);
			expect(output.map(({ email }, index) => email ?? `person${index}@example.com`)).toEqual(
				people(ITEMS).map(({ login }) => `${login}@example.com`),
			);
			expect(new Set(given.map(({ session }) => session)).size).toBe(given.length);
			for (const { session, error } of output) {
				expect(typeof (session ?? error)).toBe('string');
			}
			expect(given.length).toBeGreaterThan(ITEMS / 2);
			const mixedUp = output.filter(({ error }) => /could not be matched/.test(error as string));
			if (!KEEPS_CONNECTIONS) expect(mixedUp).toEqual([]);
			else expect(mixedUp.length).toBeGreaterThan(0);
		},
	);
});

test.each<[when: string, after: number | 'next-request']>([
	['with the next request', 'next-request'],
	['at once', 0],
	['after 4 ms', 4],
	['after 8 ms', 8],
])(
	'a server that sends each answer a second time, %s, gives nobody somebody else’s',
	async (_when, after) => {
		cpsrvd().switches.duplicate = { after };
		const output = await createSessions(200);
		const made = new Map(
			[...cpsrvd().state.sessions].map(({ value, mailbox }) => [value, mailbox]),
		);
		const given = output.filter(({ session }) => session !== undefined);
		expect(output).toHaveLength(200);
		for (const { session, email } of given) expect(made.get(session as string)).toBe(email);
		expect(given.length).toBeGreaterThan(100);
	},
);

describe('logins', () => {
	test.each(SEEDS)('are sent once and are their own, whatever goes wrong: %i', async (seed) => {
		const sessions = await createSessions(ITEMS);
		cpsrvd().journal.clear();
		const faults: typeof FAULTS = [
			[0.02, () => ({ reset: 'before-answer' })],
			[0.02, () => ({ reset: 'after-work' })],
			[0.02, () => ({ reset: 'mid-answer' })],
			[0.02, () => ({ resetKeptConnection: 1 })],
			[0.02, () => ({ connectionClose: 1 })],
		];
		misbehave(seed, faults, () => null);
		const chain = await runChain({
			items: sessions,
			steps: [loginStep({}, 'continueRegularOutput')],
		});

		const output = (chain.output(0) ?? []).map(({ json }) => json);
		expect(output).toHaveLength(ITEMS);
		const logins = cpsrvd().journal.entries.map(({ form }) => form.session);
		expect(new Set(logins).size).toBe(logins.length);
		const bySession = new Map([...cpsrvd().state.sessions].map((made) => [made.value, made]));
		let loggedIn = 0;
		for (const [index, { cookie, error }] of output.entries()) {
			if (cookie === undefined) {
				expect(typeof error).toBe('string');
				continue;
			}
			loggedIn += 1;
			const made = bySession.get(sessions[index]?.session as string);
			const value = decodeURIComponent((cookie as string).split('webmailsession=')[1] ?? '');
			expect(value.split(';')[0]).toBe(made?.cookie);
		}
		expect(loggedIn).toBeGreaterThan(ITEMS / 2);
	});
});
