import { cpanelAccount } from '../../nodes/shared/cpanel/accounts';
import { openWebmailSession } from '../../nodes/shared/cpanel/accounts/openWebmailSession';
import { readCpanelCredential } from '../../nodes/shared/cpanel/input/credentials';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { MESSAGES, loginPage } from '../cpsrvd/pages';
import { connectionTo, fakeTransport, uapi } from './fakeTransport';
import { rejectionOf } from './thrown';

const ACCOUNT = cpanelAccount(
	readCpanelCredential({ server: 'cpanel.example.com', username: 'alice', apiToken: 'T0KEN' }),
);
const MADE = uapi({ session: 'alice:abc:TAG,0123', token: '/cpsess123', hostname: null });

async function open(answer: Partial<HttpResponse>) {
	return await openWebmailSession(connectionTo(fakeTransport(MADE, answer)), ACCOUNT);
}

describe('a Webmail session for an account', () => {
	it('is created and logged in to', async () => {
		const cookies = ['webmailsession=alice%3aabc; path=/'];
		expect(await open({ status: 307, location: '/cpsess123/x', cookies })).toEqual({
			sessionUrl: 'https://cpanel.example.com:2096/cpsess123',
			cookie: 'webmailsession=alice%3aabc',
		});
	});

	it('ends the batch where its login is refused: the next would be as well', async () => {
		const body = loginPage('webmail', MESSAGES.invalid_session);
		expect(await rejectionOf(open({ status: 401, body }))).toMatchObject({
			kind: 'credential',
			stopsBatch: true,
		});
	});

	it('is no matter of the credential where something else goes wrong', async () => {
		expect(await rejectionOf(open({ status: 404 }))).toMatchObject({ kind: 'answer' });
		expect(await rejectionOf(open({ status: 503 }))).toMatchObject({ kind: 'busy' });
	});

	it.each([
		['apiToken', { apiToken: 'T0KEN' }],
		['password', { password: 'x' }],
	])('is refused by the name of what was refused: %s', async (authentication, secret) => {
		const credential = { server: 'x.example', username: 'alice', authentication, ...secret };
		const account = cpanelAccount(readCpanelCredential(credential));
		const refused = connectionTo(fakeTransport({ status: 401, server: 'cpsrvd' }));
		expect((await rejectionOf(openWebmailSession(refused, account))).message).toBe(
			'x.example:2083 did not accept the credential (HTTP 401)',
		);
	});
});
