import { createTempUser } from '../../nodes/shared/cpanel/functions/tempUser';
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

const SESSION = {
	sessionUrl: 'https://mail.example.com:2096/cpsess123',
	cookie: 'webmailsession=anna%3aabc%2cdef',
};

describe('a temporary user', () => {
	it('is asked for inside the session', async () => {
		const transport = fakeTransport(uapi({ created: 1, session_temp_user: 'cpses_al123' }));
		await createTempUser(connectionTo(transport), SESSION);
		expect(transport.requests).toMatchObject([
			{
				method: 'GET',
				url: 'https://mail.example.com:2096/cpsess123/execute/Session/create_temp_user',
				headers: { cookie: SESSION.cookie },
			},
		]);
	});

	it.each<[string, Record<string, unknown>, 0 | 1, string | null]>([
		['made', { created: 1, session_temp_user: 'cpses_al123' }, 1, 'cpses_al123'],
		['made, as texts', { created: '1', session_temp_user: 'cpses_al123' }, 1, 'cpses_al123'],
		['there already', { created: 0 }, 0, null],
		['there already, as texts', { created: '0', session_temp_user: '' }, 0, null],
		['not to be had', { created: 0, session_temp_user: null }, 0, null],
		['made without a name', { created: 1 }, 1, null],
		['named by no text', { created: 1, session_temp_user: 7 }, 1, null],
	])('is %s', async (_case, data, created, name) => {
		const transport = fakeTransport(uapi(data, { warnings: ['Beware.'] }));
		expect(await createTempUser(connectionTo(transport), SESSION)).toEqual({
			created,
			session_temp_user: name,
			warnings: ['Beware.'],
		});
	});

	it.each([[null], [[]], ['1'], [{}], [{ created: 2 }], [{ created: 'yes' }], [{ created: {} }]])(
		'is not spoken of in %j',
		async (data) => {
			const created = createTempUser(connectionTo(fakeTransport(uapi(data))), SESSION);
			expect(await rejectionOf(created)).toMatchObject({
				kind: 'answer',
				message: 'cPanel did not say whether it created a temporary user',
				hint: expect.stringContaining('Run the item again'),
			});
		},
	);

	it.each<[string, unknown, ResponseIdentity]>([
		['its name', { created: 1, session_temp_user: 'cpses_al123' }, { unique: 'cpses_al123' }],
		['no name', { created: 0 }, {}],
		['an empty name', { created: 0, session_temp_user: '' }, {}],
		['a name that is no text', { created: 1, session_temp_user: 7 }, {}],
	])('is known again by nothing but its name: %s', async (_case, data, identity) => {
		const { answer, identities } = awaitingMatch(uapi(data));
		await createTempUser(connectionTo(fakeTransport(answer)), SESSION);
		expect(identities).toEqual([identity]);
	});

	it('is known by nothing where the answer has no data', async () => {
		const { answer, identities } = awaitingMatch(uapi(null));
		await rejectionOf(createTempUser(connectionTo(fakeTransport(answer)), SESSION));
		expect(identities).toEqual([{}]);
	});

	it.each([
		['refusal', uapiRefusal('No.')],
		['signIn', response({ status: 401 })],
	])('may be kept back by a %s', async (kind, answer) => {
		const created = createTempUser(connectionTo(fakeTransport(answer)), SESSION);
		expect((await rejectionOf(created)).kind).toBe(kind);
	});
});
