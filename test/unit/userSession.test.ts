import { readWhmCredential } from '../../nodes/shared/cpanel/input/credentials';
import { openUserSession } from '../../nodes/shared/cpanel/login/userSession';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { MESSAGES, loginPage } from '../cpsrvd/pages';
import { connectionTo, fakeTransport, awaitingMatch } from './fakeTransport';
import { rejectionOf } from './thrown';

const WHM = readWhmCredential({ server: 'cpanel.example.com', username: 'root', apiToken: 'ABC' });
const COOKIE = 'cpsession=alice%3aabc%2cdef; HttpOnly; path=/; port=2083; secure';

const DATA = {
	session: 'alice:abc:CREATE_USER_SESSION,0123456789',
	cp_security_token: '/cpsess123',
	url: 'https://known-to-itself.example:2443/cpsess123/login/?session=alice%3aabc',
};

const made = (changes: object = {}): Partial<HttpResponse> => ({
	contentType: 'application/json',
	body: JSON.stringify({ metadata: { result: 1 }, data: { ...DATA, ...changes } }),
});
const LOGGED_IN: Partial<HttpResponse> = {
	status: 301,
	location: '/cpsess123/frontend/jupiter/index.html',
	cookies: [COOKIE],
};

describe('a session that WHM makes for one of its accounts', () => {
	it('is opened at cPanel, by its own parts and without the token of WHM', async () => {
		const transport = fakeTransport(made(), LOGGED_IN);
		expect(await openUserSession(connectionTo(transport), WHM, 'alice')).toEqual({
			sessionUrl: 'https://cpanel.example.com:2443/cpsess123',
			cookie: 'cpsession=alice%3aabc%2cdef',
		});
		const [call, login] = transport.requests;
		expect(call?.headers).toMatchObject({ authorization: 'whm root:ABC' });
		const { pathname, searchParams } = new URL(call?.url ?? '');
		expect(pathname).toBe('/json-api/create_user_session');
		expect(Object.fromEntries(searchParams)).toMatchObject({ user: 'alice', service: 'cpaneld' });
		expect(login).toMatchObject({
			method: 'POST',
			url: 'https://cpanel.example.com:2443/cpsess123/login/',
		});
		expect([...(login?.form ?? [])]).toEqual([['session', DATA.session]]);
		expect(login?.headers).not.toHaveProperty('authorization');
	});

	it.each([
		['is named without a port', { url: 'https://x.example/cpsess123/login/' }],
		['has an address that is none', { url: 'nonsense' }],
		['has no address', { url: undefined }],
	])('is opened at the usual port of cPanel where it %s', async (_case, changes) => {
		const transport = fakeTransport(made(changes), LOGGED_IN);
		const { sessionUrl } = await openUserSession(connectionTo(transport), WHM, 'alice');
		expect(sessionUrl).toBe('https://cpanel.example.com:2083/cpsess123');
	});

	it.each([
		[DATA.session, { isOwn: true, unique: DATA.session }],
		['bob:abc:x', { seemsForeign: true, unique: 'bob:abc:x' }],
	])('tells a kept connection whose it is: %s', async (session, identity) => {
		const { answer, identities } = awaitingMatch(made({ session }));
		await openUserSession(connectionTo(fakeTransport(answer, LOGGED_IN)), WHM, 'alice');
		expect(identities).toEqual([identity]);
	});

	it('tells nothing of whose it is where there is none', async () => {
		const { answer, identities } = awaitingMatch(made({ session: 7 }));
		const opened = openUserSession(connectionTo(fakeTransport(answer)), WHM, 'alice');
		const error = await rejectionOf(opened);
		expect(error).toMatchObject({ kind: 'answer', hint: expect.stringContaining('Run the item') });
		expect(identities).toEqual([{}]);
	});

	it('is logged in to once, also where a kept connection died', async () => {
		const died = new HttpTransportError('reset', 'cpanel.example.com:2443', 'ECONNRESET', true);
		const transport = fakeTransport(made(), died, LOGGED_IN);
		const opened = openUserSession(connectionTo(transport), WHM, 'alice');
		expect(await rejectionOf(opened)).toMatchObject({ kind: 'connection' });
		expect(transport.requests).toHaveLength(2);
	});

	it.each([
		['no session', { session: undefined }],
		['an empty session', { session: '' }],
		['a session that is no text', { session: 7 }],
		['no token', { cp_security_token: undefined }],
		['a token that is no text', { cp_security_token: 7 }],
		['a token that is none', { cp_security_token: '/../x' }],
	])('is not tried where there is %s', async (_case, changes) => {
		const transport = fakeTransport(made(changes));
		const opened = openUserSession(connectionTo(transport), WHM, 'alice');
		expect(await rejectionOf(opened)).toMatchObject({
			kind: 'answer',
			message: expect.stringContaining('contains no usable session'),
		});
		expect(transport.requests).toHaveLength(1);
	});

	it('ends the batch where cPanel does not let it in', async () => {
		const page = { status: 401, body: loginPage('cpanel', MESSAGES.invalid_login) };
		const opened = openUserSession(connectionTo(fakeTransport(made(), page)), WHM, 'alice');
		expect(await rejectionOf(opened)).toMatchObject({
			kind: 'credential',
			stopsBatch: true,
			message: expect.stringContaining('did not accept the session that WHM created'),
		});
	});

	it('is no matter of the credential where the login fails otherwise', async () => {
		const failed = fakeTransport(made(), { status: 500, body: 'x' });
		const opened = openUserSession(connectionTo(failed), WHM, 'alice');
		expect(await rejectionOf(opened)).toMatchObject({ kind: 'answer', stopsBatch: false });
	});
});
