import { LINK_SECRET, press, tokenOf, useTriggers } from '../../workflow/harness/accessLinks';
import { tokenCredential, useCpsrvd } from '../../workflow/harness/cpanel';

/* A thousand people do not click at the same instant; a test does. */
const cpsrvd = useCpsrvd({ backlog: 4096 });
const publish = useTriggers(cpsrvd);

const MAILBOXES = ['anna', 'ben', 'carol', "o'neil+news"].map((name) => `${name}@example.com`);

interface Clicked {
	mailbox: string;
	id: string;
	token: string;
}

function hundredLinks(): Clicked[] {
	return Array.from({ length: 100 }, (_, index) => {
		const mailbox = MAILBOXES[index % MAILBOXES.length] ?? '';
		const id = `many${String(index).padStart(8, '0')}`;
		return { mailbox, id, token: tokenOf({ mailbox, id }) };
	});
}

/** Each link ten times, in an order in which the same ones do not follow each other. */
function thousandClicks(links: Clicked[]): Clicked[] {
	return Array.from({ length: 10 }, () => links).flat();
}

describe('a thousand clicks at once on a hundred links', () => {
	it('let each into their own mailbox, and start an execution each', async () => {
		const trigger = await publish({ parameters: { options: { timeout: 300 } } });
		const clicks = thousandClicks(hundredLinks());

		const answers = await Promise.all(clicks.map(async ({ token }) => await press(trigger, token)));

		expect(answers.filter(({ status }) => status !== 303)).toEqual([]);
		const sessions = new Map(
			[...cpsrvd().state.sessions].map(({ value, mailbox }) => [value, mailbox]),
		);
		expect(sessions.size).toBe(1000);
		const opened = answers.map(({ headers }) =>
			new URL(headers.get('location') ?? '').searchParams.get('session'),
		);
		expect(new Set(opened).size).toBe(1000);
		expect(opened.map((session) => sessions.get(session ?? ''))).toEqual(
			clicks.map(({ mailbox }) => mailbox),
		);

		const records = trigger.executions.map(([items, others]) => {
			expect(others).toEqual([]);
			return `${items?.[0]?.linkId as string} ${items?.[0]?.email as string}`;
		});
		expect(records.sort()).toEqual(clicks.map(({ id, mailbox }) => `${id} ${mailbox}`).sort());
	}, 300_000);

	it('do not reach cPanel more than ten at a time, and the first one alone', async () => {
		const trigger = await publish({ parameters: { options: { timeout: 300 } } });
		cpsrvd().hold.place();
		const links = hundredLinks();
		const pressed = links.map(async ({ token }) => await press(trigger, token));

		await cpsrvd().hold.holds(1);
		expect(cpsrvd().journal.entries).toHaveLength(1);
		cpsrvd().hold.place({ until: 10 });
		cpsrvd().hold.lift();
		await Promise.all(pressed);
		expect(cpsrvd().journal.maxConcurrent).toBeLessThanOrEqual(10);
	});

	it('cost one sign-in where the credential is refused, and nothing is lost', async () => {
		const trigger = await publish({
			cpanelApi: tokenCredential(cpsrvd(), { apiToken: 'WRONGTOKENOFMANYCLICKS' }),
			cpanelAccessLinkApi: { secret: LINK_SECRET },
		});
		const clicks = thousandClicks(hundredLinks());

		const answers = await Promise.all(clicks.map(async ({ token }) => await press(trigger, token)));

		expect(answers.filter(({ status }) => status !== 502)).toEqual([]);
		expect(cpsrvd().journal.entries).toHaveLength(1);
		expect(cpsrvd().locked('alice')).toBe(false);
		expect(trigger.executions).toHaveLength(1000);
	}, 300_000);

	it('are held by the limit of each link', async () => {
		const trigger = await publish({ parameters: { options: { timeout: 300, mostOpenings: 3 } } });
		const clicks = thousandClicks(hundredLinks());
		const answers = await Promise.all(clicks.map(async ({ token }) => await press(trigger, token)));
		const count = (wanted: number): number =>
			answers.filter(({ status }) => status === wanted).length;
		expect([count(303), count(429)]).toEqual([300, 700]);
		expect([...cpsrvd().state.sessions]).toHaveLength(300);
		expect(trigger.executions).toHaveLength(300);
	}, 300_000);
});
