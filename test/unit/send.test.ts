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
const MISPLACED = /cpanel\.example\.com:2083 was not told from that to another request/;

/** An answer that came over a kept connection, what is noted of it, and whether the connection is in doubt. */
function received(doubt?: HttpTransportError): { answer: HttpResponse; noted: ResponseIdentity[] } {
	const noted: ResponseIdentity[] = [];
	const receipt: PendingMatch = {
		mismatch: doubt,
		match(finding) {
			noted.push(finding);
			return doubt;
		},
	};
	return { answer: response({ pendingMatch: receipt }), noted };
}

const read = (
	answer: HttpResponse,
	finding: ResponseIdentity,
	result: () => string = () => 'read',
) => readMatchedResponse(CHANNEL, answer, URL_OF_CALL, result, () => finding);

const broken = (): never => {
	throw new TypeError('x');
};

describe('an answer that tells whose it is', () => {
	it('is read, and told to its connection', () => {
		const { answer, noted } = received();
		expect(read(answer, { isOwn: true })).toBe('read');
		expect(noted).toEqual([{ isOwn: true }]);
	});

	it('tells nothing where it cannot be read', () => {
		const { answer, noted } = received();
		expect(() => read(answer, { isOwn: true }, broken)).toThrow(TypeError);
		expect(noted).toEqual([{}]);
	});

	it('is another’s where it says so, whatever its connection has seen', () => {
		const { answer } = received();
		expect(thrownBy(() => read(answer, { isOwn: false }))).toMatchObject({
			kind: 'connection',
			message: expect.stringMatching(MISPLACED),
		});
	});

	it.each<[string, () => string]>([
		['read', () => 'read'],
		['unreadable', broken],
	])('is not trusted on a connection that is in doubt: %s', (_case, result) => {
		const { answer } = received(new HttpTransportError('misplaced', 'cpanel.example.com:2083'));
		expect(thrownBy(() => read(answer, {}, result)).message).toMatch(MISPLACED);
	});

	it('is told as the doubt that its connection is in', () => {
		const { answer } = received(new HttpTransportError('reset', 'other.example'));
		expect(thrownBy(() => read(answer, { isOwn: false })).message).toContain('other.example');
	});

	it('is its own on a connection of its own', () => {
		expect(read(response(), { isOwn: false })).toBe('read');
		expect(() => read(response(), {}, broken)).toThrow(TypeError);
	});
});
