import { CpanelError } from '../../nodes/shared/errors';
import type { CpanelErrorKind } from '../../nodes/shared/errors';
import { RefusedSignIns } from '../../nodes/shared/n8n/lockout/recentRefusals';
import {
	BatchSignIns,
	MAX_REFUSED,
	MAX_REFUSED_IN_ALL,
	SignInGuard,
} from '../../nodes/shared/n8n/lockout/SignInGuard';
import type { SignInGuardOptions } from '../../nodes/shared/n8n/lockout/SignInGuard';

function error(kind: CpanelErrorKind): CpanelError {
	return new CpanelError(kind, `The ${kind}`, { hint: 'Do this.', httpStatus: 401 });
}

function guardOf(changes: Partial<SignInGuardOptions> = {}): SignInGuard {
	return new SignInGuard({
		server: 'https://one.example:2096',
		maxConcurrency: 5,
		itemsCarrySecrets: false,
		memory: new RefusedSignIns(() => 0),
		batch: new BatchSignIns(),
		...changes,
	});
}

describe('the guard of a batch', () => {
	it('lets the first request go alone, and the others once it was accepted', () => {
		const guard = guardOf();
		expect(guard.limit).toBe(1);
		guard.succeeded();
		expect(guard.limit).toBe(5);
		expect(guard.maxConcurrency).toBe(5);
		expect(guard.stopped).toBeUndefined();
	});

	it('takes a refusal for acceptance: who says no has recognized who asks', () => {
		const guard = guardOf();
		guard.failed(error('refusal'));
		expect(guard.limit).toBe(5);
		expect(guard.stopped).toBeUndefined();
	});

	it.each<CpanelErrorKind>(['connection', 'answer', 'input', 'signIn', 'busy'])(
		'does not take this for acceptance: %s',
		(kind) => {
			const guard = guardOf();
			guard.failed(error(kind));
			expect(guard.limit).toBe(1);
			expect(guard.stopped).toBeUndefined();
		},
	);

	it('ends the batch with the first refused credential, and keeps to that verdict', () => {
		const guard = guardOf();
		const first = error('credential');
		guard.failed(first);
		guard.failed(error('credential'));
		guard.succeeded();
		expect(guard.stopped).toBe(first);
	});

	it('knows nothing of errors that are not cPanel’s', () => {
		const guard = guardOf();
		for (let nth = 0; nth < 9; nth++) guard.failed(new Error('x'));
		guard.failed(undefined);
		expect(guard.limit).toBe(1);
		expect(guard.stopped).toBeUndefined();
	});
});

describe('secrets that come with the items', () => {
	const carrying = (changes: Partial<SignInGuardOptions> = {}) =>
		guardOf({ itemsCarrySecrets: true, ...changes });

	it('end the batch after a few refusals, and the last one is told', () => {
		const guard = carrying();
		guard.succeeded();
		for (let nth = 1; nth < MAX_REFUSED; nth++) guard.failed(error('signIn'));
		expect(guard.stopped).toBeUndefined();
		guard.failed(error('signIn'));
		expect(guard.stopped).toMatchObject({
			kind: 'signIn',
			message: 'Not sent: this server refused 3 sign-ins within a minute',
			hint: expect.stringContaining('The signIn. Do this.'),
			httpStatus: 401,
		});
	});

	it('are counted whatever is accepted in between', () => {
		const guard = carrying();
		for (let nth = 0; nth < 2; nth++) {
			guard.failed(error('signIn'));
			guard.succeeded();
			guard.failed(error('connection'));
			guard.failed(error('refusal'));
		}
		expect(guard.stopped).toBeUndefined();
		guard.failed(error('signIn'));
		expect(guard.stopped).toBeDefined();
	});

	it('are no more in flight than may still be refused', () => {
		const guard = carrying({ maxConcurrency: 20 });
		guard.succeeded();
		expect(guard.limit).toBe(3);
		expect(guard.maxConcurrency).toBe(3);
		guard.failed(error('signIn'));
		expect(guard.limit).toBe(2);
		guard.failed(error('signIn'));
		expect(guard.limit).toBe(1);
		const narrow = carrying({ maxConcurrency: 2 });
		narrow.succeeded();
		expect(narrow.limit).toBe(2);
		expect(narrow.maxConcurrency).toBe(2);
	});

	it.each([1, 2, 5, 20])(
		'are refused a few times only, with a concurrency of %i',
		(maxConcurrency) => {
			const guard = carrying({ maxConcurrency });
			guard.succeeded();
			let sent = 0;
			let inFlight = 0;
			while (guard.stopped === undefined) {
				while (inFlight < guard.limit) {
					guard.begins();
					inFlight += 1;
					sent += 1;
				}
				guard.ends();
				inFlight -= 1;
				guard.failed(error('signIn'));
			}
			expect(sent).toBe(MAX_REFUSED);
		},
	);

	it('are refused a few times only, however many names their servers have', () => {
		const memory = new RefusedSignIns(() => 0);
		const batch = new BatchSignIns();
		const guards = [1, 2, 3, 4, 5, 6].map((nth) =>
			carrying({ server: `https://name${nth}.example:2096`, memory, batch, maxConcurrency: 20 }),
		);
		guards[0]?.succeeded();
		let sent = 0;
		while (guards.some(({ stopped }) => stopped === undefined)) {
			const inFlight: SignInGuard[] = [];
			for (const guard of guards) {
				const under = () => inFlight.filter((one) => one === guard).length;
				while (guard.stopped === undefined && under() < guard.limit) {
					guard.begins();
					inFlight.push(guard);
					sent += 1;
				}
			}
			for (const guard of inFlight) {
				guard.ends();
				guard.failed(error('signIn'));
			}
		}
		expect(sent).toBe(MAX_REFUSED_IN_ALL);
		expect(guards[0]?.stopped?.message).toBe('Not sent: 4 sign-ins were refused');
	});

	it('are not sent where the server refused as many a moment ago, on whichever port', () => {
		let now = 0;
		const memory = new RefusedSignIns(() => now);
		const earlier = carrying({ memory, server: 'https://one.example:2083' });
		for (let nth = 0; nth < MAX_REFUSED; nth++) earlier.failed(error('signIn'));
		expect(carrying({ memory }).stopped).toMatchObject({ kind: 'signIn' });
		expect(carrying({ memory, server: 'https://two.example:2096' }).stopped).toBeUndefined();
		expect(guardOf({ memory }).stopped).toBeUndefined();
		now = 60_001;
		expect(carrying({ memory }).stopped).toBeUndefined();
	});

	it('are counted together with a lock-out that they met, and not with other nodes’ credentials', () => {
		const memory = new RefusedSignIns(() => 0);
		for (let nth = 0; nth < MAX_REFUSED; nth++) guardOf({ memory }).failed(error('credential'));
		expect(carrying({ memory }).stopped).toBeUndefined();
		for (let nth = 0; nth < MAX_REFUSED; nth++) carrying({ memory }).failed(error('credential'));
		expect(carrying({ memory }).stopped).toMatchObject({ kind: 'signIn' });
	});
});

describe('a batch without an accepted answer', () => {
	it.each<CpanelErrorKind>(['connection', 'answer', 'signIn'])(
		'ends after three failures in a row: %s',
		(kind) => {
			const guard = guardOf();
			guard.failed(error(kind));
			guard.failed(error('input'));
			guard.failed(error(kind));
			expect(guard.stopped).toBeUndefined();
			guard.failed(error(kind));
			expect(guard.stopped).toMatchObject({
				kind,
				message: 'Not sent: 3 requests failed before any was accepted',
				hint: expect.stringContaining(`The last error: The ${kind}. Do this.`),
			});
		},
	);

	it('goes on once an answer was accepted, whatever fails then', () => {
		const guard = guardOf();
		guard.failed(error('answer'));
		guard.failed(error('connection'));
		guard.succeeded();
		for (let nth = 0; nth < 20; nth++) guard.failed(error('connection'));
		expect(guard.stopped).toBeUndefined();
	});

	it('leaves a busy server to those who wait for it', () => {
		const guard = guardOf();
		for (let nth = 0; nth < 20; nth++) guard.failed(error('busy'));
		expect(guard.stopped).toBeUndefined();
	});
});
