import { CpanelError } from '../../nodes/shared/errors';
import type { CpanelErrorKind } from '../../nodes/shared/errors';
import { MOST_REFUSED_IN_A_ROW, SignInGuard } from '../../nodes/shared/n8n/batch/SignInGuard';

function error(kind: CpanelErrorKind): CpanelError {
	return new CpanelError(kind, `The ${kind}`, { hint: 'Do this.', httpStatus: 401 });
}

describe('the guard of a batch', () => {
	it('lets the first request go alone, and the others once it was accepted', () => {
		const guard = new SignInGuard(5, false);
		expect(guard.openLanes).toBe(1);
		guard.succeeded();
		expect(guard.openLanes).toBe(5);
		expect(guard.stopped).toBeUndefined();
	});

	it('takes a refusal for acceptance: who says no has recognized who asks', () => {
		const guard = new SignInGuard(5, false);
		guard.failed(error('refusal'));
		expect(guard.openLanes).toBe(5);
		expect(guard.stopped).toBeUndefined();
	});

	it.each<CpanelErrorKind>(['connection', 'answer', 'input', 'signIn', 'busy'])(
		'does not take this for acceptance: %s',
		(kind) => {
			const guard = new SignInGuard(5, false);
			guard.failed(error(kind));
			expect(guard.openLanes).toBe(1);
			expect(guard.stopped).toBeUndefined();
		},
	);

	it('ends the batch with the first refused credential, and keeps to that verdict', () => {
		const guard = new SignInGuard(5, false);
		const first = error('credential');
		guard.failed(first);
		guard.failed(error('credential'));
		guard.succeeded();
		expect(guard.stopped).toBe(first);
	});

	it('knows nothing of errors that are not cPanel’s', () => {
		const guard = new SignInGuard(5, false);
		guard.failed(new Error('x'));
		guard.failed(undefined);
		expect(guard.openLanes).toBe(1);
		expect(guard.stopped).toBeUndefined();
	});

	it('ends the batch after a few refused sign-ins in a row, and tells the last one', () => {
		const guard = new SignInGuard(5, true);
		for (let nth = 1; nth < MOST_REFUSED_IN_A_ROW; nth++) guard.failed(error('signIn'));
		expect(guard.stopped).toBeUndefined();
		guard.failed(error('signIn'));
		expect(guard.stopped).toMatchObject({
			kind: 'signIn',
			message: 'Not sent: 3 sign-ins in a row were refused by this server',
			hint: expect.stringContaining('The signIn. Do this.'),
			httpStatus: 401,
		});
	});

	it('begins to count anew after a success, and goes on counting after anything else', () => {
		const guard = new SignInGuard(5, true);
		guard.failed(error('signIn'));
		guard.failed(error('signIn'));
		guard.succeeded();
		guard.failed(error('signIn'));
		guard.failed(error('connection'));
		guard.failed(error('refusal'));
		guard.failed(error('signIn'));
		expect(guard.stopped).toBeUndefined();
		guard.failed(error('signIn'));
		expect(guard.stopped).toBeDefined();
	});

	it('has no more in flight than may still be refused, where the items carry secrets', () => {
		const guard = new SignInGuard(20, true);
		guard.succeeded();
		expect(guard.openLanes).toBe(3);
		guard.failed(error('signIn'));
		expect(guard.openLanes).toBe(2);
		guard.failed(error('signIn'));
		expect(guard.openLanes).toBe(1);
		guard.succeeded();
		expect(guard.openLanes).toBe(3);
		const narrow = new SignInGuard(2, true);
		narrow.succeeded();
		expect(narrow.openLanes).toBe(2);
	});

	it.each([1, 2, 5, 20])('never lets more than a few refusals through, with %i lanes', (lanes) => {
		const guard = new SignInGuard(lanes, true);
		guard.succeeded();
		let sent = 0;
		let inFlight = 0;
		while (guard.stopped === undefined) {
			while (inFlight < guard.openLanes) {
				inFlight += 1;
				sent += 1;
			}
			inFlight -= 1;
			guard.failed(error('signIn'));
		}
		expect(sent).toBe(MOST_REFUSED_IN_A_ROW);
	});
});
