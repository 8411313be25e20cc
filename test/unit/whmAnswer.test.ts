import type { CallContext } from '../../nodes/shared/cpanel/response/verdict';
import { readWhmAnswer } from '../../nodes/shared/cpanel/api/whm';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { response } from './fakeTransport';
import { thrownBy } from './thrown';

const CALL: CallContext = {
	url: 'https://cpanel.example.com:2087/json-api/listaccts?api.version=1',
	function: 'listaccts',
	secrets: ['TOKEN0123'],
	signIn: { kind: 'credential', subject: 'the credential', hint: 'Check.', deniedHint: 'Check.' },
};

const json = (value: unknown, status = 200): Partial<HttpResponse> => ({
	status,
	contentType: 'application/json',
	body: JSON.stringify(value),
});
const read = (answer: Partial<HttpResponse>): ReturnType<typeof readWhmAnswer> =>
	readWhmAnswer(response(answer), CALL);
const judged = (answer: Partial<HttpResponse>): ReturnType<typeof thrownBy> =>
	thrownBy(() => read(answer));

describe('an answer of WHM', () => {
	it.each([1, '1'])('is one with the result %j', (result) => {
		const metadata = { result, reason: 'OK' };
		expect(read(json({ metadata, data: { acct: [] } }))).toEqual({ metadata, data: { acct: [] } });
	});

	it.each([undefined, null, [], 'x'])('has no data where there is %j', (data) => {
		expect(read(json({ metadata: { result: 1 }, data })).data).toEqual({});
	});
});

describe('an answer of the older API', () => {
	it('is one with data and without an error', () => {
		const answer = json({ cpanelresult: { data: { version: '11' } } });
		expect(read(answer)).toEqual({ data: { version: '11' }, metadata: {} });
	});

	it.each<[string, object]>([
		['an error', { data: { version: '11' }, error: 'No.' }],
		['a result', { data: { result: '1' }, error: undefined }],
		['no data', {}],
		['data that is a list', { data: [] }],
	])('is a refusal with %s', (_case, cpanelresult) => {
		expect(judged(json({ cpanelresult }))).toMatchObject({
			kind: 'refusal',
			message: expect.stringMatching(/^WHM refused listaccts/),
		});
	});
});

describe('a denial by WHM', () => {
	it.each<[string, Partial<HttpResponse>, number]>([
		['metadata', json({ metadata: { result: 0, reason: 'Access denied' } }), 200],
		['metadata and a 403', json({ metadata: { result: 0, reason: 'Access denied' } }, 403), 403],
		['the older API', json({ cpanelresult: { error: 'Access denied' } }), 200],
	])('is about who asks, in %s', (_case, answer, httpStatus) => {
		expect(judged(answer)).toMatchObject({
			kind: 'credential',
			httpStatus,
			details: 'WHM refused listaccts: Access denied',
		});
	});
});

describe('a refusal of WHM', () => {
	it.each<[string, Partial<HttpResponse>]>([
		['result 0', json({ metadata: { result: 0, reason: 'No: TOKEN0123' } })],
		['result 0 as a text', json({ metadata: { result: '0', reason: 'No: TOKEN0123' } })],
		['any result but 1', json({ metadata: { result: 2, reason: 'No: TOKEN0123' } })],
		['no result', json({ metadata: { result: null, reason: 'No: TOKEN0123' } })],
		['the old API', json({ cpanelresult: { error: 'No: TOKEN0123' } })],
		['old data', json({ data: { result: '0', reason: 'No: TOKEN0123' } })],
	])('is told in its own words, without what was sent: %s', (_case, answer) => {
		expect(judged(answer)).toMatchObject({
			kind: 'refusal',
			stopsBatch: false,
			message: 'WHM refused listaccts: No: •••',
		});
	});

	it('comes with a 403 where it is about the account that is asked for', () => {
		const answer = json({ metadata: { result: 0, reason: 'Not yours.' } }, 403);
		expect(judged(answer)).toMatchObject({
			kind: 'refusal',
			httpStatus: 403,
			message: 'WHM refused listaccts: Not yours.',
		});
	});

	it.each<[number, string]>([
		[401, 'credential'],
		[404, 'answer'],
		[500, 'answer'],
		[503, 'busy'],
	])('is none with HTTP %i, whatever it says', (status, kind) => {
		const answer = json({ metadata: { result: 0, reason: 'Access denied' } }, status);
		expect(judged(answer)).toMatchObject({ kind });
	});
});

describe('what is no answer of WHM', () => {
	it.each<[string, unknown]>([
		['other JSON', { hello: 1 }],
		['a list', [1]],
		['metadata that is none', { metadata: 'x' }],
		['metadata without a result', { metadata: { reason: 'x' } }],
		['data that went well', { data: { result: 1 } }],
	])('is told for what it is: %s', (_case, value) => {
		expect(judged(json(value))).toMatchObject({
			kind: 'answer',
			message: expect.stringContaining('is not a response from WHM'),
		});
	});
});
