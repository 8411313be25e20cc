import { itemTask } from '../../../nodes/shared/n8n/batch/planItems';
import { HttpTransportError } from '../../../nodes/shared/http/HttpTransport';
import type { HttpRequest, PendingMatch } from '../../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport } from '../fakeTransport';

const REQUEST: HttpRequest = {
	method: 'GET',
	url: 'https://cpanel.example.com:2083/x',
	timeout: 1,
};
const FOREIGN = new HttpTransportError('mismatched', 'cpanel.example.com:2083');

function matching(mismatch?: HttpTransportError): PendingMatch {
	return { mismatch, match: () => mismatch };
}

/** A task of one request, over a server whose answers are matched like this. */
function taskOf(...matches: PendingMatch[]) {
	const channel = connectionTo(fakeTransport(...matches.map((its) => ({ pendingMatch: its }))));
	return itemTask(
		{
			server: 'one',
			about: { email: 'anna@example.com' },
			run: async ({ transport, timeout }) => {
				await transport.send(REQUEST);
				return { items: [{ json: { timeout } }] };
			},
		},
		channel,
	);
}

describe('what an item asks for', () => {
	it('is done over its channel', async () => {
		const task = taskOf(matching());
		expect(task).toMatchObject({ server: 'one', about: { email: 'anna@example.com' } });
		expect(task.mismatch?.()).toBeUndefined();
		expect(await task.run()).toEqual({ items: [{ json: { timeout: 30_000 } }] });
		expect(task.mismatch?.()).toBeUndefined();
	});

	it('is mismatched where an answer turns out to be another’s', async () => {
		const task = taskOf(matching(FOREIGN));
		await task.run();
		expect(task.mismatch?.()).toMatchObject({
			kind: 'connection',
			message: expect.stringContaining('cpanel.example.com:2083'),
		});
	});

	it('is not mismatched for what an earlier try was answered', async () => {
		const task = taskOf(matching(FOREIGN), matching());
		await task.run();
		await task.run();
		expect(task.mismatch?.()).toBeUndefined();
	});
});
