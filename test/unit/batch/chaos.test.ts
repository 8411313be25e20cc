import type { Outcome } from '../../../nodes/shared/n8n/batch/ItemPlan';
import { runBatch } from '../../../nodes/shared/n8n/batch/runBatch';
import { passTime, useJestClock } from './jestClock';
import { items, plan } from './plan';
import { SimulatedServer, mostAtOnce } from './simulatedServer';
import type { Manner, Seen } from './simulatedServer';

useJestClock();

const ITEMS = 3_000;
const WELL: Manner = { service: 100, workers: 20 };

/** A batch through a server that changes after so many milliseconds each. */
async function through(
	changes: Array<[at: number, manner: Manner]>,
): Promise<{ server: SimulatedServer; outcomes: Outcome[] }> {
	const server = new SimulatedServer(WELL);
	for (const [at, manner] of changes) setTimeout(() => server.become(manner), at);
	const batch = items(ITEMS, server.handle);
	const { outcomes } = await passTime(
		runBatch(plan({ maxConcurrency: 32 }), batch, { continues: true }),
	);
	return { server, outcomes };
}

/** One outcome for each item, and none of what was done was done twice. */
function expectNothingLostOrDoubled({ seen }: SimulatedServer, outcomes: Outcome[]): void {
	expect(outcomes).toHaveLength(ITEMS);
	const answered = outcomes.flatMap((outcome, index) => ('answer' in outcome ? [index] : []));
	const doneBy = seen.filter(({ done }) => done).map(({ itemIndex }) => itemIndex);
	expect(doneBy.sort((one, other) => one - other)).toEqual(answered);
	for (const [index, outcome] of outcomes.entries()) {
		if (!('answer' in outcome)) continue;
		expect(outcome.answer.items).toEqual([{ json: { itemIndex: index } }]);
	}
}

const between = (seen: readonly Seen[], from: number, to: number): Seen[] =>
	seen.filter(({ at }) => at >= from && at < to);

const start = (seen: readonly Seen[]): number => seen[0]?.at ?? NaN;

describe('a batch through a server that', () => {
	it('halves its workers in the middle gets fewer requests at once, and as many again with its workers', async () => {
		const { server, outcomes } = await through([
			[5_000, { ...WELL, workers: 10 }],
			[15_000, WELL],
		]);
		expectNothingLostOrDoubled(server, outcomes);
		expect(outcomes.every((outcome) => 'answer' in outcome)).toBe(true);
		const { seen } = server;
		const during = (from: number, to: number): number =>
			mostAtOnce(between(seen, start(seen) + from, start(seen) + to));
		expect(during(3_000, 5_000)).toBeGreaterThanOrEqual(20);
		expect(during(8_000, 15_000)).toBeGreaterThanOrEqual(10);
		expect(during(8_000, 15_000)).toBeLessThanOrEqual(20);
		expect(during(8_000, 15_000)).toBeLessThan(during(3_000, 5_000));
		expect(during(18_000, 20_000)).toBeGreaterThanOrEqual(19);
	});

	it('turns everything away for a while is left alone, and gets half as many at once', async () => {
		const { server, outcomes } = await through([
			[3_000, { ...WELL, isBusy: () => true, retryAfter: 2_000 }],
			[4_000, WELL],
		]);
		expectNothingLostOrDoubled(server, outcomes);
		expect(outcomes.every((outcome) => 'answer' in outcome)).toBe(true);
		const { seen } = server;
		const refused = seen.filter(({ turnedAway }) => turnedAway);
		const before = mostAtOnce(seen.filter(({ at }) => at < (refused[0]?.at ?? NaN)));
		// nothing but what was under way
		expect(refused.length).toBeLessThanOrEqual(before);
		const last = refused.at(-1)?.at ?? NaN;
		expect(between(seen, last + 1, last + 1_900)).toEqual([]);
		expect(mostAtOnce(between(seen, last + 1_900, last + 2_300))).toBeLessThanOrEqual(before / 2);
	});

	it.each([1, 2, 3, 4, 5])(
		'does all of that at once loses and doubles nothing (%i)',
		async (seed) => {
			let state = seed;
			const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
			const moody = (workers: number): Manner => ({
				service: 40 + Math.floor(random() * 200),
				workers,
				isBusy: () => random() < 0.01,
				breaks: () => random() < 0.01,
			});
			const changes = Array.from({ length: 200 }, (_, nth): [number, Manner] => [
				nth * 2_000,
				moody(1 + Math.floor(random() * 30)),
			]);
			const { server, outcomes } = await through(changes);
			expectNothingLostOrDoubled(server, outcomes);
			const lost = outcomes.filter((outcome) => 'error' in outcome);
			// those whose connection broke, and those that were turned away four times
			const broken = server.seen.filter(({ done, turnedAway }) => !done && !turnedAway);
			expect(lost.length).toBeLessThanOrEqual(broken.length + 3);
			expect(mostAtOnce(server.seen)).toBeLessThanOrEqual(32);
		},
	);
});
