import { runChain, type ChainRun, type Step } from '../engine/engine';
import { sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';

const cpsrvd = useCpsrvd();

const ITEMS = 20;

/** Runs items, of which one fails, in a node that retries once. */
async function retryOnce(failing: number, onError?: Step['onError']): Promise<ChainRun> {
	return await runChain({
		items: Array.from({ length: ITEMS }, (_, index) => ({
			login: index === failing ? 'nobody' : 'anna',
		})),
		credential: tokenCredential(cpsrvd()),
		steps: [
			{
				...sessionStep({ login: typed('={{ $json.login }}') }, onError),
				retry: { maxTries: 2, waitBetweenTries: 1 },
			},
		],
	});
}

/** How often a mailbox was asked for. */
function requestsFor(login: string): number {
	return cpsrvd().journal.entries.filter(({ query }) => query['login'] === login).length;
}

describe('what Retry On Fail of n8n does to a batch', () => {
	test('one item that fails sends all of them again', async () => {
		const chain = await retryOnce(ITEMS - 1);

		expect(chain.run.status).toBe('error');
		expect(requestsFor('nobody')).toBe(2);
		expect(requestsFor('anna')).toBe(2 * (ITEMS - 1));
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s only the first item is looked at, and again all of them are sent',
		async (onError) => {
			await retryOnce(ITEMS - 1, onError);
			expect(cpsrvd().journal.entries).toHaveLength(ITEMS);

			cpsrvd().journal.clear();
			await retryOnce(0, onError);
			expect(cpsrvd().journal.entries).toHaveLength(2 * ITEMS);
		},
	);
});
