import { DEFAULT_CONCURRENCY } from '../../../nodes/shared/n8n/parameters';
import { SEED, type JournalEntry } from '../../cpsrvd';
import { finishedExecution, type Execution } from '../harness/executions';
import type { N8nProcess, Workflow } from '../harness/n8n';
import { isAtLeast } from '../harness/prepared';
import type { RunningProcess } from '../harness/runningProcess';
import { leaks } from '../harness/secrets';
import { waitFor } from '../harness/wait';
import { exampleWorkflow } from '../harness/workflowFile';
import { startQueue, type Queue } from './queue';

const MAILBOXES = 2000;
const BATCH = 100;
const BATCHES = MAILBOXES / BATCH;
const WORKERS = 2;
/** Executions that a worker runs at once. */
const CONCURRENCY = 2;
/** Most items that an execution has under way at once; what the node does unless told. */
const MAX_CONCURRENCY = DEFAULT_CONCURRENCY;
/** How long the server takes for each answer, in milliseconds: executions overlap. */
const SERVICE_TIME = 150;

/** For each step, in milliseconds. */
const DEADLINE = 150_000;

const addresses = Array.from(
	{ length: MAILBOXES },
	(_, index) => `person-${String(index).padStart(4, '0')}@example.com`,
);
/** Asked for, but not there. */
const missing = ['person-0007@example.com', 'person-1234@example.com', 'person-1999@example.com'];

let queue: Queue;
let doomed: RunningProcess;
let survivor: RunningProcess;
/** When the one was killed, by the clock of the server. */
let killedAt: number;
/** The execution that handed the batches out, and those that were started by it. */
let handingOut: Execution;
let batches: Execution[];

beforeAll(async () => {
	queue = await startQueue({ workers: WORKERS, concurrency: CONCURRENCY });
	[doomed, survivor] = queue.workers as [N8nProcess, N8nProcess];
	const { n8n, server } = queue;
	const there = addresses.filter((address) => !missing.includes(address));
	server.addAccount({
		...SEED.alice,
		mailboxes: Object.fromEntries(there.map((address) => [address, { password: 'not used' }])),
	});
	server.switches.delay = SERVICE_TIME;
	const workflow = await publishWorkflow();

	const id = await n8n.start(workflow);
	await killWhileAtWork();
	handingOut = await finishedExecution(n8n.database, id, DEADLINE);
	batches = (await n8n.executions()).filter(({ mode }) => mode === 'webhook');
}, 2 * DEADLINE);

afterAll(async () => {
	await queue?.stop();
});

async function publishWorkflow(): Promise<Workflow> {
	const { n8n, cpanelApi } = queue;
	const secret = { name: 'X-Secret', value: 'secret of the webhook' };
	const headerAuth = await n8n.createCredential('httpHeaderAuth', 'Header Auth account', secret);
	const workflow = await n8n.importWorkflow(exampleWorkflow('many-mailboxes.json'), {
		credentials: [cpanelApi, headerAuth],
		parameters: { Mailboxes: { jsonOutput: JSON.stringify({ mailboxes: addresses }) } },
		replacements: { 'https://n8n.example.com': n8n.origin },
	});
	await n8n.activate(workflow);
	return workflow;
}

/** Kills a worker in the middle of an execution, a quarter of the way through. */
async function killWhileAtWork(): Promise<void> {
	const { journal, clock } = queue.server;
	const requests = async (count: number) => {
		await waitFor(`${count} requests`, DEADLINE, async () => {
			return journal.entries.length >= count || undefined;
		});
	};
	await requests(MAILBOXES / 4);
	const before = started(doomed).length;
	await waitFor('the next execution of the worker', DEADLINE, async () => {
		return started(doomed).length > before || undefined;
	});
	// fewer than an execution sends, so that it is not over
	await requests(journal.entries.length + BATCH / 2);
	await doomed.kill();
	killedAt = clock.now();
}

function started(worker: RunningProcess): string[] {
	return idsIn(worker, /Worker started execution (\d+)/g);
}

function finished(worker: RunningProcess): string[] {
	return idsIn(worker, /Worker finished execution (\d+)/g);
}

function idsIn(worker: RunningProcess, pattern: RegExp): string[] {
	return [...worker.log().matchAll(pattern)].map(([, id = '']) => id);
}

const succeeded = (): Execution[] => batches.filter(({ status }) => status === 'success');
const failed = (): Execution[] => batches.filter(({ status }) => status !== 'success');

/** The mailboxes that a successful batch was given. */
function mailboxesOf(batch: Execution): string[] {
	return batch.json('One item per mailbox').map(({ mailbox }) => mailbox as string);
}

/** The mailboxes of the batches that had to be handed out a second time. */
function handedOutAgain(): string[] {
	return handingOut.json('Hand out', 1).flatMap(({ mailboxes }) => mailboxes as string[]);
}

/** The requests for some mailboxes. */
function requestsFor(mailboxes: string[]): JournalEntry[] {
	const wanted = new Set(mailboxes);
	return queue.server.journal.entries.filter(({ query }) => {
		return wanted.has(`${query['login']}@${query['domain']}`);
	});
}

/** The requests of each run of a batch that came to any, with the worker that sent them. */
function runs(): Array<{ worker: RunningProcess; requests: JournalEntry[] }> {
	const again = handedOutAgain();
	return succeeded().flatMap((batch) => {
		const requests = requestsFor(mailboxesOf(batch));
		const worker = started(survivor).includes(batch.id) ? survivor : doomed;
		if (!again.includes(mailboxesOf(batch)[0] ?? '')) return [{ worker, requests }];
		return [
			{ worker: doomed, requests: requests.filter(({ at }) => at <= killedAt) },
			{ worker, requests: requests.filter(({ at }) => at > killedAt) },
		].filter((run) => run.requests.length > 0);
	});
}

/** How many of these were under way at the same time at most. */
function mostAtOnce(spans: Array<Pick<JournalEntry, 'at' | 'endedAt'>>): number {
	const underWayAt = (time: number) =>
		spans.filter(({ at, endedAt }) => at <= time && time < endedAt).length;
	return Math.max(0, ...spans.map(({ at }) => underWayAt(at)));
}

/** From the first request to the end of the last. */
function spanOf(requests: JournalEntry[]): Pick<JournalEntry, 'at' | 'endedAt'> {
	return {
		at: Math.min(...requests.map(({ at }) => at)),
		endedAt: Math.max(...requests.map(({ endedAt }) => endedAt)),
	};
}

test('every mailbox has a result, although a worker was killed', () => {
	expect(handingOut).toMatchObject({ status: 'success', error: undefined });
	const results = handingOut.json('Results') as unknown as Array<{
		opened: string[];
		failed: string[];
		reasons: string[];
	}>;
	expect(results).toHaveLength(BATCHES);
	expect(results.flatMap(({ failed }) => failed).sort()).toEqual(missing);
	const reasons = results.flatMap((result) => result.reasons);
	expect(reasons).toHaveLength(missing.length);
	for (const reason of reasons) expect(reason).toContain('You do not have an email account');
	const answered = results.flatMap(({ opened, failed }) => [...opened, ...failed]);
	expect(answered.sort()).toEqual(addresses);
});

test('each batch ended well, once, and what came of its mailboxes is stored', () => {
	expect(succeeded()).toHaveLength(BATCHES);
	expect(succeeded().flatMap(mailboxesOf).sort()).toEqual(addresses);
	for (const batch of succeeded()) {
		const items = batch.json('All of them');
		expect(items.map(({ email, mailbox }) => email ?? mailbox).sort()).toEqual(mailboxesOf(batch));
		for (const { error, session } of items) {
			expect(error ?? session).toMatch(/You do not have|^alice:/);
		}
	}
	const workedOn = [...started(doomed), ...started(survivor)];
	expect(workedOn).toEqual(expect.arrayContaining(succeeded().map(({ id }) => id)));
	expect(finished(doomed)).not.toEqual([]);
});

test('n8n gives up what the killed worker had; the workflow hands it out again', async () => {
	const { n8n, server } = queue;
	const interrupted = started(doomed).filter((id) => !finished(doomed).includes(id));
	expect(interrupted).not.toEqual([]);
	const lost = failed();
	expect(lost.map(({ id }) => id)).toEqual(expect.arrayContaining(interrupted));
	expect(lost.length).toBeLessThanOrEqual(CONCURRENCY);
	expect(handingOut.json('Hand out')).toHaveLength(BATCHES - lost.length);
	expect(handingOut.json('Hand out again')).toHaveLength(lost.length);

	const requests = server.journal.entries.length;
	for (const { id, error, stored } of lost) {
		expect(error).toContain('will no longer retry');
		// so that n8n's own retry has nothing to run
		expect(stored).not.toContain('@example.com');
		const retry = await n8n.rest.send<unknown>('POST', `/executions/${id}/retry`, {});
		expect(retry).toMatchObject({ status: 'error' });
	}
	expect(server.journal.entries).toHaveLength(requests);
});

test('only what the killed worker had, and what failed, was asked for twice', () => {
	const again = new Set(handedOutAgain());
	const times = (address: string) => requestsFor([address]).length;
	const once = addresses.filter((address) => !again.has(address) && !missing.includes(address));
	expect(once.filter((address) => times(address) !== 1)).toEqual([]);
	// once by each of the two nodes
	const twice = missing.filter((address) => !again.has(address));
	expect(twice.filter((address) => times(address) !== 2)).toEqual([]);

	const [begun, ...more] = [...again].filter((address) => times(address) > 1);
	expect(begun).toBeDefined();
	expect(more.length).toBeLessThan(again.size);
});

test('the requests at once of an execution, and of the executions of a worker, are as many as they may be', () => {
	const triedAgain = requestsFor(missing);
	for (const { requests } of runs()) {
		expect(mostAtOnce(requests)).toBeLessThanOrEqual(MAX_CONCURRENCY);
		// One handshake for each request in flight where connections are kept. A refusal names no session, so its connection is not
		// kept and another is opened; and the second node, which asks again, has a connection of its own.
		const connections = new Set(requests.map(({ connection }) => connection));
		const refused = requests.filter((request) => triedAgain.includes(request));
		const most = MAX_CONCURRENCY + refused.length;
		if (isAtLeast(2, 30)) expect(connections.size).toBeLessThanOrEqual(most);
	}
	for (const worker of [doomed, survivor]) {
		const own = runs().filter((run) => run.worker === worker);
		expect(mostAtOnce(own.map(({ requests }) => spanOf(requests)))).toBe(CONCURRENCY);
		expect(mostAtOnce(own.flatMap(({ requests }) => requests))).toBeLessThanOrEqual(
			CONCURRENCY * MAX_CONCURRENCY,
		);
	}
	const { maxConcurrent } = queue.server.journal;
	expect(mostAtOnce(runs().map(({ requests }) => spanOf(requests)))).toBe(WORKERS * CONCURRENCY);
	expect(maxConcurrent).toBeLessThanOrEqual(WORKERS * CONCURRENCY * MAX_CONCURRENCY);
	expect(maxConcurrent).toBeGreaterThan(
		Math.max(...runs().map(({ requests }) => mostAtOnce(requests))),
	);
});

test('the token of cPanel is in no log and in no stored execution', async () => {
	expect(await leaks(queue.n8n, [], queue.others)).toEqual([]);
});
