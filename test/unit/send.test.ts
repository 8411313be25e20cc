import { readMatchedResponse } from '../../nodes/shared/cpanel/api/send';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type {
	ResponseIdentity,
	HttpResponse,
	PendingMatch,
} from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, response } from './fakeTransport';
import { thrownBy } from './thrown';

const CHANNEL = connectionTo(fakeTransport());
const URL_OF_CALL = 'https://cpanel.example.com:2083/execute/x';
const MISMATCHED = /cpanel\.example\.com:2083 could not be matched to its request/;

/** An answer that came over a kept connection, and what it is matched by. */
function received(mismatch?: HttpTransportError): {
	answer: HttpResponse;
	identities: ResponseIdentity[];
} {
	const identities: ResponseIdentity[] = [];
	const pendingMatch: PendingMatch = {
		mismatch,
		match(identity) {
			identities.push(identity);
			return mismatch;
		},
	};
	return { answer: response({ pendingMatch }), identities };
}

const read = (
	answer: HttpResponse,
	identity: ResponseIdentity,
	result: () => string = () => 'read',
) => readMatchedResponse(CHANNEL, answer, URL_OF_CALL, result, () => identity);

const broken = (): never => {
	throw new TypeError('x');
};

describe('an answer that tells whose it is', () => {
	it('is read, and matched by what it tells', () => {
		const { answer, identities } = received();
		expect(read(answer, { isOwn: true })).toBe('read');
		expect(identities).toEqual([{ isOwn: true }]);
	});

	it('tells nothing where it cannot be read', () => {
		const { answer, identities } = received();
		expect(() => read(answer, { isOwn: true }, broken)).toThrow(TypeError);
		expect(identities).toEqual([{}]);
	});

	it.each<[string, HttpResponse]>([
		['that is kept', received().answer],
		['of its own', response()],
	])('is another’s where it says so, on a connection %s', (_case, answer) => {
		expect(thrownBy(() => read(answer, { isOwn: false }))).toMatchObject({
			kind: 'connection',
			message: expect.stringMatching(MISMATCHED),
		});
	});

	it.each<[string, () => string]>([
		['read', () => 'read'],
		['unreadable', broken],
	])('is not trusted where its connection had a mismatch: %s', (_case, result) => {
		const { answer } = received(new HttpTransportError('mismatched', 'cpanel.example.com:2083'));
		expect(thrownBy(() => read(answer, {}, result)).message).toMatch(MISMATCHED);
	});

	it('fails with the mismatch that its connection had', () => {
		const { answer } = received(new HttpTransportError('reset', 'other.example'));
		expect(thrownBy(() => read(answer, { isOwn: false })).message).toContain('other.example');
	});
});
