import { parseHost } from '../../nodes/shared/cpanel/input/host';
import { logInToWebmail, loginAddress, loginLink } from '../../nodes/shared/cpanel/login/login';
import type { LoginTicket } from '../../nodes/shared/cpanel/input/loginTicket';
import type { Login } from '../../nodes/shared/cpanel/login/login';
import type { CpanelError } from '../../nodes/shared/errors';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { MESSAGES, invalidTokenPage, loginPage, plainPage } from '../cpsrvd/pages';
import { connectionTo, fakeTransport, awaitingMatch } from './fakeTransport';
import { rejectionOf } from './thrown';

const HOST = 'mail.example.com:2096';
const TICKET: LoginTicket = {
	host: parseHost('mail.example.com', 2096, 'Host'),
	token: '/cpsess123',
	session: 'anna@example.com:abc:TAG,0123456789',
};
const USER = 'webmailsession=anna%40example.com%3aabc%2cdef; HttpOnly; path=/; port=2096; secure';
const NOBODY = 'webmailsession=%3aabc%2cdef; HttpOnly; path=/; port=2096; secure';
const LANDING = '/cpsess123/webmail/jupiter/index.html?login=1&post_login=4';
const SUCCESS: Partial<HttpResponse> = { status: 307, location: LANDING, cookies: [USER] };

async function logIn(answer: Partial<HttpResponse>, ticket = TICKET): Promise<Login> {
	return await logInToWebmail(connectionTo(fakeTransport(answer)), ticket);
}

async function refused(answer: Partial<HttpResponse>): Promise<CpanelError> {
	return await rejectionOf(logIn(answer));
}

describe('a login link', () => {
	it('holds the session, encoded for a query', () => {
		expect(loginLink(TICKET)).toBe(
			`https://${HOST}/cpsess123/login/?session=anna%40example.com%3Aabc%3ATAG%2C0123456789`,
		);
	});

	it.each([
		['what must be encoded', `a+b c&d=e#f?g%20"<>'(*)~!/\\`],
		['other scripts', 'ä電😀'],
		['control characters', '\u0000\r\n\t\u007f'],
		['much', 'x'.repeat(100_000)],
	])('brings every field to the server unchanged: %s', (_case, text) => {
		const link = loginLink({ ...TICKET, session: text, gotoUri: `/${text}`, locale: 'pt_br' });
		const { origin, pathname, searchParams, hash } = new URL(link);
		expect([origin, pathname, hash]).toEqual([`https://${HOST}`, '/cpsess123/login/', '']);
		expect([...searchParams]).toEqual([
			['session', text],
			['goto_uri', `/${text}`],
			['locale', 'pt_br'],
		]);
		expect(link).toMatch(/^[\w:/.?=&%~!*'()-]+$/);
		expect(link).not.toContain('+');
	});

	it('is made of ill-formed text, too', () => {
		expect(loginLink({ ...TICKET, session: 'a\ud800b' })).toMatch(/session=a%EF%BF%BDb$/);
	});

	it('keeps a port that is not the usual one', () => {
		const host = parseHost('[2001:db8::1]:443', 2096, 'Host');
		expect(loginLink({ ...TICKET, host })).toMatch(
			/^https:\/\/\[2001:db8::1\]:443\/cpsess123\/login\/\?session=/,
		);
	});
});

describe('a login to Webmail', () => {
	it('posts the session to its own address', async () => {
		const transport = fakeTransport(SUCCESS);
		const ticket = { ...TICKET, gotoUri: '/3rdparty/x', locale: 'de' };
		await logInToWebmail(connectionTo(transport), ticket);
		const [request] = transport.requests;
		expect(request).toMatchObject({ method: 'POST', url: loginAddress(TICKET) });
		expect(request?.url).toBe(`https://${HOST}/cpsess123/login`);
		expect(Object.fromEntries(request?.form ?? [])).toEqual({
			session: TICKET.session,
			goto_uri: '/3rdparty/x',
			locale: 'de',
		});
	});

	it('asks for a page, once, and to be told whose answer came', async () => {
		const transport = fakeTransport(SUCCESS);
		await logInToWebmail(connectionTo(transport), TICKET);
		expect(transport.requests).toMatchObject([
			{ headers: { accept: 'text/html' }, awaitsMatch: true },
		]);
	});

	it.each<[string, Partial<HttpResponse>, object]>([
		['its own by the token in the address', SUCCESS, { isOwn: true }],
		['nobody’s where it is refused', { status: 401, body: loginPage('webmail', '') }, {}],
	])('knows an answer to be %s', async (_case, given, identity) => {
		const { answer, identities } = awaitingMatch(given);
		await logIn(answer).catch(() => undefined);
		expect(identities).toEqual([identity]);
	});

	it('posts nothing that was not chosen', async () => {
		const transport = fakeTransport(SUCCESS);
		await logInToWebmail(connectionTo(transport), TICKET);
		expect(transport.requests[0]?.form?.toString()).toBe(
			new URLSearchParams({ session: TICKET.session }).toString(),
		);
	});

	it.each([301, 302, 303, 307, 308])(
		'is done with a redirect (%i) and a cookie',
		async (status) => {
			expect(await logIn({ ...SUCCESS, status })).toEqual({
				url: `https://${HOST}${LANDING}`,
				sessionUrl: `https://${HOST}/cpsess123`,
				cookie: 'webmailsession=anna%40example.com%3aabc%2cdef',
			});
		},
	);

	it.each<[string, Partial<HttpResponse>, Partial<Login>]>([
		[
			'an absolute address',
			{ location: `https://${HOST}/cpsess123/webmail` },
			{ url: `https://${HOST}/cpsess123/webmail` },
		],
		['the token alone', { location: '/cpsess123' }, { url: `https://${HOST}/cpsess123` }],
		[
			'more cookies',
			{ cookies: ['webmailrelogin=no', USER, 'session_locale=de; path=/'] },
			{
				cookie:
					'webmailrelogin=no; webmailsession=anna%40example.com%3aabc%2cdef; session_locale=de',
			},
		],
		[
			'a cookie for nobody first',
			{ cookies: [NOBODY, USER] },
			{ cookie: 'webmailsession=anna%40example.com%3aabc%2cdef' },
		],
		[
			'a cookie that is not encoded',
			{ cookies: ['webmailsession=anna:abc,def'] },
			{ cookie: 'webmailsession=anna:abc,def' },
		],
	])('is done with %s', async (_case, changes, login) => {
		expect(await logIn({ ...SUCCESS, ...changes })).toMatchObject(login);
	});

	it.each([
		['the same, in other letters', 'ANNA%40Example.com%3aabc'],
		['the same, not encoded', 'anna@example.com:abc'],
		['a name without a domain', 'anna%3aabc'],
		['another name without a domain', 'ben%3aabc%40x'],
		['an address without an end', 'ben%40example.com'],
	])('is done with the cookie of %s', async (_case, value) => {
		const cookie = `webmailsession=${value}`;
		expect(await logIn({ ...SUCCESS, cookies: [cookie] })).toMatchObject({ cookie });
	});

	it('is done whatever the session says of its mailbox', async () => {
		const ticket = { ...TICKET, session: 'alice:abc:TAG,0123456789' };
		expect((await logIn(SUCCESS, ticket)).cookie).toContain('anna');
	});

	it('is done at a port that a URL leaves out', async () => {
		const host = parseHost('mail.example.com:443', 2096, 'Host');
		const location = 'https://mail.example.com/cpsess123/webmail';
		expect(await logIn({ ...SUCCESS, location }, { ...TICKET, host })).toMatchObject({
			url: location,
			sessionUrl: 'https://mail.example.com:443/cpsess123',
		});
	});

	it('is never sent twice, not even when a kept connection dies', async () => {
		const died = new HttpTransportError('reset', HOST, 'ECONNRESET', true);
		const transport = fakeTransport(died, SUCCESS);
		const error = await rejectionOf(logInToWebmail(connectionTo(transport), TICKET));
		expect(error.kind).toBe('connection');
		expect(transport.requests).toHaveLength(1);
	});
});

describe('a login that is refused', () => {
	const webmail = (message: string, status = 401): Partial<HttpResponse> => ({
		status,
		body: loginPage('webmail', message),
		cookies: [NOBODY],
	});

	it.each<[string, Partial<HttpResponse>, string]>([
		['an unknown session', webmail(MESSAGES.invalid_session), 'does not recognize this session'],
		['an expired session', webmail(MESSAGES.expired_session), 'expired before it was used'],
		['a different address', webmail(MESSAGES.changed_ip), 'created for a different address'],
		[
			'another token',
			{ status: 401, body: invalidTokenPage(MESSAGES.token_incorrect) },
			'token does not belong to this session',
		],
		['a login page', webmail(MESSAGES.invalid_login), 'did not accept the session'],
		['a login page with 200', webmail('', 200), 'did not accept the session'],
		['a localized page', { status: 200, body: '<input name="pass">' }, 'did not accept'],
		['an empty 401', { status: 401 }, 'did not accept the session'],
		['an empty 403', { status: 403, server: 'cpsrvd' }, 'did not accept the session'],
		['JSON', { status: 401, body: '{"status":0}' }, 'did not accept the session'],
		[
			'a redirect to the login',
			{ status: 302, location: '/login/?x', cookies: [NOBODY] },
			'did not accept the session',
		],
		[
			'a redirect to the login with its page',
			{ ...webmail(MESSAGES.expired_session, 302), location: `https://${HOST}/login` },
			'expired before it was used',
		],
		['no cookie', { ...SUCCESS, cookies: [] }, 'but did not set its cookie'],
		[
			'an empty cookie',
			{ ...SUCCESS, cookies: ['webmailsession=; path=/'] },
			'did not set its cookie',
		],
		['a cookie for nobody', { ...SUCCESS, cookies: [NOBODY] }, 'but did not set its cookie'],
		[
			'a cookie for nobody, not encoded',
			{ ...SUCCESS, cookies: ['webmailsession=:abc,def'] },
			'but did not set its cookie',
		],
		[
			'a cookie that is taken back',
			{ ...SUCCESS, cookies: [USER, 'webmailsession=; expires=Thu, 01 Jan 1970 00:00:00 GMT'] },
			'but did not set its cookie',
		],
		['another cookie', { ...SUCCESS, cookies: ['cpsession=alice%3aabc'] }, 'but did not set its'],
	])('is the session’s: %s', async (_case, answer, message) => {
		const error = await refused(answer);
		expect(error).toMatchObject({
			kind: 'signIn',
			stopsBatch: false,
			httpStatus: answer.status,
			message: expect.stringContaining(message),
		});
		expect(error.hint).not.toBe('');
	});

	it('has a message of its own for each finding of Webmail’s', async () => {
		const { invalid_session, expired_session, changed_ip, token_incorrect, invalid_login } =
			MESSAGES;
		const findings = [invalid_session, expired_session, changed_ip, token_incorrect, invalid_login];
		const errors = await Promise.all(
			findings.map(async (finding) => await refused(webmail(finding))),
		);
		expect(new Set(errors.map(({ message }) => message)).size).toBe(findings.length);
	});

	it.each([401, 200, 403])('is a lock, which ends the batch (%i)', async (status) => {
		expect(await refused(webmail(MESSAGES.locked, status))).toMatchObject({
			kind: 'credential',
			stopsBatch: true,
			message: expect.stringContaining('locked'),
		});
	});

	it('is a lock also where no page comes with it', async () => {
		expect(await refused({ status: 401, body: 'Brute force attempt' })).toMatchObject({
			kind: 'credential',
			message: expect.stringContaining('locked'),
		});
	});

	it.each([
		[429, 'is receiving too many requests (HTTP 429)'],
		[503, 'is currently unavailable (HTTP 503)'],
	])('was not handled by a busy server (%i), and needs a new session', async (status, message) => {
		const body = plainPage('Busy', 'Please try again later.');
		expect(await refused({ status, body, retryAfter: 7_000 })).toMatchObject({
			kind: 'busy',
			retryAfter: 7_000,
			message: `${HOST} ${message}`,
			hint: expect.stringMatching(/was not sent again.+create a new session/),
		});
	});
});

describe('a login that something else answers', () => {
	it.each<[string, Partial<HttpResponse>, string]>([
		[
			'a redirect to another server',
			{ ...SUCCESS, location: 'https://evil.example/cpsess123/?session=SECRET' },
			'redirect to evil.example, which',
		],
		[
			'a redirect without a scheme',
			{ ...SUCCESS, location: '//evil.example/cpsess123' },
			'evil.example',
		],
		[
			'a redirect with backslashes',
			{ ...SUCCESS, location: '/\\evil.example/cpsess123' },
			'evil.example',
		],
		[
			'a redirect that seems to name the server',
			{ ...SUCCESS, location: `https://${HOST}@evil.example/cpsess123` },
			'evil.example',
		],
		[
			'a redirect to another port',
			{ ...SUCCESS, location: 'https://mail.example.com:2083/cpsess123' },
			'mail.example.com:2083',
		],
		[
			'a redirect without TLS',
			{ ...SUCCESS, location: 'http://mail.example.com:2095/cpsess123' },
			'mail.example.com:2095',
		],
		['a redirect to no session', { ...SUCCESS, location: '/webmail' }, `redirect to ${HOST}`],
		['a redirect to a bad token', { ...SUCCESS, location: '/cpsessX/' }, `redirect to ${HOST}`],
		['a redirect to nowhere', { ...SUCCESS, location: undefined }, `redirect to ${HOST}`],
		[
			'a redirect to nonsense',
			{ ...SUCCESS, location: 'https://' },
			'an address that it does not name',
		],
		['a redirect by script', { ...SUCCESS, location: 'javascript:SECRET' }, 'does not name'],
		[
			'another token',
			{ ...SUCCESS, location: '/cpsess999/webmail' },
			'the session of another user',
		],
		[
			'the cookie of another mailbox',
			{ ...SUCCESS, cookies: [USER.replace('anna', 'ben')] },
			'the session of another user',
		],
		['a 304', { ...SUCCESS, status: 304 }, 'redirect to'],
		['a 200 that names a page', { ...SUCCESS, status: 200 }, 'did not answer like Webmail'],
		[
			'a redirect to what was sent, as a name',
			{ ...SUCCESS, location: 'https://tag-0123456789.evil.example/' },
			'redirect to tag-0123456789.evil.example',
		],
		[
			'a redirect to the session, as a name',
			{ ...SUCCESS, location: 'https://cpsess123.evil.example/' },
			'redirect to',
		],
		['a 404', { status: 404 }, 'has no such address (HTTP 404)'],
		['a 500', { status: 500, body: loginPage('webmail', '') }, '(HTTP 500)'],
		[
			'a page of a stranger',
			{ body: '<h1>It works!</h1>' },
			'a web page that does not come from cPanel',
		],
		['an expired license', { body: plainPage('License', 'License is expired') }, 'license'],
		['success without a redirect', { ...SUCCESS, status: 200 }, 'did not answer like Webmail'],
		['JSON', { body: '{"status":1}' }, 'did not answer like Webmail'],
		['nothing', {}, 'did not answer like Webmail'],
	])('is explained: %s', async (_case, answer, message) => {
		const error = await refused(answer);
		expect(error).toMatchObject({
			kind: 'answer',
			stopsBatch: false,
			httpStatus: answer.status ?? 200,
			message: expect.stringContaining(message),
		});
		const told = error.message + error.hint;
		for (const secret of ['SECRET', TICKET.session, 'abc']) expect(told).not.toContain(secret);
	});
});
