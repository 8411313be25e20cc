import { subjectOf } from '../../nodes/shared/cpanel/api/send';
import { callUapiThroughWhm, callWhm } from '../../nodes/shared/cpanel/api/whm';
import { readWhmCredential } from '../../nodes/shared/cpanel/input/credentials';
import type { ResponseIdentity, HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, awaitingMatch } from './fakeTransport';
import { rejectionOf } from './thrown';

const WHM = readWhmCredential({
	server: 'whm.example.com',
	username: 'root',
	apiToken: 'TOKEN0123456789',
});
const CHECK = {
	module: 'Session',
	function: 'create_webmail_session_for_mail_user_check_password',
	arguments: { domain: 'example.com', login: 'anna', locale: undefined },
	secretArguments: { password: 'p+ss w' },
};
const SELF = { module: 'Session', function: 'create_webmail_session_for_self' };

const answered = (data: unknown, metadata: object = { result: 1 }): Partial<HttpResponse> => ({
	contentType: 'application/json',
	body: JSON.stringify({ metadata, data }),
});
const uapi = (answer: object): Partial<HttpResponse> => answered({ uapi: answer });

describe('a call of WHM', () => {
	it('is a GET with the token of its user', async () => {
		const transport = fakeTransport(answered({ version: '11' }, { result: 1, a: 2 }));
		const call = { function: 'version', arguments: { x: 'ä &' } };
		expect(await callWhm(connectionTo(transport), WHM, call)).toEqual({
			data: { version: '11' },
			metadata: { result: 1, a: 2 },
		});
		const [request] = transport.requests;
		expect(request).toMatchObject({
			method: 'GET',
			awaitsMatch: false,
			headers: { authorization: 'whm root:TOKEN0123456789', accept: 'application/json' },
		});
		const { origin, pathname, searchParams } = new URL(request?.url ?? '');
		expect(origin + pathname).toBe('https://whm.example.com:2087/json-api/version');
		expect([...searchParams]).toEqual([
			['api.version', '1'],
			['x', 'ä &'],
		]);
	});

	it('is refused in WHM’s words, without the token', async () => {
		const refusal = answered(undefined, { result: 0, reason: 'No: TOKEN0123456789' });
		const call = callWhm(connectionTo(fakeTransport(refusal)), WHM, { function: 'version' });
		expect((await rejectionOf(call)).message).toBe('WHM refused version: No: •••');
	});

	it('may be refused to its user, which ends the batch', async () => {
		const transport = fakeTransport({ status: 403, server: 'cpsrvd' });
		const call = callWhm(connectionTo(transport), WHM, { function: 'version' });
		expect(await rejectionOf(call)).toMatchObject({
			kind: 'credential',
			message: 'whm.example.com:2087 did not accept the credential (HTTP 403)',
			hint: expect.stringMatching(
				/^Check the user name and API token.+n8n sent no further request/,
			),
		});
	});

	it('tells whose answer it is by what it looks for', async () => {
		const { answer, identities } = awaitingMatch(answered({ user: 'alice' }));
		const transport = fakeTransport(answer);
		const findOwner = (data: unknown): ResponseIdentity => ({ unique: JSON.stringify(data) });
		await callWhm(connectionTo(transport), WHM, { function: 'x', identify: findOwner });
		expect(identities).toEqual([{ unique: '{"user":"alice"}' }]);
		expect(transport.requests).toMatchObject([{ awaitsMatch: true }]);
	});
});

describe('a call of UAPI through WHM', () => {
	it('names the account and the function, and keeps what is secret out of the address', async () => {
		const transport = fakeTransport(uapi({ status: 1, data: { a: 1 } }));
		const { data } = await callUapiThroughWhm(connectionTo(transport), WHM, 'alice', CHECK);
		expect(data).toEqual({ a: 1 });
		const [request] = transport.requests;
		expect(request).toMatchObject({
			method: 'POST',
			url: 'https://whm.example.com:2087/json-api/uapi_cpanel',
		});
		expect([...(request?.form ?? [])]).toEqual([
			['api.version', '1'],
			['cpanel.user', 'alice'],
			['cpanel.module', 'Session'],
			['cpanel.function', CHECK.function],
			['domain', 'example.com'],
			['login', 'anna'],
			['password', 'p+ss w'],
		]);
	});

	it('is refused by UAPI in the words of UAPI, without what is secret', async () => {
		const transport = fakeTransport(uapi({ status: 0, errors: ['No: p+ss w, TOKEN0123456789'] }));
		const call = callUapiThroughWhm(connectionTo(transport), WHM, 'alice', CHECK);
		expect(await rejectionOf(call)).toMatchObject({
			kind: 'refusal',
			message: `cPanel refused Session::${CHECK.function}: No: •••, •••`,
		});
	});

	it('is refused by WHM for the account that was named', async () => {
		const reason = 'You do not have access to an account named “alice”.';
		const transport = fakeTransport(answered(undefined, { result: 0, reason }));
		const call = callUapiThroughWhm(connectionTo(transport), WHM, 'alice', SELF);
		expect(await rejectionOf(call)).toMatchObject({
			kind: 'refusal',
			message: 'alice is not an account that this WHM user may act for',
		});
	});

	it('tells whose answer it is by the account, too', async () => {
		const { answer, identities } = awaitingMatch(uapi({ status: 1, data: 7 }));
		await callUapiThroughWhm(connectionTo(fakeTransport(answer)), WHM, 'alice', {
			...SELF,
			identify: (data, account) => ({ unique: `${String(data)} of ${account}` }),
		});
		expect(identities).toEqual([{ unique: '7 of alice' }]);
	});
});

describe('what a call is about', () => {
	it.each([
		[
			{ domain: 'x.example', login: 'anna' },
			{ domain: 'x.example', email: 'anna@x.example' },
		],
		[{ domain: 'x.example' }, { domain: 'x.example' }],
		[{ login: 'anna' }, {}],
		[undefined, {}],
	])('is what its arguments name: %j', (fields, about) => {
		expect(subjectOf({ arguments: fields })).toEqual(about);
	});
});
