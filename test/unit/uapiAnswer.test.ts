import type { CallContext } from '../../nodes/shared/cpanel/response/verdict';
import { NOTHING_MORE_SENT } from '../../nodes/shared/cpanel/response/signInRefusal';
import { readUapiAnswer } from '../../nodes/shared/cpanel/api/uapi';
import type { CpanelError } from '../../nodes/shared/errors';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { MESSAGES, loginPage, plainPage } from '../cpsrvd/pages';
import { response, uapi, uapiRefusal } from './fakeTransport';
import { thrownBy } from './thrown';
import { growth, IN_PROPORTION } from './growth';

const CALL: CallContext = {
	url: 'https://cpanel.example.com:2083/execute/Session/create_webmail_session_for_self',
	function: 'Session::create_webmail_session_for_self',
	secrets: ['TOKEN+0123&<x>'],
	signIn: {
		kind: 'credential',
		subject: 'the credential',
		hint: `Check the token. ${NOTHING_MORE_SENT}`,
		deniedHint: 'Check the port.',
	},
};
const IN_SESSION: CallContext = {
	...CALL,
	signIn: { kind: 'signIn', subject: 'the session', hint: 'Log in again.' },
};
const HOST = 'cpanel.example.com:2083';

function read(answer: Partial<HttpResponse>, context = CALL): ReturnType<typeof readUapiAnswer> {
	return readUapiAnswer(response(answer), context);
}

function judged(answer: Partial<HttpResponse>, context = CALL): CpanelError {
	return thrownBy(() => read(answer, context));
}

function json(value: unknown): Partial<HttpResponse> {
	return { contentType: 'application/json; charset="utf-8"', body: JSON.stringify(value) };
}

describe('an answer of UAPI', () => {
	const data = { session: 's', token: '/cpsess1', hostname: null };

	it.each<[string, Partial<HttpResponse>]>([
		['at the top level, as sent', uapi(data)],
		['inside “result”, as documented', json({ apiversion: 3, result: { status: 1, data } })],
		['with a status that is a text', json({ status: '1', data })],
		['with a byte order mark', { body: `\uFEFF${JSON.stringify({ status: 1, data })}` }],
		['with blanks around it', { body: ` \r\n${JSON.stringify({ status: 1, data })}\n` }],
		['under another content type', { ...json({ status: 1, data }), contentType: 'text/html' }],
		['without a content type', { body: JSON.stringify({ status: 1, data }) }],
		['with another success as its status', { ...json({ status: 1, data }), status: 201 }],
		['with a result that is no envelope', json({ status: 1, data, result: { data: 'no' } })],
	])('is read %s', (_case, answer) => {
		expect(read(answer)).toEqual({ data, metadata: {}, warnings: [] });
	});

	it('brings its metadata, and its warnings as plain text without secrets', () => {
		const metadata = { paginate: { total_results: 3 } };
		const warnings = [`Beware:\n<b>${CALL.secrets[0]}</b>`, 'twice'];
		expect(read(uapi([], { metadata, warnings }))).toEqual({
			data: [],
			metadata,
			warnings: ['Beware: •••', 'twice'],
		});
		expect(read(uapi([], { metadata: [1], warnings: 'one' }))).toMatchObject({
			metadata: {},
			warnings: ['one'],
		});
	});

	it('is warned of nothing where no words are left', () => {
		expect(read(uapi([], { warnings: ['', '<br>', 'x'] })).warnings).toEqual(['x']);
	});

	it.each([null, 0, '', [], {}])('may have %j as its data', (value) => {
		expect(read(uapi(value)).data).toEqual(value);
	});
});

describe('a denial by UAPI', () => {
	const details = 'cPanel refused Session::create_webmail_session_for_self: Access denied';

	it('is about who asks, and has its words in the details', () => {
		expect(judged(uapiRefusal('Access denied'))).toMatchObject({
			kind: 'credential',
			httpStatus: 200,
			family: 'access',
			message: `${HOST} did not accept the credential (HTTP 200)`,
			details,
		});
	});

	it('is the refusal of a sign-in where that comes in place of a call', () => {
		const answer = json({ status: 0, message: 'see_login_log' });
		expect(judged(answer)).toMatchObject({
			kind: 'credential',
			family: undefined,
			details: undefined,
		});
		expect(judged(json({ status: 0, message: 'Brute force' })).message).toContain('locked');
	});

	it('is that of the function where reasons are given beside a message', () => {
		const answer = json({ status: 0, message: 'x', errors: ['No.'] });
		expect(judged(answer)).toMatchObject({ kind: 'refusal' });
	});

	it('is not about who asks where WHM asks for somebody', () => {
		const through = { ...CALL, through: 'WHM' as const };
		expect(judged(uapiRefusal('Access denied'), through)).toMatchObject({ kind: 'refusal' });
	});
});

describe('a refusal of UAPI', () => {
	it.each<[string, Partial<HttpResponse>]>([
		['a list', uapiRefusal('No.')],
		['a bare text', json({ status: 0, errors: 'No.' })],
		['inside “result”', json({ result: { status: 0, errors: ['No.'] } })],
		['a status that is a text', json({ status: '0', errors: ['No.'] })],
		['an empty status', json({ status: '', errors: ['No.'] })],
		['no status at all', json({ status: null, errors: ['No.'] })],
		['the old API', json({ cpanelresult: { error: 'No.', data: { result: 0 } } })],
	])('is told in cPanel’s own words: %s', (_case, answer) => {
		expect(judged(answer)).toMatchObject({
			kind: 'refusal',
			message: 'cPanel refused Session::create_webmail_session_for_self: No.',
			httpStatus: 200,
			stopsBatch: false,
		});
	});

	it.each([2, -1, 'ok', [1, 2], { a: 1 }])('nor a success is the status %j', (status) => {
		expect(judged(json({ status, data: {}, errors: ['No.'] }))).toMatchObject({ kind: 'answer' });
	});

	it.each<[string, Partial<HttpResponse>]>([
		['no list', uapi(null, { status: 0 })],
		['an empty list', uapiRefusal()],
		['something else', json({ status: 0, errors: [{ a: 1 }, 7, null] })],
		['nothing but tags', uapiRefusal('<br>')],
	])('may give no reason: %s', (_case, answer) => {
		expect(judged(answer)).toMatchObject({
			kind: 'refusal',
			message: 'cPanel refused Session::create_webmail_session_for_self without giving a reason',
		});
	});

	it('may give several reasons', () => {
		expect(judged(uapiRefusal('One.', 'Two.')).message).toMatch(/: One\. Two\.$/);
	});

	it.each([
		['The request failed. (Error ID: abc123) Ask your hosting provider.', 'does not exist'],
		['You do not have an email account named “x@y”.', 'must exist in the cPanel account'],
		['This account is suspended.', 'Lift the suspension'],
		['The password is not correct.', 'Check the password'],
		['A senha não está correta.', 'Check the password'],
		['You do not have the feature “webmail”.', 'enable the feature'],
		['Você não tem o recurso “webmail”.', 'enable the feature'],
		['Vous ne disposez pas de la fonctionnalité “webmail”.', 'enable the feature'],
		['The system could not find the function “x” in the module “Session”.', 'too old'],
		['You do not have access to an account named “x”.', 'account that the credential signs in as'],
		['Permission denied', 'port may belong to another service'],
		['Function not found', 'port may belong to another service'],
		['Failed to load module “Session”: …', 'too old'],
		['Etwas ging schief.', 'Check the parameters'],
	])('has a next step for “%s”', (words, hint) => {
		expect(judged(uapiRefusal(words)).hint).toContain(hint);
	});

	it('is quoted as plain text of a bearable length', () => {
		expect(judged(uapiRefusal('<b>No</b>,\r\n\t<a href="x">never</a>\u0007!')).message).toMatch(
			/: No , never !$/,
		);
		const { message } = judged(uapiRefusal('x'.repeat(1_000_000)));
		expect(message.length).toBeLessThan(400);
		expect(message).toMatch(/x…$/);
	});

	it('is quoted without the secrets that were sent', () => {
		const [secret = ''] = CALL.secrets;
		const echoes = [secret, encodeURIComponent(secret), 'TOKEN+0123&amp;&lt;x&gt;'].join(' ');
		const { message, hint } = judged(uapiRefusal(`Received: ${echoes}.`));
		expect(message).toMatch(/Received: ••• ••• •••\.$/);
		expect(hint).not.toContain('0123');
	});

	it.each(['<', '<a ', ' ', '\u0001', '&'])(
		'is quoted in a time in proportion to its length, also if made of %j',
		(piece) => {
			const quote = (length: number) => judged(uapiRefusal(piece.repeat(length / piece.length)));
			expect(growth(quote)).toBeLessThan(IN_PROPORTION);
		},
	);
});

describe('a refused sign-in', () => {
	const REFUSED: Array<[string, Partial<HttpResponse>]> = [
		['a 401 with a login page', { status: 401, body: loginPage('cpanel', MESSAGES.invalid_login) }],
		['a 401 with JSON as text', { status: 401, contentType: 'text/plain', body: '{"status":0}' }],
		['a 401 that looks like success', { status: 401, ...uapi({}) }],
		['an empty 401', { status: 401 }],
		['a 401 with a page', { status: 401, body: '<h1>Unauthorized</h1>', server: 'cpsrvd' }],
		['a sign-in that failed in its place', json({ status: 0, message: 'see_login_log' })],
		['a 200 of the old API', json({ cpanelresult: { error: 'Access denied' } })],
		['a failed function', uapiRefusal('Access denied')],
		['a redirect to its login page', { status: 302, location: '/login/?x' }],
		['a login page with 200', { body: loginPage('cpanel', '') }],
		['a login page that mentions a license', { body: `${loginPage('cpanel', '')}License expired` }],
		['a login page about the session', { body: loginPage('cpanel', MESSAGES.expired_session) }],
		['a page about the token', { body: loginPage('cpanel', MESSAGES.token_missing) }],
		['a 403 with a page', { status: 403, body: '<h1>Forbidden</h1>', server: 'cpsrvd' }],
		[
			'a 403 of the old API',
			{ status: 403, ...json({ cpanelresult: { error: 'Access denied' } }) },
		],
		['an empty 403', { status: 403, server: 'cpsrvd/11.126' }],
	];

	it.each(REFUSED)('ends the batch, as it is the credential’s: %s', (_case, answer) => {
		expect(judged(answer)).toMatchObject({
			kind: 'credential',
			stopsBatch: true,
			httpStatus: answer.status ?? 200,
			message: expect.stringContaining(HOST),
			hint: expect.stringContaining('n8n sent no further request'),
		});
	});

	it.each(REFUSED)('is the session’s where a session asked: %s', (_case, answer) => {
		expect(judged(answer, IN_SESSION)).toMatchObject({
			kind: 'signIn',
			stopsBatch: false,
			message: expect.stringContaining('did not accept the session'),
			hint: expect.stringContaining('Log in again'),
		});
	});

	it('is told from a denial, and from a login page', () => {
		expect(judged({ status: 401 }).message).toBe(
			`${HOST} did not accept the credential (HTTP 401)`,
		);
		expect(judged({ status: 403, server: 'cpsrvd' }).message).toBe(
			`${HOST} denies access to this account (HTTP 403)`,
		);
		expect(judged({ body: loginPage('cpanel', '') }).message).toBe(
			`${HOST} did not accept the credential (its login page)`,
		);
	});

	it.each<[string, Partial<HttpResponse>]>([
		['a login page', { status: 401, body: loginPage('cpanel', MESSAGES.locked) }],
		['a login page with 200', { body: loginPage('cpanel', MESSAGES.locked) }],
		['a text', { status: 401, body: 'Brute force attempt detected' }],
		['JSON', { status: 403, body: '{"message":"account locked out"}' }],
	])('is told from a lock, which ends every batch: %s', (_case, answer) => {
		for (const context of [CALL, IN_SESSION]) {
			expect(judged(answer, context)).toMatchObject({
				kind: 'credential',
				stopsBatch: true,
				message: expect.stringContaining('has locked out this account'),
				hint: expect.stringContaining('each attempt extends the lockout'),
			});
		}
	});

	describe.each([
		['was sent', true, 'did not accept the two-factor code', '“Two-Factor Secret”'],
		['was not sent', undefined, 'asks for a two-factor code', 'API token, which needs no code'],
	])('that is about a second factor, which %s', (_case, sentCode, message, hint) => {
		it.each<[string, Partial<HttpResponse>]>([
			['a login page', { status: 401, body: loginPage('cpanel', MESSAGES.two_factor_missing) }],
			['a login page with 200', { body: loginPage('cpanel', MESSAGES.two_factor_wrong) }],
			['JSON', { status: 401, body: '{"message":"tfa required"}' }],
		])('says so, and ends every batch: %s', (_page, answer) => {
			for (const context of [CALL, IN_SESSION]) {
				const signIn = { ...context.signIn, sentCode };
				expect(judged(answer, { ...context, signIn })).toMatchObject({
					kind: 'credential',
					stopsBatch: true,
					message: expect.stringContaining(message),
					hint: expect.stringContaining(hint),
				});
			}
		});
	});

	it('is not believed to be a lock because a script of the page knows of locks', () => {
		const page = loginPage('cpanel', MESSAGES.invalid_login);
		expect(page).toContain('locked out');
		expect(judged({ status: 401, body: page }).message).toContain('did not accept');
	});
});

describe('an answer that is none of UAPI’s', () => {
	const UNUSABLE: Array<[string, Partial<HttpResponse>, string]> = [
		['empty', {}, 'sent an empty response'],
		['blank', { body: ' \r\n' }, 'sent an empty response'],
		['nothing but a byte order mark', { body: '\uFEFF' }, 'sent an empty response'],
		['JSON that breaks off', { body: '{"status":1,"data":{"se' }, 'sent an incomplete response'],
		['a list that breaks off', { body: '[1,' }, 'sent an incomplete response'],
		['a text', { body: 'Internal error' }, 'answered with something that is not JSON'],
		[
			'a text that says so',
			{ body: 'Internal error', contentType: 'text/plain; charset="utf-8"' },
			'answered with something (text/plain) that is not JSON',
		],
		['bytes', { body: '\u0000\uFFFD\u0001' }, 'answered with something that is not JSON'],
		['other JSON', json({ hello: 1 }), 'sent JSON that is not a response from UAPI'],
		['null', json(null), 'sent JSON that is not a response from UAPI'],
		['a list', json([{ status: 1 }]), 'sent JSON that is not a response from UAPI'],
		['a text in JSON', json('status'), 'sent JSON that is not a response from UAPI'],
		['a number', json(1), 'sent JSON that is not a response from UAPI'],
		[
			'an expired license',
			{ body: plainPage('License', 'Your license has expired.') },
			`The cPanel license of ${HOST} has expired`,
		],
		[
			'a page',
			{ body: '<h1>It works!</h1>' },
			'answered with a web page that does not come from cPanel',
		],
		['a 404', { status: 404, body: '<h1>Not Found</h1>' }, 'has no such address (HTTP 404)'],
		['a 400', { status: 400 }, 'could not handle the request (HTTP 400)'],
		['a 415', { status: 415, server: 'cpsrvd' }, 'could not handle the request (HTTP 415)'],
		['a 500', { status: 500, ...uapi({}) }, 'could not handle the request (HTTP 500)'],
		[
			'a 502',
			{ status: 502, body: '<h1>Bad Gateway</h1>', server: 'cpsrvd' },
			'could not handle the request (HTTP 502)',
		],
		[
			'a redirect',
			{ status: 302, location: 'https://other.example.com/execute/x?session=SECRET' },
			'redirects to other.example.com, which n8n did not follow',
		],
		[
			'a redirect on the same server',
			{ status: 301, location: '/elsewhere?session=SECRET' },
			`redirects to ${HOST}, which n8n did not follow`,
		],
		['a redirect to nowhere', { status: 307 }, `redirects to ${HOST}`],
		[
			'a redirect to nonsense',
			{ status: 307, location: 'https://' },
			'redirects to an address that it does not name',
		],
		[
			'a redirect to no host',
			{ status: 307, location: 'data:,SECRET' },
			'redirects to an address that it does not name',
		],
	];

	it.each(UNUSABLE)('is explained: %s', (_case, answer, message) => {
		const error = judged(answer);
		expect(error).toMatchObject({
			kind: 'answer',
			stopsBatch: false,
			httpStatus: answer.status ?? 200,
			message: expect.stringContaining(message),
		});
		expect(error.message).toContain(HOST);
		expect(error.hint.length).toBeGreaterThan(20);
		expect(error.message + error.hint).not.toContain('SECRET');
	});

	it.each([
		[429, undefined, `${HOST} is receiving too many requests (HTTP 429)`],
		[429, 7_000, `${HOST} is receiving too many requests (HTTP 429)`],
		[503, undefined, `${HOST} is currently unavailable (HTTP 503)`],
		[503, 0, `${HOST} is currently unavailable (HTTP 503)`],
	])('is that of a busy server: %i, to be asked after %s', (status, retryAfter, message) => {
		const body = plainPage('Busy', 'Please try again later.');
		expect(judged({ status, retryAfter, body })).toMatchObject({
			kind: 'busy',
			stopsBatch: false,
			httpStatus: status,
			retryAfter,
			message,
		});
	});

	it.each([429, 503])('is a lock-out and no busy server, if it says so (%i)', (status) => {
		const body = loginPage('cpanel', MESSAGES.locked);
		expect(judged({ status, body })).toMatchObject({ kind: 'credential', stopsBatch: true });
	});

	it('does not repeat what came', () => {
		for (const body of ['SECRET', '{"SECRET', '"SECRET"', '<p>SECRET']) {
			const { message, hint } = judged({ body, contentType: 'SECRET/SECRET text' });
			expect(message.replace('something (SECRET/SECRET)', '') + hint).not.toContain('SECRET');
		}
	});

	it('has a message of its own for each finding', () => {
		const answers: Array<Partial<HttpResponse>> = [
			...[302, 401, 403, 404, 429, 500, 503].map((status) => ({ status })),
			...['', '{', 'x', '{}', '<p>', '<p>License expired'].map((body) => ({ body })),
			{ body: loginPage('cpanel', '') },
			{ body: loginPage('cpanel', MESSAGES.locked) },
			uapiRefusal(),
		];
		const messages = answers.map((answer) => judged(answer).message);
		expect(new Set(messages).size).toBe(answers.length);
	});
});
