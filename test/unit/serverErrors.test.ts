import { busy, licenseExpired, lockedOut } from '../../nodes/shared/cpanel/response/serverErrors';
import { ours } from './thrown';

describe('a server in trouble', () => {
	it('that is asked too often wants fewer requests', () => {
		expect(ours(busy('Busy', 429, 7))).toMatchObject({
			kind: 'busy',
			message: 'Busy',
			httpStatus: 429,
			retryAfter: 7,
			hint: expect.stringMatching(/^Wait a while.+“Max Concurrency”/),
		});
	});

	it('that is down is asked again later', () => {
		expect(ours(busy('Busy', 503, undefined))).toMatchObject({
			kind: 'busy',
			retryAfter: undefined,
			hint: expect.stringMatching(/^It may be overloaded/),
		});
	});

	it('that locked somebody out ends the batch', () => {
		expect(ours(lockedOut(401))).toMatchObject({
			kind: 'credential',
			stopsBatch: true,
			httpStatus: 401,
			hint: expect.stringContaining('each attempt extends the lockout'),
		});
	});

	it('without a license is the provider’s affair', () => {
		expect(ours(licenseExpired('x.example', 200))).toMatchObject({
			kind: 'answer',
			message: 'The cPanel license of x.example has expired',
			hint: expect.stringContaining('hosting provider'),
		});
	});
});
