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

describe('the Test button', () => {
	test.each([
		['a token', tokenCredential, {}],
		['a password', passwordCredential, {}],
		['a token and the nested envelope', tokenCredential, { envelope: 'nested' }],
		['a password and a second factor', withSecondFactor, {}],
	] as const)('turns green for %s', async (_, credential, switches) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(credential(cpsrvd()))).toEqual({ status: 'OK' });
		expect(cpsrvd().journal.entries).toMatchObject([
			{ path: '/execute/Variables/get_user_information', query: { name: 'user' }, status: 200 },
		]);
	});

	test.each([
		['a session', sessionCredential],
		['a session and a second factor', sessionWithSecondFactor],
	])('turns green for %s, and signs in once', async (_, credential) => {
		cpsrvd().switches.loginOnly = true;
		expect(await pressTest(credential(cpsrvd()))).toEqual({ status: 'OK' });
		const [signIn, ...more] = cpsrvd().journal.entries;
		expect(more).toEqual([]);
		expect(signIn).toMatchObject({
			method: 'POST',
			url: '/login/?login_only=1',
			form: { user: 'alice', pass: SEED.alice.password },
			status: 200,
		});
		expect(signIn?.headers.authorization).toBeUndefined();
	});

	test.each<[string, object, Partial<Switches>, RegExp]>([
		['a wrong password', { password: 'wrong' }, {}, /refused the call/],
		['a wrong code', { totpSecret: 'GEZDGNBVGY3TQOJQ' }, {}, /two-factor secret/],
		['no code', { totpSecret: '' }, { secondFactorMissing: 'refused' }, /two-factor secret/],
		['the login page', { password: 'wrong' }, { loginPageWith200: true }, /page in place of data/],
		['a 401 with nothing', { password: 'wrong' }, { unauthorizedBody: 'empty' }, /page in place/],
		['nothing', {}, { emptyBody: true }, /page in place of data/],
	])(
		'turns red for a session that meets %s, after one request',
		async (_, changes, switches, message) => {
			const credential = sessionWithSecondFactor(cpsrvd());
			Object.assign(cpsrvd().switches, switches);
			expect(await pressTest({ ...credential, ...changes })).toEqual({
				status: 'Error',
				message: expect.stringMatching(message),
			});
			expect(cpsrvd().journal.entries).toHaveLength(1);
		},
	);

	test('turns green for a token of WHM', async () => {
		const credential = whmCredential(cpsrvd());
		expect(await pressTest(credential, 'cpanelWhmApi')).toEqual({ status: 'OK' });
		expect(cpsrvd().journal.entries).toMatchObject([
			{ port: 'whm', path: '/json-api/version', query: { 'api.version': '1' }, status: 200 },
		]);
	});

	test.each<[string, object, Partial<Switches>, RegExp]>([
		['a wrong token', { apiToken: 'WRONG' }, {}, /refused the call/],
		['a 401', { apiToken: 'WRONG' }, { refusedAs: 'page' }, /did not accept the credential/],
		['the login page', { apiToken: 'WRONG' }, { loginPageWith200: true }, /did not accept/],
		['a 401 with JSON', { apiToken: 'WRONG' }, { unauthorizedBody: 'json-text-plain' }, /refused/],
		['a 401 with nothing', { apiToken: 'WRONG' }, { unauthorizedBody: 'empty' }, /did not accept/],
		['a 403', {}, { executeStatus: 403 }, /refused the call/],
		['an expired license', {}, { licensePage: true }, /page in place of data/],
		['other JSON', {}, { notUapi: { hello: 'world' } }, /refused the call/],
		['result 0', {}, { notUapi: { metadata: { result: 0, reason: 'No.' } } }, /refused the call/],
		['result 0 of old', {}, { notUapi: { data: { result: '0' } } }, /refused the call/],
	])(
		'turns red for WHM that meets %s, after one request',
		async (_, changes, switches, message) => {
			Object.assign(cpsrvd().switches, switches);
			const credential = { ...whmCredential(cpsrvd()), ...changes };
			expect(await pressTest(credential, 'cpanelWhmApi')).toEqual({
				status: 'Error',
				message: expect.stringMatching(message),
			});
			expect(cpsrvd().journal.entries).toHaveLength(1);
		},
	);

	const wrong = { apiToken: 'WRONGTOKEN0123456789' };

	test.each([
		['a wrong token', wrong, {}, /did not accept the credential/],
		[
			'a login page with HTTP 200',
			wrong,
			{ loginPageWith200: true },
			/did not accept the credential/,
		],
		['a 401 with nothing', wrong, { unauthorizedBody: 'empty' }, /did not accept the credential/],
		['a 401 with JSON', wrong, { unauthorizedBody: 'json-text-plain' }, /refused the call/],
		['status 0', {}, { featureOff: ['Variables'] }, /refused the call/],
		[
			'status 0 as a text',
			{},
			{ featureOff: ['Variables'], statusAsString: true },
			/refused the call/,
		],
		[
			'status 0 in the nested envelope',
			{},
			{ featureOff: ['Variables'], envelope: 'nested' },
			/refused the call/,
		],
		['a 403', {}, { executeStatus: 403 }, /refused the call/],
		['an expired license', {}, { licensePage: true }, /page in place of data/],
		['maintenance', {}, { busy: { status: 503 } }, /page in place of data/],
		[
			'a redirect',
			{},
			{ redirectTo: { origin: 'https://elsewhere.example', status: 302 } },
			/page in place of data/,
		],
	] as const)('turns red for %s, after one request', async (_, changes, switches, message) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(tokenCredential(cpsrvd(), changes))).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
		expect(cpsrvd().journal.entries).toHaveLength(1);
	});

	test('turns red for a server without encryption, and sends nothing', async () => {
		const server = `http://${cpsrvd().address}`;
		expect(await pressTest(tokenCredential(cpsrvd(), { server }))).toEqual({
			status: 'Error',
			message: expect.stringContaining('would send the credential unencrypted'),
		});
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test('turns red for a certificate that cannot be verified', async () => {
		const credential = tokenCredential(cpsrvd(), { allowUnauthorizedCerts: false });
		expect(await pressTest(credential)).toMatchObject({ status: 'Error' });
		expect(cpsrvd().journal.entries).toEqual([]);
	});
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

	test('keeps its own address and headers', async () => {
		const request = {
			url: `https://cpanel.example.com:2083${listPops}`,
			headers: { a: 'b' },
		};
		expect(await sign(request)).toEqual({
			...request,
			skipSslCertificateValidation: true,
			headers: { a: 'b', Authorization: expect.stringMatching(/^cpanel alice:\w+$/) },
		});
		expect(request.headers).toEqual({ a: 'b' });
	});

	test('that names no server goes to the server of the credential', async () => {
		expect(await sign({ url: listPops })).toMatchObject({ baseURL: cpsrvd().cpanelOrigin });
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

	test.each([listPops, 'https://elsewhere.example/login/?login_only=1', '/login/', 'nonsense'])(
		'with a session is refused, where it is not the sign-in: %s',
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
			baseURL: cpsrvd().whmOrigin,
			headers: { Authorization: expect.stringMatching(/^whm agency:\w+$/) },
		});
		const url = cpsrvd().whmOrigin + path;
		expect((await sign({ url }, credential, 'cpanelWhmApi')).url).toBe(url);
	});

	test.each([
		() => `${cpsrvd().cpanelOrigin}/execute/Email/list_pops`,
		() => `${cpsrvd().webmailOrigin}/login/`,
		() => 'https://elsewhere.example:2087/json-api/listaccts',
		() => 'nonsense',
	])('with a token of WHM goes nowhere else (%#)', async (url) => {
		const signed = sign({ url: url() }, whmCredential(cpsrvd()), 'cpanelWhmApi');
		await expect(signed).rejects.toMatchObject({
			message: expect.stringContaining('another server'),
			hint: expect.stringContaining(`${cpsrvd().whmOrigin}/json-api/`),
		});
	});
});
