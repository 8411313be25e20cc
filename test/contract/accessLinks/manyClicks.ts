import type { Cpsrvd } from '../../cpsrvd';
import { tokenCredential } from '../../workflow/harness/cpanel';
import { ask } from './ask';
import { tokenOf } from './links';
import type { Place, Published, TriggerSetup } from './place';

const MAILBOXES = ['anna', 'ben', 'carol', "o'neil+news"].map((name) => `${name}@example.com`);

/** A link, of which there are many clicks. */
export interface ManyTimes {
	mailbox: string;
	id: string;
	token: string;
}

export function hundredLinks(): ManyTimes[] {
	return Array.from({ length: 100 }, (_, index) => {
		const mailbox = MAILBOXES[index % MAILBOXES.length] ?? '';
		const id = `many${String(index).padStart(8, '0')}`;
		return { mailbox, id, token: tokenOf({ mailbox, id }) };
	});
}

/** Each link ten times, in an order in which the same ones do not follow each other. */
function thousandClicks(): ManyTimes[] {
	const links = hundredLinks();
	return Array.from({ length: 10 }, () => links).flat();
}

/** Where each of the clicks was led to, all of them at once. */
async function clickAll(
	{ url }: Published,
	clicks: ManyTimes[],
): Promise<Array<{ status: number; session: string | null }>> {
	return await Promise.all(
		clicks.map(async ({ token }) => {
			const { status, headers } = await ask(url, { method: 'POST', token });
			const [location] = headers['location'] ?? [];
			const session = location ? new URL(location).searchParams.get('session') : null;
			return { status, session };
		}),
	);
}

/** People wait as long as it takes: how fast the machine is must not matter. */
const PATIENT: NonNullable<TriggerSetup['parameters']> = { options: { timeout: 300 } };

/** What becomes of each link, as a text that can be compared. */
const nameOf = ({ id, mailbox }: Pick<ManyTimes, 'id' | 'mailbox'>): string => `${id} ${mailbox}`;

/** Somewhat less, since the two ends have clocks of their own; in milliseconds. */
const NEARLY_A_MINUTE = 59_000;

/** One request, and on a machine that needs more than a minute for all clicks one more for each minute. */
function expectOneAMinute({ entries }: Cpsrvd['journal']): void {
	expect(entries).not.toEqual([]);
	const pauses = entries.slice(1).map(({ at }, index) => at - (entries[index]?.endedAt ?? at));
	expect(pauses.filter((pause) => pause < NEARLY_A_MINUTE)).toEqual([]);
}

/**
 * Declares what becomes of a thousand clicks at once.
 *
 * @param deadline for each test, in milliseconds; what hangs is ended by it
 */
export function describeManyClicks(place: Place, deadline: number): void {
	describe('a thousand clicks at once on a hundred links', () => {
		it(
			'let each into their own mailbox, and start an execution each',
			async () => {
				const published = await place.publish({ parameters: PATIENT });
				const clicks = thousandClicks();

				const answers = await clickAll(published, clicks);

				expect(answers.filter(({ status }) => status !== 303)).toEqual([]);
				const sessions = new Map(
					[...place.server().state.sessions].map(({ value, mailbox }) => [value, mailbox]),
				);
				expect(sessions.size).toBe(1000);
				const used = answers.map(({ session }) => session ?? '');
				expect(new Set(used).size).toBe(1000);
				expect(used.map((session) => sessions.get(session))).toEqual(
					clicks.map(({ mailbox }) => mailbox),
				);

				const told = await published.told(1000);
				expect(
					told.filter(([opened, notOpened]) => opened.length !== 1 || notOpened.length !== 0),
				).toEqual([]);
				const records = told.map(
					([[item]]) => `${item?.linkId as string} ${item?.email as string}`,
				);
				expect(records.sort()).toEqual(clicks.map(nameOf).sort());
			},
			deadline,
		);

		it(
			'cost one sign-in where the credential is refused, and nothing is lost',
			async () => {
				const server = place.server();
				const published = await place.publish({
					parameters: PATIENT,
					cpanelApi: tokenCredential(server, { apiToken: 'WRONGTOKENOFMANYCLICKS' }),
				});
				const clicks = thousandClicks();

				const answers = await clickAll(published, clicks);

				expect(answers.filter(({ status }) => status !== 500)).toEqual([]);
				expectOneAMinute(server.journal);
				expect(server.locked('alice')).toBe(false);
				const told = await published.told(1000);
				expect(told.map(([opened, [item]]) => [opened, item?.reason])).toEqual(
					Array(1000).fill([[], 'credentialRefused']),
				);
				expect(told.map(([, [item]]) => item?.linkId as string).sort()).toEqual(
					clicks.map(({ id }) => id).sort(),
				);
			},
			deadline,
		);

		it(
			'are held by the limit of each link',
			async () => {
				const published = await place.publish({
					parameters: { options: { timeout: 300, mostOpenings: 3 } },
				});
				const clicks = thousandClicks();
				const answers = await clickAll(published, clicks);
				const count = (wanted: number): number =>
					answers.filter(({ status }) => status === wanted).length;
				expect([count(303), count(429)]).toEqual([300, 700]);
				expect([...place.server().state.sessions]).toHaveLength(300);
				expect(await published.told(300)).toHaveLength(300);
			},
			deadline,
		);
	});
}
