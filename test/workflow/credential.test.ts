import type { IHttpRequestOptions } from 'n8n-workflow';

import { passwordCredential, tokenCredential, useCpsrvd } from './harness/cpanel';
import { pressTest } from './harness/credentialTest';
import { ALL_WAYS, whmCredential } from './harness/ways';
import { SEED } from '../cpsrvd';
import type { Cpsrvd, Switches } from '../cpsrvd';
import { loadPackage } from '../engine/nodeTypes';

const cpsrvd = useCpsrvd();

const by = (name: string) => (server: Cpsrvd) => {
	const way = ALL_WAYS[name];
	if (way === undefined) throw new Error(`No way ${name}`);
	way.prepare?.(server);
	return way.credential(server);
};
const sessionCredential = by('a session');
const sessionWithSecondFactor = by('a session and a second factor');
const withSecondFactor = by('a password and a second factor');

const OK = { status: 'OK', message: 'Connection successful!' };
const whoAmI = '/execute/Variables/get_user_information';
const paths = () => cpsrvd().journal.entries.map(({ path }) => path.replace(/\/cpsess\d+/, ''));

describe('the Test button', () => {
	test.each([
		['a token', tokenCredential, {}],
		['a password', passwordCredential, {}],
		['a token and the nested envelope', tokenCredential, { envelope: 'nested' }],
		['a token and a status as a text', tokenCredential, { statusAsString: true }],
		['a password and a second factor', withSecondFactor, {}],
	] as const)('turns green for %s', async (_, credential, switches) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(credential(cpsrvd()))).toEqual(OK);
		expect(cpsrvd().journal.entries).toMatchObject([
			{ path: whoAmI, query: { name: 'user' }, status: 200 },
		]);
	});

	test.each([
		['a session', sessionCredential, {}],
		['a session and a second factor', sessionWithSecondFactor, {}],
		['a session whose token is in Location', sessionCredential, { signInToken: 'location' }],
		['a session that a redirect tells of', sessionCredential, { signInToken: 'redirect' }],
	])('turns green for %s, which is given back', async (_, credential, switches) => {
		Object.assign(cpsrvd().switches, { loginOnly: true, ...switches });
		expect(await pressTest(credential(cpsrvd()))).toEqual(OK);
		expect(paths()).toEqual(['/login/', whoAmI, '/logout/']);
		const [signIn, call] = cpsrvd().journal.entries;
		expect(signIn).toMatchObject({
			method: 'POST',
			url: '/login/?login_only=1',
			form: { user: 'alice', pass: SEED.alice.password },
		});
		expect(signIn?.headers.authorization).toBeUndefined();
		expect(call?.headers.cookie).toMatch(/^cpsession=alice%3a/);
	});

	test.each<[string, object, Partial<Switches>, RegExp, number]>([
		['a wrong password', { password: 'wrong' }, {}, /did not accept the sign-in/, 1],
		['a wrong code', { totpSecret: 'GEZDGNBVGY3TQOJQ' }, {}, /two-factor code/, 1],
		// the right password opens a session then, which is of no use
		['no code', { totpSecret: '' }, {}, /asks for a two-factor code/, 3],
		['no code in German', { totpSecret: '' }, { pageLanguage: 'de' }, /a two-factor code/, 3],
		['the login page', { password: 'wrong' }, { loginPageWith200: true }, /did not accept/, 1],
		['a 401 with nothing', { password: 'wrong' }, { unauthorizedBody: 'empty' }, /did not acc/, 1],
		['nothing', {}, { emptyBody: true }, /did not answer the sign-in|empty response/, 1],
	])(
		'turns red for a session that meets %s, after one sign-in',
		async (_, changes, switches, message, requests) => {
			const credential = sessionWithSecondFactor(cpsrvd());
			Object.assign(cpsrvd().switches, switches);
			expect(await pressTest({ ...credential, ...changes })).toEqual({
				status: 'Error',
				message: expect.stringMatching(message),
			});
			expect(cpsrvd().journal.entries).toHaveLength(requests);
			expect(paths().filter((path) => path === '/login/')).toHaveLength(1);
		},
	);
});

describe('a request that n8n signs', () => {
	const sign = async (
		request: IHttpRequestOptions,
		credential = tokenCredential(cpsrvd()),
		type: 'cpanelApi' | 'cpanelWhmApi' = 'cpanelApi',
	) => {
		const { credentials } = await loadPackage();
		const authenticate = credentials.get(type)?.authenticate;
		if (typeof authenticate !== 'function') throw new Error('The credential signs nothing');
		return await authenticate(credential, request);
	};
	const listPops = '/execute/Email/list_pops';

	test('keeps its own address and headers, and follows no redirect', async () => {
		const request = {
			url: `${cpsrvd().cpanelOrigin}${listPops}`,
			headers: { a: 'b' },
		};
		expect(await sign(request)).toEqual({
			...request,
			rejectUnauthorized: false,
			skipSslCertificateValidation: true,
			headers: { a: 'b', Authorization: expect.stringMatching(/^cpanel alice:\w+$/) },
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			sendCredentialsOnCrossOriginRedirect: false,
		});
		expect(request.headers).toEqual({ a: 'b' });
	});

	test('that names no server goes to the server of the credential', async () => {
		expect(await sign({ url: listPops })).toMatchObject({
			url: `${cpsrvd().cpanelOrigin}${listPops}`,
		});
	});

	test('with a password has it, and the code of the second factor', async () => {
		expect((await sign({ url: listPops }, passwordCredential(cpsrvd()))).headers).toEqual({
			Authorization: expect.stringMatching(/^Basic /),
		});
		expect((await sign({ url: listPops }, withSecondFactor(cpsrvd()))).headers).toEqual({
			Authorization: expect.stringMatching(/^Basic /),
			'x-cpanel-otp': expect.stringMatching(/^\d{6}$/),
		});
	});

	test.each([listPops, '/login/?login_only=1', '/login/'])(
		'with a session is refused: %s',
		async (url) => {
			await expect(sign({ url }, sessionCredential(cpsrvd()))).rejects.toMatchObject({
				message: expect.stringContaining('“Session Sign-In”'),
				hint: expect.stringContaining('“API Token” or “Password”'),
			});
		},
	);

	test('with a token of WHM goes to WHM', async () => {
		const credential = whmCredential(cpsrvd());
		const path = '/json-api/listaccts';
		expect(await sign({ url: path }, credential, 'cpanelWhmApi')).toMatchObject({
			url: cpsrvd().whmOrigin + path,
			headers: { Authorization: expect.stringMatching(/^whm agency:\w+$/) },
		});
		const url = cpsrvd().whmOrigin + path;
		expect((await sign({ url }, credential, 'cpanelWhmApi')).url).toBe(url);
	});

	test.each([
		['a cPanel credential', 'cpanelApi', tokenCredential, '/execute/'],
		['a password', 'cpanelApi', passwordCredential, '/execute/'],
		['a session', 'cpanelApi', sessionCredential, '/execute/'],
		['a WHM credential', 'cpanelWhmApi', whmCredential, '/json-api/'],
	] as const)('with %s goes to no other server', async (_, type, credential, path) => {
		const url = `https://elsewhere.example${path}`;
		await expect(sign({ url }, credential(cpsrvd()), type)).rejects.toMatchObject({
			message: expect.stringContaining('a different server'),
			hint: expect.stringContaining(path),
		});
	});
});
