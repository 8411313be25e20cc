import { OLD_TLS } from '../../../cpsrvd';
import { CHECK_REACHABLE, session, throughProxy, withCredential, withServer } from './arrange';
import type { TroubleGroup } from './trouble';

export const network: TroubleGroup = {
	title: 'The server cannot be reached',
	troubles: [
		{
			message: 'The proxy … between n8n and … answered instead of cPanel (HTTP 403)',
			advice: 'Ask the administrator of this n8n instance to allow',
			cause: 'A proxy on the way out of n8n’s network, which shows by its page',
			arrange: () => ({ switches: { front: 'proxy403' }, steps: [session()] }),
		},
		{
			message: 'The certificate of … was refused: it is self-signed',
			advice:
				'Use the name that the certificate was issued for, or install a valid certificate on the server. For a server you trust, turn on “Ignore SSL Issues” in the cPanel credential.',
			cause: 'A self-signed certificate; the same for one that has expired or names another server',
			arrange: async (scene) =>
				await withCredential(scene, { server: (await scene.another()).address }),
		},
		{
			message: 'No server accepts connections at …',
			advice: CHECK_REACHABLE,
			cause: 'Wrong server or port, or a firewall',
			arrange: async (scene) => await withCredential(scene, { server: '127.46.0.1' }),
		},
		{
			message: '… did not send a complete response within … seconds',
			advice: `Raise “Timeout” under “Options” if the server is slow. ${CHECK_REACHABLE}`,
			cause: 'A slow server, or a firewall that drops what comes from n8n',
			arrange: () => ({
				switches: { neverAnswer: true },
				steps: [session({ options: { timeout: 2 } })],
			}),
		},
		{
			message: 'The host name of … cannot be resolved',
			advice: 'Check the spelling, and check that the machine that runs n8n can resolve the name.',
			cause: 'A name that does not exist, or one that n8n’s machine cannot resolve',
			arrange: async (scene) => await withCredential(scene, { server: 'cpanel.invalid' }),
		},
		{
			message: '… ended the TLS handshake',
			advice:
				'It may require a client certificate, not recognize the server name, or offer only ciphers that n8n does not use. Check the server name, and ask the hosting provider.',
			cause: 'A server, or a firewall, with which no cipher can be agreed upon',
			arrange: async (scene) =>
				await withServer(scene, { ciphers: 'NULL-SHA256:@SECLEVEL=0', maxVersion: 'TLSv1.2' }),
		},
		{
			message: '… supports only TLS versions that are too old for n8n',
			advice:
				'No setting in n8n changes that. Ask the hosting provider to enable TLS 1.2 or newer.',
			cause: 'An old server, with TLS 1.1 or older alone',
			arrange: async (scene) => await withServer(scene, OLD_TLS),
		},
		{
			message: '… does not speak TLS in a way that n8n understands',
			advice:
				'Check the port: cPanel listens for TLS on 2083 and Webmail on 2096; 2082 and 2095 are the unencrypted ports.',
			cause: 'A port without encryption, such as 2082',
			arrange: async (scene) =>
				await withCredential(scene, { server: new URL(scene.n8n.origin).host }),
		},
		{
			message: 'The connection to … closed before the response was complete',
			advice:
				'Run the item again. If it keeps happening, ask the hosting provider whether a firewall or a limit cuts connections.',
			cause: 'The server, or something in between, hung up',
			arrange: () => ({ switches: { reset: 'mid-answer' }, steps: [session()] }),
		},
		{
			message: 'The proxy of this n8n instance refused to connect to … (HTTP 403)',
			advice:
				'The answer comes from the proxy that HTTPS_PROXY or ALL_PROXY names, and not from cPanel. Ask the administrator of the proxy to allow this host and port. HTTP 407 means that the proxy requires a user name and a password.',
			cause: 'The proxy that n8n was told to use does not allow the server or its port',
			arrange: async (scene) => await throughProxy(scene, 'refuses'),
		},
		{
			message: 'n8n cannot connect to the proxy that leads to …',
			advice: 'Check the proxy that HTTPS_PROXY or ALL_PROXY names, or add the server to NO_PROXY.',
			cause: 'The proxy that n8n was told to use is down, or was named wrongly',
			arrange: async (scene) => await throughProxy(scene, 'isDown'),
		},
		{
			message:
				'The network of n8n requires a sign-in before it allows a connection to … (HTTP 511)',
			advice:
				'Ask the administrator of n8n’s network to allow connections from n8n without a sign-in page.',
			cause: 'A page to sign in on, as in a hotel or an office',
			arrange: () => ({ switches: { front: 'portal511' }, steps: [session()] }),
		},
	],
};
