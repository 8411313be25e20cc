import { callUapi, callUapiInSession } from '../../nodes/shared/cpanel/api/uapi';
import type { Caller } from '../../nodes/shared/cpanel/api/uapi';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, uapi, uapiRefusal } from './fakeTransport';
import { rejectionOf } from './thrown';

const CALLER: Caller = {
	base: 'https://cpanel.example.com:2083',
	headers: { authorization: 'cpanel alice:TOKEN0123456789' },
	secrets: ['TOKEN0123456789'],
	signIn: { kind: 'credential', subject: 'the credential', hint: 'Check the token.' },
};
const SESSION = {
	sessionUrl: 'https://mail.example.com:2096/cpsess123',
	cookie: 'webmailsession=anna%40example.com%3aABCDEFGH%2c0123; x=yes',
};
const SELF = { module: 'Session', function: 'create_webmail_session_for_self' };
const URL_OF_SELF =
	'https://cpanel.example.com:2083/execute/Session/create_webmail_session_for_self';

describe('a call of UAPI', () => {
	it('is a GET with what tells who calls', async () => {
		const transport = fakeTransport(uapi({ a: 1 }));
		const { data } = await callUapi(connectionTo(transport), CALLER, SELF);
		expect(data).toEqual({ a: 1 });
		expect(transport.requests).toMatchObject([
			{
				method: 'GET',
				url: URL_OF_SELF,
				headers: { authorization: 'cpanel alice:TOKEN0123456789', accept: 'application/json' },
			},
		]);
		expect(transport.requests[0]).not.toHaveProperty('form');
	});

	it('has its arguments in the query, encoded, without those that are undefined', async () => {
		const transport = fakeTransport(uapi({}));
		await callUapi(connectionTo(transport), CALLER, {
			...SELF,
			arguments: { login: "o'neil+ö &=#", locale: undefined, empty: '' },
		});
		const { searchParams } = new URL(transport.requests[0]?.url ?? '');
		expect([...searchParams]).toEqual([
			['login', "o'neil+ö &=#"],
			['empty', ''],
		]);
	});

	it('is a form with everything in it, and nothing in the URL, as soon as an argument is secret', async () => {
		const transport = fakeTransport(uapi({}));
		await callUapi(connectionTo(transport), CALLER, {
			...SELF,
			arguments: { login: 'anna', locale: undefined },
			secretArguments: { password: 'pä+ss &' },
		});
		const [request] = transport.requests;
		expect(request).toMatchObject({ method: 'POST', url: URL_OF_SELF });
		expect([...(request?.form ?? [])]).toEqual([
			['login', 'anna'],
			['password', 'pä+ss &'],
		]);
	});

	it.each([
		['a GET', {}],
		['a form', { secretArguments: { password: 'p' } }],
	])('is sent once more when its kept connection died: %s', async (_case, more) => {
		const died = new HttpTransportError('reset', 'cpanel.example.com:2083', 'ECONNRESET', true);
		const transport = fakeTransport(died, uapi({ a: 1 }));
		const { data } = await callUapi(connectionTo(transport), CALLER, { ...SELF, ...more });
		expect(data).toEqual({ a: 1 });
		expect(transport.requests).toHaveLength(2);
	});

	it('keeps the secrets of the caller and secret arguments out of cPanel’s words', async () => {
		const transport = fakeTransport(uapiRefusal('TOKEN0123456789 and p+ss%20w: no'));
		const call = { ...SELF, secretArguments: { password: 'p+ss%20w' } };
		const { message } = await rejectionOf(callUapi(connectionTo(transport), CALLER, call));
		expect(message).toContain('••• and •••: no');
	});

	it('blames for a refused sign-in whom the caller says', async () => {
		const transport = fakeTransport({ status: 401 });
		const error = await rejectionOf(callUapi(connectionTo(transport), CALLER, SELF));
		expect(error).toMatchObject({ kind: 'credential', stopsBatch: true });
		expect(transport.requests).toHaveLength(1);
	});
});

describe('a call of UAPI inside a session', () => {
	it('goes to the session, with its cookie and without a credential', async () => {
		const transport = fakeTransport(uapi({ created: 1 }));
		await callUapiInSession(connectionTo(transport), SESSION, SELF);
		expect(transport.requests).toMatchObject([
			{
				method: 'GET',
				url: `${SESSION.sessionUrl}/execute/Session/create_webmail_session_for_self`,
				headers: { cookie: SESSION.cookie },
			},
		]);
		expect(transport.requests[0]?.headers).not.toHaveProperty('authorization');
	});

	it('blames the session for a refused sign-in', async () => {
		const transport = fakeTransport({ status: 401 });
		const error = await rejectionOf(callUapiInSession(connectionTo(transport), SESSION, SELF));
		expect(error).toMatchObject({ kind: 'signIn', stopsBatch: false });
	});

	it.each([
		['the header', SESSION.cookie],
		['the value', 'anna%40example.com%3aABCDEFGH%2c0123'],
		['the value, decoded', 'anna@example.com:ABCDEFGH,0123'],
	])('keeps its cookie out of cPanel’s words: %s', async (_case, echo) => {
		const transport = fakeTransport(uapiRefusal(`Received ${echo}. yes?`));
		const call = callUapiInSession(connectionTo(transport), SESSION, SELF);
		const { message } = await rejectionOf(call);
		expect(message).not.toContain('ABCDEFGH');
		// a value as short as this is no secret, and would take words apart
		expect(message).toContain('yes?');
	});

	it('copes with a cookie that is not encoded as it should be', async () => {
		const transport = fakeTransport(uapiRefusal('Received a%zzzzzzzzzz'));
		const session = { ...SESSION, cookie: 'webmailsession=a%zzzzzzzzzz' };
		const { message } = await rejectionOf(
			callUapiInSession(connectionTo(transport), session, SELF),
		);
		expect(message).toContain('Received •••');
	});
});
