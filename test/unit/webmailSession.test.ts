import { cpanelAccount } from '../../nodes/shared/cpanel/accounts';
import {
	createWebmailSessionForMailUser,
	createWebmailSessionForMailUserCheckPassword,
	createWebmailSessionForSelf,
} from '../../nodes/shared/cpanel/functions/webmailSession';
import type { WebmailSession } from '../../nodes/shared/cpanel/functions/webmailSession';
import { readCpanelCredential } from '../../nodes/shared/cpanel/input/credentials';
import { resolveMailbox } from '../../nodes/shared/cpanel/input/mailbox';
import { connectionTo, fakeTransport, response, uapi, uapiRefusal } from './fakeTransport';
import { webmailHostText } from '../../nodes/shared/cpanel/input/server';
import { loginAddress } from '../../nodes/shared/cpanel/sessions/login';
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

	it('comes with cPanel’s own fields as they are, and warnings', async () => {
		const data = { ...DATA, token: 'cpsess123', extra: [1, { a: null }] };
		const transport = fakeTransport(uapi(data, { warnings: ['Beware.'] }));
		const session = await createWebmailSessionForSelf(connectionTo(transport), DOOR, {});
		expect(session).toMatchObject({
			data,
			session: DATA.session,
			token: '/cpsess123',
			warnings: ['Beware.'],
		});
		expect(loginAddress(session)).toBe('https://cpanel.example.com:2096/cpsess123/login');
	});

	it.each([
		[null, 'cpanel.example.com'],
		[undefined, 'cpanel.example.com'],
		['', 'cpanel.example.com'],
		['mail.example.com', 'mail.example.com'],
		['mail.example.com:2096', 'mail.example.com'],
		['mail.example.com:8444', 'mail.example.com:8444'],
		['https://Mail.Example.com/', 'mail.example.com'],
		['http://mail.example.com:2096', 'mail.example.com'],
		['203.0.113.7', '203.0.113.7'],
		['[2001:db8::1]', '[2001:db8::1]'],
	])('lives where cPanel says (%j): %s', async (hostname, host) => {
		const session = await createdFrom({ ...DATA, hostname });
		expect(webmailHostText(session.host)).toBe(host);
	});

	it.each<[string, unknown, string]>([
		['no data', null, 'no session'],
		['a list', [DATA], 'no session'],
		['a text', 'session', 'no session'],
		['no session', { ...DATA, session: undefined }, 'no session'],
		['an empty session', { ...DATA, session: '' }, 'no session'],
		['a session that is no text', { ...DATA, session: 7 }, 'no session'],
		['no token', { ...DATA, token: undefined }, 'no security token'],
		['an empty token', { ...DATA, token: '' }, 'no security token'],
		['a token that is no text', { ...DATA, token: 123 }, 'no security token'],
		['a path as its token', { ...DATA, token: '/../x' }, 'a malformed security token'],
		['another host as its token', { ...DATA, token: '@evil.example/cpsess1' }, 'malformed'],
		['a host with a path', { ...DATA, hostname: 'evil.example/x' }, 'no host name'],
		['a host with a user', { ...DATA, hostname: 'a@evil.example' }, 'no host name'],
		['a host that is no text', { ...DATA, hostname: { a: 1 } }, 'no host name'],
		['a host with a port out of range', { ...DATA, hostname: 'a:0' }, 'no host name'],
		['a host full of slashes', { ...DATA, hostname: `${'/'.repeat(500_000)}x` }, 'no host name'],
	])('is not made from %s', async (_case, data, message) => {
		const error = await rejectionOf(createdFrom(data));
		expect(error).toMatchObject({ kind: 'answer', message: expect.stringContaining(message) });
		expect(error.message + error.hint).not.toContain(DATA.session);
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
