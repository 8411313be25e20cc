import { runBatch } from '../../../nodes/shared/n8n/batch/runBatch';
import { passTime, useJestClock } from './jestClock';
import { items, plan } from './plan';
import { SimulatedServer, mostAtOnce } from './simulatedServer';
import type { Manner } from './simulatedServer';

useJestClock();

/** Runs a batch of one server to its end. */
async function run(
	manner: Manner,
	requests: number,
	maxConcurrency: number,
): Promise<SimulatedServer> {
	const server = new SimulatedServer(manner);
	const batch = items(requests, server.handle);
	const { outcomes } = await passTime(
		runBatch(plan({ maxConcurrency }), batch, { continues: true }),
	);
	expect(outcomes).toHaveLength(requests);
	for (const outcome of outcomes) expect(outcome).toHaveProperty('answer');
	expect(server.seen.filter(({ turnedAway }) => !turnedAway)).toHaveLength(requests);
	return server;
}

describe('a batch, and a server that says it is busy', () => {
	it('gets half as many requests at once afterwards, and all in the end', async () => {
		const isBusy: Manner['isBusy'] = (_, { length }) => length === 100;
		const { seen } = await run({ service: 40, isBusy }, 300, 8);
		const turnedAway = seen.findIndex((request) => request.turnedAway);
		expect(turnedAway).toBe(100);
		expect(mostAtOnce(seen.slice(0, turnedAway))).toBe(8);
		const afterwards = seen.filter(({ at }) => at >= (seen[turnedAway]?.at ?? NaN) + 1_000);
		expect(mostAtOnce(afterwards.slice(0, 5))).toBeLessThanOrEqual(4);
		expect(mostAtOnce(afterwards.slice(-30))).toBe(8);
	});

	it('finds the number of requests that it takes at once', async () => {
		const isBusy: Manner['isBusy'] = ({ inFlight }) => inFlight > 3;
		const { seen } = await run({ service: 5, isBusy }, 100, 20);
		expect(seen.length).toBeLessThan(150);
	});

	it('keeps to the number of requests that it takes in a second', async () => {
		const isBusy: Manner['isBusy'] = ({ at }, earlier) =>
			earlier.filter((request) => !request.turnedAway && request.at > at - 1_000).length >= 20;
		const { seen } = await run({ service: 5, isBusy, retryAfter: 1_000 }, 200, 5);
		expect(seen.length).toBeLessThan(260);
	});
});

test('a batch sends fewer requests at once to a server whose answers queue up', async () => {
	const { seen } = await run({ service: 80, workers: 2 }, 60, 12);
	expect(mostAtOnce(seen.slice(-15))).toBeLessThan(10);
});
