import type { IDataObject } from 'n8n-workflow';

import { SEED } from '../../cpsrvd';
import type { JournalEntry, Switches } from '../../cpsrvd';
import { runChain } from '../../engine/engine';
import {
	ANNA_PASSWORD,
	loginStep,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from '../../workflow/harness/cpanel';

/** Set by the jest project: whether the engine hands over what kept connections need. */
declare const KEEPS_CONNECTIONS: boolean;

const ITEMS = 12;

const cpsrvd = useCpsrvd();

const people = Array.from({ length: ITEMS }, (_, index) => ({ login: `person${index}` }));

beforeEach(() => {
	const mailbox = SEED.alice.mailboxes['anna@example.com'];
	const mailboxes = people.map(({ login }) => [`${login}@example.com`, { ...mailbox }]);
	cpsrvd().addAccount({ ...SEED.alice, mailboxes: Object.fromEntries(mailboxes) });
});

/** Sessions that somebody is logged in to; what was received until then is forgotten. */
async function logIn(): Promise<IDataObject[]> {
	const chain = await runChain({
		items: people,
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.login }}') }), loginStep()],
	});
	cpsrvd().journal.clear();
	return (chain.output(1) ?? []).map(({ json }) => json);
}

/** The requests that a function was called with. */
function callsOf(name: string): JournalEntry[] {
	return cpsrvd().journal.entries.filter(({ path }) => path.endsWith(`/${name}`));
}

const LOSSES: Array<[string, Partial<Switches>]> = [
	['dies behind it', { resetKeptConnection: 3, resetKeptAfterWork: true }],
	['dies before it', { resetKeptConnection: 3 }],
];

describe.each(LOSSES)('on a kept connection that %s', (_name, switches) => {
	test('a temporary user is made once, and its name is not lost in silence', async () => {
		const items = await logIn();
		Object.assign(cpsrvd().switches, switches);
		const existing = sessionStep(
			{ operation: 'createTempUser', sessionSource: 'existing' },
			'continueRegularOutput',
		);
		const chain = await runChain({
			items,
			credential: tokenCredential(cpsrvd()),
			steps: [existing],
		});

		const output = (chain.output(0) ?? []).map(({ json }) => json);
		expect(output).toHaveLength(ITEMS);
		expect(callsOf('create_temp_user').length).toBe(ITEMS);
		for (const { created, error } of output)
			expect(created === 1 || typeof error === 'string').toBe(true);
		const lost = output.filter(({ error }) => error !== undefined);
		expect(lost.length).toBe(KEEPS_CONNECTIONS ? 3 - cpsrvd().switches.resetKeptConnection : 0);
		if (KEEPS_CONNECTIONS) expect(lost.length).toBeGreaterThan(0);
	});

	test('a password is checked once', async () => {
		Object.assign(cpsrvd().switches, switches);
		const check = sessionStep(
			{
				operation: 'createWebmailSessionForMailUserCheckPassword',
				login: typed('={{ $json.login }}'),
				password: ANNA_PASSWORD,
			},
			'continueRegularOutput',
		);
		const credential = tokenCredential(cpsrvd());
		const chain = await runChain({ items: people, credential, steps: [check] });
		expect(chain.output(0)).toHaveLength(ITEMS);
		const checks = callsOf('create_webmail_session_for_mail_user_check_password');
		expect(checks).toHaveLength(ITEMS);
		expect(new Set(checks.map(({ form }) => form.login)).size).toBe(ITEMS);
	});
});

test('a server that is too busy is not asked for a temporary user of the same session again', async () => {
	const items = (await logIn()).slice(0, 1);
	cpsrvd().switches.busy = { status: 503, times: 1 };
	const existing = sessionStep(
		{ operation: 'createTempUser', sessionSource: 'existing' },
		'continueRegularOutput',
	);
	const chain = await runChain({ items, credential: tokenCredential(cpsrvd()), steps: [existing] });
	expect(chain.output(0)?.[0]?.json.error).toEqual(expect.stringMatching(/503|busy/));
	expect(callsOf('create_temp_user')).toHaveLength(1);
});
