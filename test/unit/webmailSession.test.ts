import { cpanelAccount } from '../../nodes/shared/cpanel/accounts';
import {
	createWebmailSessionForMailUser,
	createWebmailSessionForMailUserCheckPassword,
	createWebmailSessionForSelf,
} from '../../nodes/shared/cpanel/functions/webmailSession';
import type { WebmailSession } from '../../nodes/shared/cpanel/functions/webmailSession';
import { readCpanelCredential } from '../../nodes/shared/cpanel/input/credentials';
import { resolveMailbox } from '../../nodes/shared/cpanel/input/mailbox';
import type { Mailbox } from '../../nodes/shared/cpanel/input/mailbox';
import { webmailHostText } from '../../nodes/shared/cpanel/input/host';
import { loginAddress } from '../../nodes/shared/cpanel/login/login';
import type { ResponseIdentity } from '../../nodes/shared/http/HttpTransport';
import {
	connectionTo,
	fakeTransport,
	response,
	awaitingMatch,
	uapi,
	uapiRefusal,
} from './fakeTransport';
import { rejectionOf } from './thrown';

const DOOR = cpanelAccount(
	readCpanelCredential({
		server: 'cpanel.example.com:8443',
		username: 'alice',
		apiToken: 'TOKEN0123456789',
	}),
);
const ANNA = resolveMailbox('example.com', 'anna');
const DATA = {
	session: 'alice:abc:CREATE_WEBMAIL_SESSION_FOR_SELF,0123',
	token: '/cpsess123',
	hostname: null,
};
const CALL_OF = 'https://cpanel.example.com:8443/execute/Session/create_webmail_session_for_';

async function createdFrom(data: unknown): Promise<WebmailSession> {
	const connection = connectionTo(fakeTransport(uapi(data)));
	return await createWebmailSessionForSelf(connection, DOOR, {});
}

describe('a Webmail session', () => {
	it('is asked for by the parts of an address', async () => {
		const transport = fakeTransport(uapi(DATA));
		await createWebmailSessionForMailUser(connectionTo(transport), DOOR, ANNA, {
			locale: 'pt_br',
			remoteAddress: '203.0.113.7',
		});
		expect(transport.requests).toMatchObject([
			{
				method: 'GET',
				url: `${CALL_OF}mail_user?domain=example.com&login=anna&locale=pt_br&remote_address=203.0.113.7`,
			},
		]);
	});

	it('is asked for without what was not chosen', async () => {
		const transport = fakeTransport(uapi(DATA), uapi(DATA));
		await createWebmailSessionForMailUser(connectionTo(transport), DOOR, ANNA, {});
		await createWebmailSessionForSelf(connectionTo(transport), DOOR, {});
		expect(transport.requests.map(({ url }) => url)).toEqual([
			`${CALL_OF}mail_user?domain=example.com&login=anna`,
			`${CALL_OF}self`,
		]);
	});

	it('is asked for with a password in the body, never in the URL', async () => {
		const transport = fakeTransport(uapi(DATA));
		const mailbox = { ...ANNA, password: 'pä ss+w%rd&' };
		await createWebmailSessionForMailUserCheckPassword(connectionTo(transport), DOOR, mailbox, {
			locale: 'de',
		});
		const [request] = transport.requests;
		expect(request).toMatchObject({ method: 'POST', url: `${CALL_OF}mail_user_check_password` });
		expect(Object.fromEntries(request?.form ?? [])).toEqual({
			domain: 'example.com',
			login: 'anna',
			locale: 'de',
			password: 'pä ss+w%rd&',
		});
	});

	it('comes with what a login needs and with warnings, and with nothing else that a server adds', async () => {
		const added = { email: 'eve@evil.example', error: 'x', sessionUrl: 'y', extra: [1] };
		const data = { ...DATA, token: 'cpsess123', ...added };
		const transport = fakeTransport(uapi(data, { warnings: ['Beware.'] }));
		const session = await createWebmailSessionForSelf(connectionTo(transport), DOOR, {});
		expect(session).toMatchObject({
			data: { session: DATA.session, token: 'cpsess123', hostname: null },
			session: DATA.session,
			token: '/cpsess123',
			warnings: ['Beware.'],
		});
		expect(JSON.stringify(session)).not.toMatch(/evil|extra|sessionUrl/);
		expect(loginAddress(session)).toBe('https://cpanel.example.com:2096/cpsess123/login');
	});

	it.each([
		['cpanel.example.com:443', 'webmail.example.com:443'],
		['whm.example.com:443', 'webmail.example.com:443'],
		['my.cpanel.example.com:443', 'my.cpanel.example.com:443'],
		['webmail.example.com:443', 'webmail.example.com:443'],
		['server1.example.com:443', 'server1.example.com:443'],
		['203.0.113.7:443', '203.0.113.7:443'],
	])('of a server that is at %s lives at %s, and says so', async (server, host) => {
		const account = cpanelAccount(
			readCpanelCredential({ server, username: 'alice', apiToken: 'TOKEN0123456789' }),
		);
		const connection = connectionTo(
			fakeTransport(uapi(DATA), uapi({ ...DATA, hostname: 'm.example' })),
		);
		const session = await createWebmailSessionForSelf(connection, account, {});
		expect(webmailHostText(session.host)).toBe(host);
		expect(session.warnings).toEqual([
			expect.stringContaining(`assumes that Webmail is at ${host}`),
		]);
		const elsewhere = await createWebmailSessionForSelf(connection, account, {});
		expect([webmailHostText(elsewhere.host), elsewhere.warnings]).toEqual(['m.example', []]);
	});

	it.each([
		[null, 'cpanel.example.com'],
		[undefined, 'cpanel.example.com'],
		['', 'cpanel.example.com'],
		['mail.example.com', 'mail.example.com'],
		[' mail.example.com\n', 'mail.example.com'],
		['mail.example.com:2096', 'mail.example.com'],
		['mail.example.com:8444', 'mail.example.com:8444'],
		['https://Mail.Example.com/', 'mail.example.com'],
		['http://mail.example.com:2096', 'mail.example.com'],
		['203.0.113.7', '203.0.113.7'],
		['[2001:db8::1]', '[2001:db8::1]'],
	])('lives where cPanel says (%j): %s', async (hostname, host) => {
		const session = await createdFrom({ ...DATA, hostname });
		expect(webmailHostText(session.host)).toBe(host);
		// what cPanel says of it comes out as it came
		expect(session.data.hostname).toBe(hostname ?? null);
		expect(session.isNamed).toBe(Boolean(hostname));
	});

	it.each(['a=b:c', 'a'.repeat(1_000)])('may have any value that shows: %s', async (session) => {
		expect((await createdFrom({ ...DATA, session })).session).toBe(session);
	});

	it.each<[string, unknown, string]>([
		['no data', null, 'no session'],
		['a list', [DATA], 'no session'],
		['a text', 'session', 'no session'],
		['no session', { ...DATA, session: undefined }, 'no session'],
		['an empty session', { ...DATA, session: '' }, 'no session'],
		['a session that is no text', { ...DATA, session: 7 }, 'no session'],
		['an expression', { ...DATA, session: '={{ $json.x }}' }, 'a malformed session'],
		['an equals sign and more', { ...DATA, session: '=1' }, 'a malformed session'],
		['an expression behind a blank', { ...DATA, session: ' =1' }, 'a malformed session'],
		['a part of one', { ...DATA, session: 'a:{{ $env.X }},b' }, 'a malformed session'],
		['what does not show', { ...DATA, session: 'a\u202Eb' }, 'a malformed session'],
		['a line end', { ...DATA, session: 'a\nb' }, 'a malformed session'],
		['more than any session is', { ...DATA, session: 'a'.repeat(1_001) }, 'a malformed session'],
		['an expression as its token', { ...DATA, token: '={{ 1 }}' }, 'a malformed security token'],
		['an expression as its host', { ...DATA, hostname: '=x.example' }, 'an invalid host name'],
		[
			'an expression inside its host',
			{ ...DATA, hostname: 'a{{1}}.example' },
			'an invalid host name',
		],
		['no token', { ...DATA, token: undefined }, 'no security token'],
		['an empty token', { ...DATA, token: '' }, 'no security token'],
		['a token that is no text', { ...DATA, token: 123 }, 'no security token'],
		['a path as its token', { ...DATA, token: '/../x' }, 'a malformed security token'],
		['another host as its token', { ...DATA, token: '@evil.example/cpsess1' }, 'malformed'],
		['a host with a path', { ...DATA, hostname: 'evil.example/x' }, 'an invalid host name'],
		['a host with a user', { ...DATA, hostname: 'a@evil.example' }, 'an invalid host name'],
		['a host that is no text', { ...DATA, hostname: { a: 1 } }, 'an invalid host name'],
		['a host with a port out of range', { ...DATA, hostname: 'a:0' }, 'an invalid host name'],
		[
			'a host full of slashes',
			{ ...DATA, hostname: `${'/'.repeat(500_000)}x` },
			'an invalid host name',
		],
	])('is not made from %s', async (_case, data, message) => {
		const error = await rejectionOf(createdFrom(data));
		expect(error).toMatchObject({
			kind: 'answer',
			message: expect.stringMatching(/^cPanel’s response contains /),
			hint: expect.stringContaining('Run the item again'),
		});
		expect(error.message).toContain(message);
		expect(error.message + error.hint).not.toContain(DATA.session);
	});
});

describe('the owner of a Webmail session', () => {
	const session = (user: string) => `${user}:abc:CREATE_WEBMAIL_SESSION,0123`;

	async function foundIn(data: unknown, mailbox?: Mailbox): Promise<ResponseIdentity[]> {
		const { answer, identities } = awaitingMatch(uapi(data));
		const channel = connectionTo(fakeTransport(answer));
		const created =
			mailbox === undefined
				? createWebmailSessionForSelf(channel, DOOR, {})
				: createWebmailSessionForMailUser(channel, DOOR, mailbox, {});
		await created.catch(() => undefined);
		return identities;
	}

	it.each<[string, unknown, Mailbox | undefined, ResponseIdentity]>([
		['the mailbox', { ...DATA, session: session('anna') }, ANNA, { isOwn: true }],
		['another one', { ...DATA, session: session('ben@example.com') }, ANNA, { isOwn: false }],
		['the account', { ...DATA, session: session('alice') }, undefined, { isOwn: true }],
		['another one', { ...DATA, session: session('bob') }, undefined, { seemsForeign: true }],
	])('is %s', async (_case, data, mailbox, identity) => {
		expect(await foundIn(data, mailbox)).toMatchObject([
			{ ...identity, unique: (data as { session: string }).session },
		]);
	});

	it.each([[null], [{ ...DATA, session: 7 }]])('is not told by %j', async (data) => {
		expect(await foundIn(data)).toEqual([{}]);
	});
});

describe('a Webmail session that is refused', () => {
	it('is the server’s own refusal', async () => {
		const transport = fakeTransport(uapiRefusal('No.'));
		const created = createWebmailSessionForMailUser(connectionTo(transport), DOOR, ANNA, {});
		expect(await rejectionOf(created)).toMatchObject({ kind: 'refusal', stopsBatch: false });
	});

	it.each([
		['a wrong password', uapiRefusal('Wrong: pä+ss'), 'signIn', false],
		['too many requests', response({ status: 429 }), 'busy', false],
		['a wrong credential', response({ status: 401 }), 'credential', true],
		['an empty answer', response(), 'answer', false],
	])('counts as a sign-in where a password was checked: %s', async (_case, answer, kind, stops) => {
		const mailbox = { ...ANNA, password: 'pä+ss' };
		const error = await rejectionOf(
			createWebmailSessionForMailUserCheckPassword(
				connectionTo(fakeTransport(answer)),
				DOOR,
				mailbox,
				{},
			),
		);
		expect(error).toMatchObject({ kind, stopsBatch: stops });
		expect(error.message + error.hint).not.toContain('pä+ss');
	});
});

describe('a refusal of the function that checks a password', () => {
	const refusedWith = async (...words: string[]) => {
		const transport = fakeTransport(uapiRefusal(...words));
		const mailbox = { ...ANNA, password: 'secret: x' };
		return await rejectionOf(
			createWebmailSessionForMailUserCheckPassword(connectionTo(transport), DOOR, mailbox, {}),
		);
	};
	const NAME = 'create_webmail_session_for_mail_user_check_password';

	it.each([
		[
			`The system could not find the function “${NAME}” in the module “Session”.`,
			/does not support/,
		],
		[`Failed to load module “Session”: Can't locate Cpanel/API/Session.pm`, /does not support/],
		[
			`El sistema no pudo encontrar la función “${NAME}” en el módulo “Session”.`,
			/does not support/,
		],
		[
			`Das System konnte die Funktion “${NAME}” im Modul “Session” nicht finden.`,
			/does not support/,
		],
		['You do not have the feature “changepassword”.', /does not include a feature/],
		['You do not own the domain “password.example”.', /^example\.com is not a domain/],
		['Provide the “password” argument.', /argument/],
	])('is no wrong password, whatever words are in it: %s', async (words, message) => {
		const error = await refusedWith(words);
		expect(error.kind).toBe('refusal');
		expect(error.message).toMatch(message);
		expect(error.hint).not.toMatch(/password/i);
	});

	it.each([
		'The password is not correct.',
		'La contraseña no es correcta.',
		'Something nobody knows.',
		'The request failed. (Error ID: abc123)',
		'Access denied',
	])('counts as one where it may be: %s', async (words) => {
		expect((await refusedWith(words)).kind).toBe('signIn');
	});
});
