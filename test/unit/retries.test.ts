import { cpanelAccount, whmAccount } from '../../nodes/shared/cpanel/accounts';
import type { Account } from '../../nodes/shared/cpanel/accounts';
import type { Channel } from '../../nodes/shared/cpanel/api/send';
import { createTempUser } from '../../nodes/shared/cpanel/functions/tempUser';
import {
	createWebmailSessionForMailUser,
	createWebmailSessionForMailUserCheckPassword,
	createWebmailSessionForSelf,
} from '../../nodes/shared/cpanel/functions/webmailSession';
import {
	readCpanelCredential,
	readWhmCredential,
} from '../../nodes/shared/cpanel/input/credentials';
import { parseHost } from '../../nodes/shared/cpanel/input/host';
import { logInToWebmail } from '../../nodes/shared/cpanel/login/login';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport } from './fakeTransport';
import { rejectionOf } from './thrown';

const SERVER = { server: 'cpanel.example.com', username: 'alice', apiToken: 'TOKEN' };
const BY_TOKEN = cpanelAccount(readCpanelCredential({ ...SERVER, authentication: 'apiToken' }));
const BY_PASSWORD = cpanelAccount(
	readCpanelCredential({ ...SERVER, authentication: 'password', password: 'secret' }),
);
const BY_WHM = whmAccount(readWhmCredential(SERVER), { user: 'alice' }, async () => 'alice');

const ANNA = { login: 'anna', domain: 'example.com', email: 'anna@example.com' };
const SESSION = { sessionUrl: 'https://mail.example.com:2096/cpsess1', cookie: 'webmailsession=x' };
const TICKET = {
	host: parseHost('mail.example.com', 2096, 'Host'),
	token: '/cpsess1',
	session: 'anna@example.com:x',
};

type Send = (channel: Channel) => Promise<unknown>;

const as = (account: Account): Record<string, Send> => ({
	'a session for a mailbox': async (channel) =>
		await createWebmailSessionForMailUser(channel, account, ANNA, {}),
	'a session for the account': async (channel) =>
		await createWebmailSessionForSelf(channel, account, {}),
	'the question of a list': async (channel) =>
		await account.call(channel, { module: 'DomainInfo', function: 'list_domains' }),
});

const checking =
	(account: Account): Send =>
	async (channel) =>
		await createWebmailSessionForMailUserCheckPassword(
			channel,
			account,
			{ ...ANNA, password: 'wrong' },
			{},
		);

const HARMLESS: Array<[string, Send]> = Object.entries({
	token: BY_TOKEN,
	password: BY_PASSWORD,
	WHM: BY_WHM,
}).flatMap(([name, account]) =>
	Object.entries(as(account)).map(([what, send]): [string, Send] => [`${what}, by ${name}`, send]),
);

const ONLY_ONCE: Array<[string, Send]> = [
	[
		'a temporary user, whose name comes once',
		async (channel) => await createTempUser(channel, SESSION),
	],
	['a password that is checked, by token', checking(BY_TOKEN)],
	['a password that is checked, by password', checking(BY_PASSWORD)],
	['a password that is checked, by WHM', checking(BY_WHM)],
	['a login, which uses its session up', async (channel) => await logInToWebmail(channel, TICKET)],
];

const LOST = new HttpTransportError('reset', 'cpanel.example.com:2083', 'ECONNRESET', true);
/** What a server says that waited for long enough. */
const NOT_WAITED_FOR = { status: 408 };

describe('when a kept connection died', () => {
	it.each(HARMLESS)('what is harmless twice is sent once more: %s', async (_what, send) => {
		const transport = fakeTransport(LOST, new HttpTransportError('refused', 'x:1'));
		await rejectionOf(send(connectionTo(transport)));
		expect(transport.requests.map(({ newConnection }) => newConnection)).toEqual([
			undefined,
			'always',
		]);
	});

	it.each(ONLY_ONCE)('what is not is not: %s', async (_what, send) => {
		const transport = fakeTransport(LOST);
		const error = await rejectionOf(send(connectionTo(transport)));
		expect(error).toMatchObject({ kind: 'connection' });
		expect(transport.requests.map(({ newConnection }) => newConnection)).toEqual(['afterLoss']);
	});
});

describe('when a server did not wait for the request', () => {
	it.each(HARMLESS)('what is harmless twice is sent once more: %s', async (_what, send) => {
		const settle = jest.fn(() => undefined);
		const transport = fakeTransport(
			{ ...NOT_WAITED_FOR, pendingMatch: { mismatch: undefined, match: settle } },
			NOT_WAITED_FOR,
		);
		expect(await rejectionOf(send(connectionTo(transport)))).toMatchObject({ httpStatus: 408 });
		expect(transport.requests).toHaveLength(2);
		expect(settle).toHaveBeenCalledTimes(1);
	});

	it.each(ONLY_ONCE)('what is not is not: %s', async (_what, send) => {
		const transport = fakeTransport(NOT_WAITED_FOR);
		expect(await rejectionOf(send(connectionTo(transport)))).toMatchObject({ httpStatus: 408 });
		expect(transport.requests).toHaveLength(1);
	});
});
