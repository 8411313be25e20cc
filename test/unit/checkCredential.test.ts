import { checkAccount, checkWhm } from '../../nodes/shared/cpanel/functions/checkCredential';
import { cpanelAccount } from '../../nodes/shared/cpanel/accounts';
import {
	readCpanelCredential,
	readWhmCredential,
} from '../../nodes/shared/cpanel/input/credentials';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, uapi } from './fakeTransport';
import { rejectionOf } from './thrown';

const CREDENTIAL = readCpanelCredential({
	server: 'cpanel.example.com',
	username: 'Alice',
	apiToken: 'TOKEN0123456789',
});
const WHM = readWhmCredential({ server: 'whm.example.com', username: 'root', apiToken: 'ABC' });

describe('the account that answers', () => {
	const check = async (data: unknown) => {
		const transport = fakeTransport(uapi(data));
		await checkAccount(connectionTo(transport), cpanelAccount(CREDENTIAL), CREDENTIAL);
		return transport.requests;
	};

	it('is asked for its name, and may be written in any case', async () => {
		const [request] = await check({ user: 'alice' });
		const { pathname, search } = new URL(request?.url ?? '');
		expect(pathname + search).toBe('/execute/Variables/get_user_information?name=user');
	});

	it('is named where it is another one', async () => {
		expect(await rejectionOf(check({ user: 'bob.1-x' }))).toMatchObject({
			kind: 'answer',
			message: 'The credential belongs to the account bob.1-x, and not to Alice',
			hint: expect.stringContaining('“Username”'),
		});
	});

	it.each([
		[null],
		['alice'],
		[{}],
		[{ user: 7 }],
		[{ user: '' }],
		[{ user: 'a b' }],
		[{ user: '<b>bob' }],
		[{ user: 'bob>' }],
		[{ user: 'b'.repeat(65) }],
	])('is not repeated where it is no name: %j', async (data) => {
		expect(await rejectionOf(check(data))).toMatchObject({
			kind: 'answer',
			message: 'cpanel.example.com did not report which account the credential belongs to',
			hint: expect.stringContaining('2083'),
		});
	});
});

describe('the WHM that answers', () => {
	const check = async (data: unknown) => {
		const answer: Partial<HttpResponse> = {
			body: JSON.stringify({ metadata: { result: 1 }, data }),
		};
		const transport = fakeTransport(answer);
		await checkWhm(connectionTo(transport), WHM);
		return transport.requests;
	};

	it.each(['11.134.0.44', '11.1'])('tells its version: %s', async (version) => {
		const [request] = await check({ version });
		expect(new URL(request?.url ?? '').pathname).toBe('/json-api/version');
	});

	it.each([
		[{}],
		[{ version: 11 }],
		[{ version: '' }],
		[{ version: '11' }],
		[{ version: 'v1.2' }],
		[{ version: '1.2x' }],
	])('is none without a version: %j', async (data) => {
		expect(await rejectionOf(check(data))).toMatchObject({
			kind: 'answer',
			message: 'whm.example.com did not identify itself as WHM',
			hint: expect.stringContaining('2087'),
		});
	});
});

describe('what answers with JSON and is not cPanel', () => {
	it.each<[unknown]>([
		[{}],
		[[]],
		[null],
		[1],
		['OK'],
		[{ status: 'ok' }],
		[{ status: true }],
		[{ status: 200 }],
		[[{ status: 1 }]],
		[{ status: 1 }],
		[{ status: 1, data: null, errors: null }],
		[{ status: 1, user: 'alice' }],
		[{ status: 1, data: { user: ['alice'] } }],
		[{ code: 1001, message: 'Access token is invalid' }],
		[{ data: { user: 'alice' } }],
		[{ metadata: { result: 'ok' }, data: { version: '1.2' } }],
		[{ metadata: { result: 1, reason: 'OK' } }],
		[{ cpanelresult: { data: {} } }],
		[{ cpanelresult: { error: 'Access denied', data: { result: '0' } } }],
	])('is neither the account nor WHM: %j', async (answer) => {
		const connection = () => connectionTo(fakeTransport({ body: JSON.stringify(answer) }));
		const hint = expect.stringMatching(/\w/);
		const account = checkAccount(connection(), cpanelAccount(CREDENTIAL), CREDENTIAL);
		expect(await rejectionOf(account)).toMatchObject({ hint });
		expect(await rejectionOf(checkWhm(connection(), WHM))).toMatchObject({ hint });
	});
});
