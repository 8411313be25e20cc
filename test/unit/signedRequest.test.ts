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

	it.each<[string, object, object]>([
		['a path', { url: '/execute/x' }, { url: '/execute/x', baseURL: ORIGIN }],
		[
			'a path under n8n’s older name',
			{ uri: '/execute/x' },
			{ uri: '/execute/x', baseURL: ORIGIN },
		],
		['a path and its server', { url: '/x', baseURL: ORIGIN }, { url: '/x', baseURL: ORIGIN }],
		['an address', { url: `${ORIGIN}/x` }, { url: `${ORIGIN}/x` }],
		['an address under n8n’s older name', { uri: `${ORIGIN}/x` }, { uri: `${ORIGIN}/x` }],
		['an address in capitals', { url: ORIGIN.toUpperCase() }, { url: ORIGIN.toUpperCase() }],
	])('goes to the server of the credential: %s', (_case, request, sent) => {
		expect(signed(request)).toMatchObject(sent);
	});

	it('has no base where it has a whole address', () => {
		expect(signed({ url: `${ORIGIN}/x` })).not.toHaveProperty('baseURL');
	});

	it.each([['https://cpanel.example.com/x'], ['https://cpanel.example.com:443/x'], ['/x']])(
		'goes to a server at the port that an address leaves out: %s',
		(url) => {
			expect(signed({ url }, { server: 'cpanel.example.com:443' }).headers).toEqual(AUTHORIZATION);
		},
	);

	it.each([
		[false, undefined],
		[true, true],
	])('checks the certificate unless told not to: %s', (allowUnauthorizedCerts, skips) => {
		const request = signed({ url: ORIGIN }, { allowUnauthorizedCerts });
		expect(request.skipSslCertificateValidation).toBe(skips);
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
