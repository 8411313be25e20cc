import { readCpanelCredential } from '../../nodes/shared/cpanel/input/credentials';
import type { PasswordCredential } from '../../nodes/shared/cpanel/input/credentials';
import type { LoggedInSession } from '../../nodes/shared/cpanel/input/sessionUrl';
import { signIn, signInForm, signOut } from '../../nodes/shared/cpanel/login/signIn';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { MESSAGES, loginPage, plainPage } from '../cpsrvd/pages';
import { connectionTo, fakeTransport } from './fakeTransport';
import { rejectionOf } from './thrown';

const HOST = 'cpanel.example.com:2083';
const credentialWith = (more = {}) =>
	readCpanelCredential({
		server: 'cpanel.example.com',
		username: 'alice',
		authentication: 'session',
		password: 'pä+ss w&rd',
		...more,
	}) as PasswordCredential;
const SECRET = { totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
/** The code of that secret at this time, by RFC 6238. */
const NOW = 59_000;
const CODE = '287082';

const COOKIE = 'cpsession=alice%3aabc%2cdef; HttpOnly; path=/; port=2083; secure';
const NOBODY = 'cpsession=%3aabc%2cdef; HttpOnly; path=/; port=2083; secure';
const json = (value: unknown, more: Partial<HttpResponse> = {}): Partial<HttpResponse> => ({
	contentType: 'text/plain; charset="utf-8"',
	body: JSON.stringify(value),
	cookies: [COOKIE],
	...more,
});
const SUCCESS = { status: 1, redirect: '/cpsess123/frontend/x', security_token: '/cpsess123' };

async function signInTo(
	answer: Partial<HttpResponse> | Error,
	credential = credentialWith(),
): Promise<LoggedInSession> {
	return await signIn(connectionTo(fakeTransport(answer)), credential, NOW);
}

describe('a sign-in', () => {
	it('is a form that asks for an answer for scripts', async () => {
		const transport = fakeTransport(json(SUCCESS));
		await signIn(connectionTo(transport), credentialWith(), NOW);
		const [request] = transport.requests;
		expect(request).toMatchObject({
			method: 'POST',
			url: `https://${HOST}/login/?login_only=1`,
			headers: { accept: 'application/json' },
		});
		expect([...(request?.form ?? [])]).toEqual([
			['user', 'alice'],
			['pass', 'pä+ss w&rd'],
		]);
	});

	it('has the code of the time, if there is a second factor', () => {
		expect(signInForm(credentialWith(SECRET), NOW)).toEqual({
			user: 'alice',
			pass: 'pä+ss w&rd',
			tfa_token: CODE,
		});
	});

	it.each<[string, Partial<HttpResponse>]>([
		['as text', json(SUCCESS)],
		['as JSON', json(SUCCESS, { contentType: 'application/json' })],
		['with a status that is a text', json({ ...SUCCESS, status: '1' })],
		['with a token without its slash', json({ ...SUCCESS, security_token: 'cpsess123' })],
		['with a byte order mark', json(SUCCESS, { body: `\uFEFF${JSON.stringify(SUCCESS)}` })],
		['with notices', json({ ...SUCCESS, notices: [{ a: 1 }] })],
		[
			'in a redirect beside the JSON',
			json({ status: 1 }, { status: 301, location: '/cpsess123/frontend/x/index.html' }),
		],
		[
			'in a redirect to its whole address',
			json({ status: 1 }, { location: `https://${HOST}/cpsess123/` }),
		],
		[
			'in a redirect alone',
			{ status: 301, location: '/cpsess123/frontend/x/index.html', cookies: [COOKIE] },
		],
		[
			'in a redirect alone, with a page beside it',
			{ status: 307, location: '/cpsess123/', body: plainPage('Moved', ''), cookies: [COOKIE] },
		],
		['in the redirect that the JSON names', json({ status: 1, redirect: '/cpsess123/frontend/x' })],
	])('opens a session that is told %s', async (_case, answer) => {
		expect(await signInTo(answer)).toEqual({
			sessionUrl: `https://${HOST}/cpsess123`,
			cookie: 'cpsession=alice%3aabc%2cdef',
		});
	});

	it('is not sent again when its connection died', async () => {
		const died = new HttpTransportError('reset', HOST, 'ECONNRESET', true);
		const transport = fakeTransport(died, json(SUCCESS));
		const signedIn = signIn(connectionTo(transport), credentialWith(), NOW);
		expect(await rejectionOf(signedIn)).toMatchObject({ kind: 'connection' });
		expect(transport.requests).toHaveLength(1);
	});
});

describe('a refused sign-in', () => {
	const refusal = (message: unknown) => json({ status: 0, message }, { status: 401 });

	it.each<[string, Partial<HttpResponse>, string]>([
		[
			'only the log knows why',
			refusal('see_login_log'),
			`${HOST} did not accept the sign-in (HTTP 401)`,
		],
		['nothing tells why', refusal(undefined), `${HOST} did not accept the sign-in (HTTP 401)`],
		['it comes with 200', json({ status: 0 }), `${HOST} did not accept the sign-in (HTTP 200)`],
		[
			'it comes with a token all the same',
			json({ ...SUCCESS, status: 0 }, { status: 401, cookies: [COOKIE] }),
			`${HOST} did not accept the sign-in (HTTP 401)`,
		],
		['it comes empty', { status: 401 }, `${HOST} did not accept the sign-in (HTTP 401)`],
		[
			'it comes as a page',
			{ status: 401, body: loginPage('cpanel', MESSAGES.invalid_login) },
			`${HOST} did not accept the sign-in (HTTP 401)`,
		],
		[
			'the page comes with 200',
			{ body: loginPage('cpanel', '') },
			`${HOST} did not accept the sign-in (its login page)`,
		],
		['it has its own words', refusal('Expired.'), `${HOST} did not accept the sign-in: Expired.`],
		[
			'its words repeat the secret',
			refusal('No: pä+ss w&rd'),
			`${HOST} did not accept the sign-in: No: •••`,
		],
		[
			'access is denied',
			{ status: 403, server: 'cpsrvd' },
			`${HOST} denies access to this account (HTTP 403)`,
		],
		[
			'a code is missing',
			refusal('Two-Factor Authentication is required'),
			`${HOST} asks for a two-factor code`,
		],
		[
			'a code is missing, by name',
			refusal('tfa_required 2FA'),
			`${HOST} asks for a two-factor code`,
		],
		[
			'a page asks for a code',
			{ body: loginPage('cpanel', MESSAGES.two_factor_missing) },
			`${HOST} asks for a two-factor code`,
		],
		[
			'the account is locked',
			{ status: 401, body: loginPage('cpanel', MESSAGES.locked) },
			'The server has locked out this account or the address of n8n',
		],
		[
			'the account is locked, in words',
			refusal('Brute force attempt detected'),
			'The server has locked out this account or the address of n8n',
		],
	])('is the credential’s, and ends the batch: %s', async (_case, answer, message) => {
		const error = await rejectionOf(signInTo({ cookies: [NOBODY], ...answer }));
		expect(error).toMatchObject({ kind: 'credential', stopsBatch: true, message });
		expect(error.hint.length).toBeGreaterThan(20);
	});

	it.each([
		['changed_ip', 'the address it came from has changed since the session began'],
		['expired_session', 'the session has expired'],
		['invalid_login', 'the user name or the password is wrong'],
		['invalid_session', 'the session is unknown'],
		['invalid_username', 'cPanel does not accept this user name'],
		['no_username', 'the user name is missing'],
		['prevented_xfer', 'the session was opened on a connection without TLS'],
		['token_incorrect', 'the security token does not belong to the session'],
		['token_missing', 'the security token is missing'],
	])('tells cPanel’s key in words: %s', async (key, words) => {
		const error = await rejectionOf(signInTo(refusal(key)));
		expect(error).toMatchObject({
			kind: 'credential',
			message: `${HOST} did not accept the sign-in: ${words}`,
		});
	});

	it.each(['something_new', 'constructor', 'invalid'])(
		'quotes a key that is not known: %s',
		async (key) => {
			const { message } = await rejectionOf(signInTo(refusal(key)));
			expect(message).toBe(`${HOST} did not accept the sign-in: ${key}`);
		},
	);

	it('says where access is denied what may be the reason', async () => {
		const { hint } = await rejectionOf(signInTo({ status: 403, server: 'cpsrvd' }));
		expect(hint).toMatch(/^Check the port \(2083\), and whether the account may sign in/);
	});

	it('says that a code was wrong where one was sent, and hides it', async () => {
		const answer = refusal(`The security code ${CODE} is invalid`);
		const error = await rejectionOf(signInTo(answer, credentialWith(SECRET)));
		expect(error.message).toBe(`${HOST} did not accept the two-factor code`);
		const other = await rejectionOf(signInTo(refusal(`Received ${CODE}.`), credentialWith(SECRET)));
		expect(other.message).toMatch(/: Received •••\.$/);
	});
});

describe('what is no answer to a sign-in', () => {
	it.each<[string, Partial<HttpResponse>, string]>([
		['nothing', {}, 'did not answer the sign-in like cPanel'],
		['a text', { body: 'hello' }, 'did not answer the sign-in like cPanel'],
		['other JSON', json({ hello: 1 }), 'did not answer the sign-in like cPanel'],
		['a success without a token', json({ status: 1 }), 'did not answer the sign-in like cPanel'],
		['neither success nor failure', json({ ...SUCCESS, status: 2 }), 'did not answer the sign-in'],
		['a malformed token', json({ ...SUCCESS, security_token: '/../x' }), 'did not answer the sign'],
		['a token that is none', json({ ...SUCCESS, security_token: 7 }), 'did not answer the sign-in'],
		[
			'a page of a stranger',
			{ body: plainPage('Hi', 'It works!') },
			'a web page that does not come from cPanel',
		],
		['an expired license', { body: plainPage('Hi', 'License expired') }, 'license of'],
		[
			'a success whose token is in the redirect to another server',
			json({ status: 1 }, { location: 'https://else.example/cpsess123/' }),
			'did not answer the sign-in like cPanel',
		],
		[
			'a redirect',
			{ status: 302, location: 'https://else.example/x' },
			'redirects to else.example',
		],
		['no cookie', json(SUCCESS, { cookies: [] }), 'but did not set a session cookie'],
		[
			'a cookie of nobody',
			json(SUCCESS, { cookies: [NOBODY] }),
			'but did not set a session cookie',
		],
	])('is told for what it is: %s', async (_case, answer, message) => {
		const error = await rejectionOf(signInTo(answer));
		expect(error).toMatchObject({ kind: 'answer', message: expect.stringContaining(message) });
	});
});

test.each([
	[429, 'is receiving too many requests (HTTP 429)'],
	[503, 'is currently unavailable (HTTP 503)'],
])('a busy server that says no in JSON has not refused: %i', async (status, message) => {
	const answer = json({ status: 0, message: 'invalid_login' }, { status });
	expect(await rejectionOf(signInTo(answer))).toMatchObject({
		kind: 'busy',
		message: `${HOST} ${message}`,
	});
});

test('a server that is too busy for a sign-in has not refused it', async () => {
	expect(await rejectionOf(signInTo({ status: 503, retryAfter: 5_000 }))).toMatchObject({
		kind: 'busy',
		stopsBatch: false,
		retryAfter: 5_000,
		message: `${HOST} is currently unavailable (HTTP 503)`,
	});
});

describe('a log-out', () => {
	const SESSION = { sessionUrl: `https://${HOST}/cpsess123`, cookie: 'cpsession=alice%3aabc' };

	it('needs cookie and token together', async () => {
		const transport = fakeTransport({});
		await signOut(connectionTo(transport), SESSION);
		expect(transport.requests).toMatchObject([
			{
				method: 'GET',
				url: `${SESSION.sessionUrl}/logout/`,
				headers: { cookie: SESSION.cookie },
			},
		]);
	});

	it('has no outcome', async () => {
		const died = new HttpTransportError('reset', HOST, 'ECONNRESET', true);
		const transport = fakeTransport(died, {});
		expect(await signOut(connectionTo(transport), SESSION)).toBeUndefined();
		expect(transport.requests).toHaveLength(1);
	});
});
