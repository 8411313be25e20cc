import { CpanelError } from '../../nodes/shared/errors';
import { RefusedCredentials } from '../../nodes/shared/n8n/lockout/recentRefusals';
import { SignInGate } from '../../nodes/shared/n8n/lockout/SignInGate';

const REFUSED = new CpanelError('credential', 'not accepted', { hint: 'Check it.' });
const UNREACHABLE = new CpanelError('connection', 'no answer', { hint: 'Try again.' });
const UNKNOWN_MAILBOX = new CpanelError('refusal', 'no such mailbox', { hint: 'Check it.' });

/** Every call that has a free slot has started. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

/** A call that ends when the test says so. */
class Call {
	static started: Call[] = [];
	readonly outcome: Promise<string>;
	private settle: { resolve: (value: string) => void; reject: (error: Error) => void } | undefined;

	constructor(gate: SignInGate, signal: AbortSignal, key = 'one') {
		this.outcome = gate
			.pass(key, signal, async () => {
				Call.started.push(this);
				return await new Promise<string>((resolve, reject) => (this.settle = { resolve, reject }));
			})
			.catch((error: Error) => error.message);
	}

	async succeeds(): Promise<void> {
		this.settle?.resolve('in');
		await this.outcome;
		await settled();
	}

	async fails(error: Error): Promise<void> {
		this.settle?.reject(error);
		await this.outcome;
		await settled();
	}
}

describe('the gate of the clicks', () => {
	let now: number;
	let gate: SignInGate;
	let patience: AbortController;

	beforeEach(() => {
		now = 0;
		gate = new SignInGate(new RefusedCredentials(() => now));
		patience = new AbortController();
		Call.started.length = 0;
	});

	async function calls(count: number, key?: string): Promise<Call[]> {
		const all = Array.from(
			{ length: count },
			() => new Call(gate, AbortSignal.any([patience.signal]), key),
		);
		await settled();
		return all;
	}

	it('sends the first alone, then ten at a time, each as soon as another is done', async () => {
		const all = await calls(25);
		expect(Call.started).toEqual([all[0]]);
		await all[0]?.succeeds();
		expect(Call.started).toEqual(all.slice(0, 11));
		await all[5]?.fails(UNREACHABLE);
		expect(Call.started).toEqual(all.slice(0, 12));
		for (const call of all.slice(1)) await call.succeeds();
		expect(Call.started).toEqual(all);
		expect(await Promise.all(all.map(({ outcome }) => outcome))).toEqual(
			all.map((_, index) => (index === 5 ? 'no answer' : 'in')),
		);
	});

	it('takes a refusal of cPanel’s for a yes to the credential, and silence for none', async () => {
		const all = await calls(4);
		await all[0]?.fails(UNREACHABLE);
		expect(Call.started).toEqual(all.slice(0, 2));
		await all[1]?.fails(UNKNOWN_MAILBOX);
		expect(Call.started).toEqual(all);
		for (const call of all.slice(2)) await call.succeeds();
	});

	it('sends the first alone again after a pause', async () => {
		const [first] = await calls(1);
		await first?.succeeds();
		const later = await calls(2);
		expect(Call.started).toEqual([first, later[0]]);
		await later[0]?.succeeds();
		await later[1]?.succeeds();
	});

	it('remembers a refused credential for a minute, and tells it to all who wait', async () => {
		const all = await calls(50);
		await all[0]?.fails(REFUSED);
		expect(await Promise.all(all.map(({ outcome }) => outcome))).toEqual(
			all.map(() => 'not accepted'),
		);
		now = 59_999;
		const [early] = await calls(1);
		expect(await early?.outcome).toBe('not accepted');
		expect(Call.started).toEqual([all[0]]);

		now = 60_000;
		const [late] = await calls(1);
		expect(Call.started).toEqual([all[0], late]);
		await late?.succeeds();
	});

	it('keeps credentials apart', async () => {
		const [one] = await calls(1, 'one');
		const [other] = await calls(1, 'other');
		await one?.fails(REFUSED);
		expect(Call.started).toEqual([one, other]);
		await other?.succeeds();
		expect(await other?.outcome).toBe('in');
	});

	it('goes on as before after an error that nobody expected', async () => {
		const all = await calls(3);
		await all[0]?.fails(new TypeError('x'));
		expect(Call.started).toEqual(all.slice(0, 2));
		await all[1]?.succeeds();
		await all[2]?.succeeds();
	});

	it('trusts a credential no more that was refused after it was accepted', async () => {
		const all = await calls(2);
		await all[0]?.succeeds();
		const [second] = await calls(1);
		await second?.fails(REFUSED);
		now = 60_000;
		const later = await calls(2);
		// one of the earlier ones is still under way, and was let in before the refusal
		expect(Call.started).toEqual([all[0], all[1], second]);
		await all[1]?.fails(UNREACHABLE);
		expect(Call.started).toEqual([all[0], all[1], second, later[0]]);
		await later[0]?.succeeds();
		await later[1]?.succeeds();
	});

	it('says what to do to whoever waited too long', async () => {
		const [first] = await calls(1);
		const late = gate.pass('one', AbortSignal.abort(), async () => await Promise.resolve('in'));
		await expect(late).rejects.toMatchObject({
			kind: 'busy',
			hint: expect.stringContaining('Try again.'),
		});
		await first?.succeeds();
	});

	it('lets nobody wait beyond their time', async () => {
		const [first, second] = await calls(2);
		patience.abort();
		expect(await second?.outcome).toBe('Too many access links for one server were opened at once');
		const [third] = await calls(1);
		expect(await third?.outcome).toBe('Too many access links for one server were opened at once');
		await first?.succeeds();
		expect(Call.started).toEqual([first]);
	});
});
