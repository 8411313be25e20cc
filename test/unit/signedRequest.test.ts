import type { IHttpRequestOptions } from 'n8n-workflow';

import { parseHost } from '../../nodes/shared/cpanel/input/host';
import { signedRequest } from '../../nodes/shared/n8n/signedRequest';
import { thrownBy } from './thrown';

const ORIGIN = 'https://cpanel.example.com:2083';
const AUTHORIZATION = { authorization: 'cpanel alice:TOKEN' };

interface Changes {
	server?: string;
	allowUnauthorizedCerts?: boolean;
	of?: 'cPanel' | 'WHM';
}

function signed(
	request: object,
	{ server = 'cpanel.example.com', allowUnauthorizedCerts = false, of = 'cPanel' }: Changes = {},
): IHttpRequestOptions {
	const signer = {
		server: parseHost(server, 2083, 'Server'),
		allowUnauthorizedCerts,
		of,
		paths: '/execute/',
	};
	return signedRequest(request as IHttpRequestOptions, signer, () => AUTHORIZATION);
}

describe('a request that is signed with a credential', () => {
	it('has its headers beside its own, and ends with a redirect', () => {
		const request = { url: `${ORIGIN}/execute/x`, method: 'GET', headers: { accept: 'a/b' } };
		expect(signed(request)).toEqual({
			...request,
			headers: { accept: 'a/b', ...AUTHORIZATION },
			rejectUnauthorized: true,
			skipSslCertificateValidation: false,
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			sendCredentialsOnCrossOriginRedirect: false,
		});
		expect(request.headers).toEqual({ accept: 'a/b' });
	});

	it('follows none, whatever it came with', () => {
		const follows = {
			disableFollowRedirect: false,
			followRedirect: true,
			followAllRedirects: true,
			sendCredentialsOnCrossOriginRedirect: true,
		};
		expect(signed({ url: ORIGIN, ...follows })).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});

	it.each<[string, object]>([
		['a path', { url: '/x' }],
		['a path under n8n’s older name', { uri: '/x' }],
		['a path and its server', { url: '/x', baseURL: ORIGIN }],
		['a path and its server without one at the end', { url: 'x', baseURL: `${ORIGIN}/` }],
		['an address', { url: `${ORIGIN}/x` }],
		['an address under n8n’s older name', { uri: `${ORIGIN}/x` }],
		[
			'both, of which n8n takes the newer name',
			{ url: `${ORIGIN}/x`, uri: 'https://evil.example' },
		],
		['an address in capitals', { url: `${ORIGIN.toUpperCase()}/x` }],
		['an object', { uri: new URL(`${ORIGIN}/x`) }],
	])('goes to the server of the credential, under one name: %s', (_case, request) => {
		const sent = signed(request);
		expect(sent.url).toBe(`${ORIGIN}/x`);
		expect(sent).not.toHaveProperty('uri');
		expect(sent).not.toHaveProperty('baseURL');
	});

	it.each([['https://cpanel.example.com/x'], ['https://cpanel.example.com:443/x'], ['/x']])(
		'goes to a server at the port that an address leaves out: %s',
		(url) => {
			expect(signed({ url }, { server: 'cpanel.example.com:443' }).headers).toEqual(AUTHORIZATION);
		},
	);

	it.each([false, true])('ignores SSL issues as the credential does: %s', (ignores) => {
		for (const strict of [
			{},
			{ rejectUnauthorized: true },
			{ skipSslCertificateValidation: false },
		]) {
			expect(signed({ url: ORIGIN, ...strict }, { allowUnauthorizedCerts: ignores })).toMatchObject(
				{
					rejectUnauthorized: !ignores,
					skipSslCertificateValidation: ignores,
				},
			);
		}
	});

	it.each([
		{ rejectUnauthorized: false },
		{ rejectUnauthorized: 0 },
		{ rejectUnauthorized: 'false' },
		{ skipSslCertificateValidation: true },
		{ skipSslCertificateValidation: 'true' },
		{ rejectUnauthorized: true, skipSslCertificateValidation: true },
	])('ignores no SSL issues that the credential does not: %j', (request) => {
		expect(thrownBy(() => signed({ url: ORIGIN, ...request }))).toMatchObject({
			kind: 'input',
			message: 'The request ignores SSL issues, and the cPanel credential does not',
			hint: expect.stringContaining('Switch “Ignore SSL Issues” off in this node'),
		});
		const sent = signed({ url: ORIGIN, ...request }, { allowUnauthorizedCerts: true });
		expect(sent).toMatchObject({ rejectUnauthorized: false, skipSslCertificateValidation: true });
	});

	it('carries what the HTTP Request node says about the question and the answer', () => {
		const asked = {
			method: 'POST',
			qs: { a: 1 },
			qsStringifyOptions: { arrayFormat: 'repeat' },
			body: 'x',
			json: true,
			gzip: true,
			encoding: 'text',
			useStream: true,
			timeout: 5000,
			simple: false,
			resolveWithFullResponse: true,
			allowedDomains: 'cpanel.example.com',
			agentOptions: { cert: 'CERT', key: 'KEY', passphrase: 'P' },
		};
		const unused = { proxy: '', auth: undefined, maxRedirects: 21, form: undefined };
		expect(signed({ uri: ORIGIN, ...asked, ...unused })).toMatchObject(asked);
		expect(Object.keys(signed({ uri: ORIGIN, ...unused }))).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(proxy|auth|maxRedirects|form)$/)]),
		);
	});

	it.each<[string, object, RegExp]>([
		['a proxy', { proxy: 'http://127.0.0.1:3128' }, /a proxy of its own/],
		['a proxy in parts', { proxy: { host: '127.0.0.1', port: 3128 } }, /a proxy of its own/],
		['a proxy of another type', { proxy: true }, /a proxy of its own/],
		['an authority', { agentOptions: { cert: 'C', ca: 'CA' } }, /“ca”/],
		['a store', { agentOptions: { pfx: 'P' } }, /“pfx”/],
		['another name', { agentOptions: { servername: 'evil.example' } }, /“servername”/],
		['less checking', { agentOptions: { rejectUnauthorized: false } }, /“rejectUnauthorized”/],
		['another check', { agentOptions: { checkServerIdentity: () => undefined } }, /“checkServer/],
		['ciphers', { agentOptions: { ciphers: 'NULL' } }, /“ciphers”/],
		['an older version of TLS', { agentOptions: { secureProtocol: 'SSLv3_method' } }, /“secure/],
		['another address', { agentOptions: { lookup: () => undefined } }, /“lookup”/],
		['an agent in place of options', { agentOptions: 'agent' }, /“agentOptions”/],
		...[
			'agent',
			'httpAgent',
			'httpsAgent',
			'agentClass',
			'ca',
			'cert',
			'checkServerIdentity',
			'ciphers',
			'family',
			'host',
			'hostname',
			'jar',
			'localAddress',
			'lookup',
			'path',
			'pool',
			'port',
			'beforeRedirect',
			'servername',
			'socketPath',
			'strictSSL',
			'transformRequest',
			'tunnel',
			'what comes next',
		].map((name): [string, object, RegExp] => [name, { [name]: 'x' }, new RegExp(`“${name}”`)]),
		['another sign-in', { auth: { user: 'a', pass: 'b' } }, /a second time/],
		['a sign-in later', { auth: { username: 'a', sendImmediately: false } }, /a second time/],
		['a user in the address', { url: 'https://a:b@cpanel.example.com:2083/x' }, /a user name/],
		['a request that is repeated to who asks', { method: 'TRACE' }, /this method/],
		['a way to another server', { method: 'connect' }, /this method/],
		['another host', { headers: { Host: 'evil.example' } }, /“Host”/],
		['another host in small letters', { headers: { host: 'evil.example' } }, /“Host”/],
		['two hosts', { headers: { host: 'cpanel.example.com:2083', HOST: 'evil.example' } }, /“Host”/],
		['a list of hosts', { headers: { 'host ': ['evil.example'] } }, /“Host”/],
	])('is refused with what could show it to others: %s', (_case, request, message) => {
		for (const allowUnauthorizedCerts of [false, true]) {
			const error = thrownBy(() => signed({ url: ORIGIN, ...request }, { allowUnauthorizedCerts }));
			expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
			expect(error).toMatchObject({ hint: expect.stringMatching(/Remove|Choose one|Leave out/) });
		}
	});

	it('has one header of each name that it is signed with, and that of its own host', () => {
		const headers = { AUTHORIZATION: 'Basic x', Host: 'CPANEL.example.com:2083', Accept: 'a/b' };
		expect(signed({ url: ORIGIN, headers }).headers).toEqual({ Accept: 'a/b', ...AUTHORIZATION });
	});

	it.each<[string, object]>([
		['another host', { url: 'https://evil.example:2083/x' }],
		['another port', { url: 'https://cpanel.example.com:2087/x' }],
		['no TLS', { url: 'http://cpanel.example.com:2083/x' }],
		['a host behind the name', { url: 'https://cpanel.example.com:2083@evil.example/x' }],
		['a host in the path', { url: '//evil.example/x' }],
		['another base', { url: '/x', baseURL: 'https://evil.example' }],
		['an address beside the base', { url: 'https://evil.example/x', baseURL: ORIGIN }],
		['no address', {}],
		['what is none', { url: 'nonsense' }],
		['what is no text', { url: { toString: () => ORIGIN } }],
		['an empty address beside another', { url: '', uri: ORIGIN }],
	])('is refused where it goes elsewhere: %s', (_case, request) => {
		expect(thrownBy(() => signed(request))).toMatchObject({
			kind: 'input',
			message: 'The request goes to a different server than the one in the cPanel credential',
			hint: expect.stringContaining(`starts with ${ORIGIN}/execute/,`),
		});
	});

	it('is refused in the words of its credential', () => {
		const error = thrownBy(() => signed({ url: 'https://evil.example' }, { of: 'WHM' }));
		expect(error.message).toContain('the WHM credential');
	});
});
