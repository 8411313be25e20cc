import { CpanelError } from '../../../nodes/shared/errors';
import type { ItemPlan } from '../../../nodes/shared/n8n/batch/ItemPlan';
import { RefusedSignIns } from '../../../nodes/shared/n8n/lockout/recentRefusals';
import { MAX_ATTEMPTS } from '../../../nodes/shared/n8n/batch/ServerQueue';
import { runBatch } from '../../../nodes/shared/n8n/batch/runBatch';
import { passTime, useJestClock } from './jestClock';
import { done, items, plan } from './plan';
import type { Run } from './plan';

useJestClock();

const BUSY = new CpanelError('busy', 'x.example is busy', { hint: 'Wait.', httpStatus: 503 });
const REFUSAL = new CpanelError('refusal', 'No', { hint: 'Check it.' });
const CREDENTIAL = new CpanelError('credential', 'Not accepted', { hint: 'Check it.' });

/** Runs so many items with an answer for each try; those that are left over go well. */
async function run(
	count: number,
	tries: Record<number, CpanelError[]>,
	changes: Partial<ItemPlan> = {},
	repeatable?: boolean,
) {
	const sent: number[] = [];
	const answer: Run = async (itemIndex) => {
		sent.push(itemIndex);
		const trouble = tries[itemIndex]?.shift();
		if (trouble !== undefined) throw trouble;
		return await done(itemIndex);
	};
	const ready = items(count, answer).map((item) => ({
		...item,
		task: { ...item.task, ...(repeatable !== undefined && { repeatable }) },
	}));
	const options = { continues: true, memory: new RefusedSignIns() };
	return {
		sent,
		...(await passTime(runBatch(plan({ maxConcurrency: 1, ...changes }), ready, options))),
	};
}

const errorOf = (outcome: unknown): unknown => (outcome as { error?: unknown }).error;

describe('an item that a busy server does not handle', () => {
	it('is sent again, after those that were not sent yet', async () => {
		const { sent, outcomes, servers } = await run(3, { 0: [BUSY] });
		expect(sent).toEqual([0, 1, 2, 0]);
		expect(outcomes).toEqual([
			{ answer: await done(0) },
			{ answer: await done(1) },
			{ answer: await done(2) },
		]);
		expect(servers).toEqual([
			{ verdict: undefined, leftOut: 0, busy: { error: BUSY, answers: 1, pausedFor: 1_000 } },
		]);
	});

	it('is given up after some tries, and says so', async () => {
		const { sent, outcomes } = await run(1, { 0: Array.from({ length: 9 }, () => BUSY) });
		expect(sent).toHaveLength(MAX_ATTEMPTS);
		expect(errorOf(outcomes[0])).toMatchObject({
			kind: 'busy',
			message: 'x.example is busy, after 4 attempts',
			hint: 'Wait.',
		});
	});

	it('is handled at its last try', async () => {
		const { outcomes } = await run(1, { 0: Array.from({ length: MAX_ATTEMPTS - 1 }, () => BUSY) });
		expect(outcomes).toEqual([{ answer: await done(0) }]);
	});

	it.each<[string, Partial<ItemPlan>, boolean | undefined, number]>([
		['the node does not send such items twice', { repeatable: false }, undefined, 1],
		['it is not to be sent twice', {}, false, 1],
		['it may be sent twice although others may not', { repeatable: false }, true, 2],
	])('is sent again unless %s', async (_case, changes, repeatable, times) => {
		const { sent, outcomes } = await run(1, { 0: [BUSY] }, changes, repeatable);
		expect(sent).toHaveLength(times);
		expect(errorOf(outcomes[0])).toBe(times === 1 ? BUSY : undefined);
	});
});

describe('a server that stays busy', () => {
	it('is given up, and the items that are left say so', async () => {
		const always = Object.fromEntries(
			Array.from({ length: 9 }, (_, nth) => [nth, Array.from({ length: 9 }, () => BUSY)]),
		);
		const { sent, outcomes, servers } = await run(9, always);
		expect(sent).toHaveLength(6);
		expect(outcomes).toHaveLength(9);
		for (const outcome of outcomes) {
			expect(errorOf(outcome)).toMatchObject({
				kind: 'busy',
				message: 'Given up: x.example is busy, 6 times in a row',
				hint: 'n8n sent no further request to it. Wait.',
			});
		}
		expect(servers).toMatchObject([{ leftOut: 8, busy: { answers: 6 } }]);
		expect(servers[0]?.verdict).toMatchObject({ message: expect.stringMatching(/^Given up/) });
	});

	it.each([['refusal'], ['signIn']] as const)(
		'is one that answers where it says no in between: %s',
		async (kind) => {
			const no = new CpanelError(kind, 'No', { hint: 'Check it.' });
			const tries = Object.fromEntries(
				Array.from({ length: 11 }, (_, nth) => [nth, nth === 5 ? [no] : [BUSY]]),
			);
			const { servers, outcomes } = await run(11, tries);
			expect(servers[0]?.verdict).toBeUndefined();
			expect(outcomes.map(errorOf).filter((error) => error !== undefined)).toEqual([no]);
		},
	);
});

describe('the report of a server', () => {
	it('says nothing where all went well', async () => {
		const { servers } = await run(2, {});
		expect(servers).toEqual([{ verdict: undefined, leftOut: 0 }]);
	});

	it('says why nothing more was sent, and how much was left', async () => {
		const { servers, outcomes, sent } = await run(5, { 1: [CREDENTIAL] });
		expect(sent).toEqual([0, 1]);
		expect(servers).toEqual([{ verdict: CREDENTIAL, leftOut: 3 }]);
		expect(outcomes.map(errorOf)).toEqual([
			undefined,
			CREDENTIAL,
			CREDENTIAL,
			CREDENTIAL,
			CREDENTIAL,
		]);
	});

	it('says why connections were not kept', async () => {
		expect((await run(1, { 0: [REFUSAL] }, { notKept: () => 'oldN8n' })).notKept).toBe('oldN8n');
		expect(await run(1, {}, { notKept: () => undefined })).not.toHaveProperty('notKept');
	});
});
