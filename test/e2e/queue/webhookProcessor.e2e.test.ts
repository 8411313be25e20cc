import { ask } from '../../contract/accessLinks/ask';
import { describeEveryAnswer } from '../../contract/accessLinks/everyAnswer';
import { tokenOf } from '../../contract/accessLinks/links';
import { describeANewHostingCustomer } from '../examples/aNewHostingCustomer';
import { describeClickTimeAccess } from '../examples/clickTimeAccess';
import { describeSendAWebmailLink } from '../examples/sendAWebmailLink';
import { placeIn } from '../harness/linkPlace';
import { useLinkWorld } from '../harness/linkWorld';
import { startQueue, type Queue } from './queue';

let queue: Queue;

/* Links are served by a process that does nothing else, and all executions run on the worker: those that send mails, too. */
const world = useLinkWorld(async () => {
	queue = await startQueue({
		workers: 1,
		concurrency: 5,
		webhookProcessor: true,
		env: { OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' },
	});
	return queue;
});
const place = placeIn(() => world());

/** The executions that the worker ran. */
function ran(): string[] {
	const [worker] = queue.workers;
	const lines = worker?.log().matchAll(/Worker finished execution (\d+)/g) ?? [];
	return [...lines].map(([, id = '']) => id);
}

test('a link is served by the webhook processor, and its execution runs on the worker', async () => {
	const { server, n8n, webhookOrigin } = world();
	const { url, told } = await place.publish();
	const token = tokenOf();

	expect(webhookOrigin).not.toBe(n8n.origin);
	for (const method of ['GET', 'HEAD', 'POST'] as const) {
		const elsewhere = await ask(url.replace(webhookOrigin, n8n.origin), { method, token });
		expect(elsewhere.headers['x-robots-tag']).toBeUndefined();
	}
	expect(server.journal.entries).toEqual([]);

	for (const method of ['GET', 'HEAD'] as const) {
		expect((await ask(url, { method, token })).status).toBe(200);
	}
	expect((await ask(url, { method: 'POST', token })).status).toBe(303);
	expect([...server.state.sessions]).toHaveLength(1);
	expect(await told(1)).toMatchObject([[[{ event: 'opened' }], []]]);
});

describe('every request, at the webhook processor', () => describeEveryAnswer(place));

describe('Send a Webmail link when someone joins', () => describeSendAWebmailLink(world));

describe('Access links, with your own rules', () => describeClickTimeAccess(world));

describe('A new hosting customer', () => describeANewHostingCustomer(world));

test('all executions ran on the worker', async () => {
	const executions = await world().n8n.executions();
	expect(executions.length).toBeGreaterThan(0);
	expect(executions.map(({ id }) => id).filter((id) => !ran().includes(id))).toEqual([]);
});
