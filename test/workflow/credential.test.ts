import type { IHttpRequestOptions } from 'n8n-workflow';

import { passwordCredential, tokenCredential, useCpsrvd } from './harness/cpanel';
import { pressTest } from './harness/credentialTest';
import { loadPackage } from '../engine/nodeTypes';

const cpsrvd = useCpsrvd();

describe('the Test button', () => {
	test.each([
		['a token', tokenCredential, {}],
		['a password', passwordCredential, {}],
		['a token and the nested envelope', tokenCredential, { envelope: 'nested' }],
	] as const)('turns green for %s', async (_, credential, switches) => {
		Object.assign(cpsrvd().switches, switches);
		expect(await pressTest(credential(cpsrvd()))).toEqual({ status: 'OK' });
		expect(cpsrvd().journal.entries).toMatchObject([
			{ path: '/execute/Variables/get_user_information', query: { name: 'user' }, status: 200 },
		]);
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
	const sign = async (request: IHttpRequestOptions) => {
		const { credentials } = await loadPackage();
		const authenticate = credentials.get('cpanelApi')?.authenticate;
		if (typeof authenticate !== 'function') throw new Error('The credential signs nothing');
		const { apiToken = '', ...credential } = tokenCredential(cpsrvd());
		return await authenticate({ ...credential, apiToken }, request);
	};

	test('keeps its own address and headers', async () => {
		const request = {
			url: 'https://cpanel.example.com:2083/execute/Email/list_pops',
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
		expect(await sign({ url: '/execute/Email/list_pops' })).toMatchObject({
			baseURL: cpsrvd().cpanelOrigin,
		});
	});
});
