import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { passwordCredential, tokenCredential, useCpsrvd } from './harness/cpanel';
import { pressTest } from './harness/credentialTest';
import { listAt } from './harness/listSearch';
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

async function freePort(): Promise<{ port: number; close: () => Promise<void> }> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

const OK = { status: 'OK', message: 'Connection successful!' };
const whoAmI = '/execute/Variables/get_user_information';
const paths = () => cpsrvd().journal.entries.map(({ path }) => path.replace(/\/cpsess\d+/, ''));

/** What answers with JSON and is not cPanel, or not the account that is named. */
const FOREIGN: Array<[name: string, answer: unknown]> = [
	['{}', {}],
	['[]', []],
	['null', null],
	['a number', 1],
	['a text', 'OK'],
	['true', true],
	['a status in words', { status: 'ok' }],
	['a status that is true', { status: true }],
	['a status of HTTP', { status: 200 }],
	['a list of answers', [{ status: 1 }]],
	['a status alone', { status: 1 }],
	['a status and no data', { status: 1, data: null, errors: null }],
	['a user in another place', { status: 1, user: 'alice' }],
	['a user that is no text', { status: 1, data: { user: ['alice'] } }],
	['an error of something else', { code: 1001, message: 'Access token is invalid' }],
	['data of something else', { data: { user: 'alice' } }],
	['metadata of something else', { metadata: { result: 'ok' }, data: { version: '1.2' } }],
	['WHM’s yes without a version', { metadata: { result: 1, reason: 'OK' } }],
	['an old yes without a version', { cpanelresult: { data: {} } }],
	['an old no', { cpanelresult: { error: 'Access denied', data: { result: '0' } } }],
];

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
		['nothing', {}, { emptyBody: true }, /did not answer the sign-in|empty answer/, 1],
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

	test('turns green for a token of WHM', async () => {
		const credential = whmCredential(cpsrvd());
		expect(await pressTest(credential, 'cpanelWhmApi')).toEqual(OK);
		expect(cpsrvd().journal.entries).toMatchObject([
			{ port: 'whm', path: '/json-api/version', query: { 'api.version': '1' }, status: 200 },
		]);
	});

	test.each<[string, Partial<Switches>]>([
		['in the envelope of the older API', { versionAs: 'cpanelresult' }],
		['with a result that is a text', { resultAsString: true }],
	])('turns green for a token of WHM whose version comes %s', async (_, switches) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(whmCredential(cpsrvd()), 'cpanelWhmApi')).toEqual(OK);
	});

	test.each<[string, object, Partial<Switches>, RegExp]>([
		['a wrong token', { apiToken: 'WRONG' }, {}, /token may be wrong or have expired/],
		['a 401', { apiToken: 'WRONG' }, { refusedAs: 'page' }, /did not accept the credential/],
		['the login page', { apiToken: 'WRONG' }, { loginPageWith200: true }, /did not accept/],
		['a 401 with JSON', { apiToken: 'WRONG' }, { unauthorizedBody: 'json-text-plain' }, /not acc/],
		['a 401 with nothing', { apiToken: 'WRONG' }, { unauthorizedBody: 'empty' }, /did not accept/],
		['a 403', {}, { executeStatus: 403 }, /did not accept the credential/],
		['an expired license', {}, { licensePage: true }, /license/],
		['other JSON', {}, { notUapi: { hello: 'world' } }, /no answer of WHM/],
		['result 0', {}, { notUapi: { metadata: { result: 0, reason: 'No.' } } }, /refused version/],
		['result 0 of old', {}, { notUapi: { data: { result: '0' } } }, /refused version/],
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

	test.each(
		FOREIGN.flatMap(([name, answer]) =>
			(
				[
					['a token', tokenCredential, 'cpanelApi'],
					['a password', passwordCredential, 'cpanelApi'],
					['a token of WHM', whmCredential, 'cpanelWhmApi'],
				] as const
			).map((kind) => [name, ...kind, answer] as const),
		),
	)('turns red for %s in place of an answer: %s', async (_, __, credential, type, answer) => {
		cpsrvd().switches.notUapi = answer;
		expect(await pressTest(credential(cpsrvd()), type)).toEqual({
			status: 'Error',
			// what happened, and what to do about it
			message: expect.stringMatching(/^[^.]+.*\. [A-Z].+\.$/s),
		});
		expect(cpsrvd().journal.entries).toHaveLength(1);
	});

	test('turns red for another account than the one that is named, and names it', async () => {
		cpsrvd().switches.alterData = (data) => ({ ...(data as object), user: 'bob' });
		expect(await pressTest(tokenCredential(cpsrvd()))).toEqual({
			status: 'Error',
			message: expect.stringMatching(/as the account bob, and not as alice\. .*“Username”/),
		});
	});

	test('turns red for the name of an account that is none, and does not repeat it', async () => {
		cpsrvd().switches.alterData = () => ({ user: '<a href="https://evil.example">bob</a>' });
		const { status, message } = await pressTest(tokenCredential(cpsrvd()));
		expect(status).toBe('Error');
		expect(message).not.toContain('evil');
	});

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
		['a 401 with JSON', wrong, { unauthorizedBody: 'json-text-plain' }, /did not accept/],
		['status 0', {}, { featureOff: ['Variables'] }, /feature/],
		['status 0 as a text', {}, { featureOff: ['Variables'], statusAsString: true }, /feature/],
		['status 0, nested', {}, { featureOff: ['Variables'], envelope: 'nested' }, /feature/],
		['a 403', {}, { executeStatus: 403 }, /HTTP 403/],
		['a 404', {}, { executeStatus: 404 }, /HTTP 404/],
		['a 500', {}, { executeStatus: 500 }, /HTTP 500/],
		['an expired license', {}, { licensePage: true }, /license/],
		['maintenance', {}, { busy: { status: 503 } }, /HTTP 503/],
		['a text under the type of JSON', {}, { notJson: 'text' }, /not JSON/],
		['nothing', {}, { emptyBody: true }, /empty answer/],
		[
			'a redirect',
			{},
			{ redirectTo: { origin: 'https://elsewhere.example', status: 302 } },
			/redirects to elsewhere\.example/,
		],
	] as const)('turns red for %s, after one request', async (_, changes, switches, message) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(tokenCredential(cpsrvd(), changes))).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
		expect(cpsrvd().journal.entries).toHaveLength(1);
	});

	test('asks again whenever it is pressed, and what runs next knows what it found', async () => {
		const credential = tokenCredential(cpsrvd(), wrong);
		const refused = { status: 'Error', message: expect.stringContaining('did not accept') };
		expect(await pressTest(credential)).toEqual(refused);
		expect(await pressTest(credential)).toEqual(refused);
		expect(cpsrvd().journal.entries).toHaveLength(2);

		await expect(listAt(cpsrvd(), 'searchDomains', { credential })).rejects.toThrow();
		expect(cpsrvd().journal.entries).toHaveLength(2);

		// the token is made after all
		cpsrvd().addAccount({ ...SEED.alice, apiToken: wrong.apiToken });
		expect(await pressTest(credential)).toEqual(OK);
		const { results } = await listAt(cpsrvd(), 'searchDomains', { credential });
		expect(results).not.toEqual([]);
	});

	test('turns red for a server without encryption, and sends nothing', async () => {
		const server = `http://${cpsrvd().address}`;
		expect(await pressTest(tokenCredential(cpsrvd(), { server }))).toEqual({
			status: 'Error',
			message: expect.stringContaining('would send the credential unencrypted'),
		});
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test.each([
		['cpanelApi', tokenCredential],
		['cpanelWhmApi', whmCredential],
	] as const)('turns red for a certificate that %s does not accept', async (type, credential) => {
		const data = { ...credential(cpsrvd()), allowUnauthorizedCerts: false };
		expect(await pressTest(data, type)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/certificate .* self-signed\. .*“Ignore SSL Issues” in this/),
		});
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test('turns red where nothing listens, and says what to check', async () => {
		const { port, close } = await freePort();
		await close();
		const credential = tokenCredential(cpsrvd(), { server: `127.0.0.1:${port}` });
		expect(await pressTest(credential)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/Nothing accepts connections .*\. Check the server name/),
		});
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

	test('keeps its own address and headers, and follows no redirect', async () => {
		const request = {
			url: `${cpsrvd().cpanelOrigin}${listPops}`,
			headers: { a: 'b' },
		};
		expect(await sign(request)).toEqual({
			...request,
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
			baseURL: cpsrvd().whmOrigin,
			headers: { Authorization: expect.stringMatching(/^whm agency:\w+$/) },
		});
		const url = cpsrvd().whmOrigin + path;
		expect((await sign({ url }, credential, 'cpanelWhmApi')).url).toBe(url);
	});

	describe.each([
		['a cPanel credential', 'cpanelApi', tokenCredential, 'cpanelOrigin', '/execute/'],
		['a password', 'cpanelApi', passwordCredential, 'cpanelOrigin', '/execute/'],
		['a session', 'cpanelApi', sessionCredential, 'cpanelOrigin', '/execute/'],
		['a WHM credential', 'cpanelWhmApi', whmCredential, 'whmOrigin', '/json-api/'],
	] as const)('with %s', (_, type, credential, own, path) => {
		const at = (from: (origin: URL) => string) => () => ({ url: from(new URL(cpsrvd()[own])) });

		test.each<[string, () => IHttpRequestOptions & { uri?: string }]>([
			['another host', () => ({ url: `https://elsewhere.example:2083${path}` })],
			['the port of Webmail', () => ({ url: `${cpsrvd().webmailOrigin}${path}` })],
			['the usual port', at(({ hostname }) => `https://${hostname}${path}`)],
			['no TLS', at(({ host }) => `http://${host}${path}`)],
			['a host that begins so', at(({ origin }) => `${origin}.evil.example${path}`)],
			['a user in front', at(({ host }) => `https://${host}@evil.example${path}`)],
			['two slashes', () => ({ url: `//evil.example${path}` })],
			['a slash and a backslash', () => ({ url: `/\\evil.example${path}` })],
			['a slash, a tab and a slash', () => ({ url: `/\t/evil.example${path}` })],
			['another base', () => ({ baseURL: 'https://evil.example', url: path })],
			['another address in the base', () => ({ baseURL: 'nonsense', url: path })],
			[
				'what the HTTP Request node has',
				() => ({ url: undefined as never, uri: 'https://a.example' }),
			],
			['nonsense', () => ({ url: 'nonsense' })],
			['nothing', () => ({ url: '' })],
		])('goes not to %s', async (__, request) => {
			await expect(sign(request(), credential(cpsrvd()), type)).rejects.toMatchObject({
				message: expect.stringContaining('another server'),
				hint: expect.stringContaining(`${cpsrvd()[own]}${path}`),
			});
		});
	});
});
