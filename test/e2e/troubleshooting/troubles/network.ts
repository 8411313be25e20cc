import { OLD_TLS } from '../../../cpsrvd';
import { CHECK_REACHABLE, session, throughProxy, withCredential, withServer } from './arrange';
import type { TroubleGroup } from './trouble';

export const network: TroubleGroup = {
	title: 'The server cannot be reached',
	troubles: [
		{
			message: 'The proxy … between n8n and … answered in place of cPanel (HTTP 403)',
			advice: 'Ask whoever runs this n8n to have the proxy let it through',
			cause: 'A proxy on the way out of n8n’s network, which shows by its page',
			arrange: () => ({ switches: { front: 'proxy403' }, steps: [session()] }),
		},
		{
			message: 'The certificate of … was refused: it is self-signed',
			advice:
				'Use the name the certificate was issued for, or have the server get a valid one. For a server you trust, turn on “Ignore SSL Issues” in the cPanel credential.',
			cause: 'A self-signed certificate; the same for one that has expired or names another server',
			arrange: async (scene) =>
				await withCredential(scene, { server: (await scene.another()).address }),
		},
		{
			message: 'Nothing accepts connections at …',
			advice: CHECK_REACHABLE,
			cause: 'Wrong server or port, or a firewall',
			arrange: async (scene) => await withCredential(scene, { server: '127.46.0.1' }),
		},
		{
			message: '… did not answer completely within … seconds',
			advice: `Raise “Timeout” under “Options” if the server is slow. ${CHECK_REACHABLE}`,
			cause: 'A slow server, or a firewall that drops what comes from n8n',
			arrange: () => ({
				switches: { neverAnswer: true },
				steps: [session({ options: { timeout: 2 } })],
			}),
		},
		{
			message: 'The host name of … is not known',
			advice: 'Check the spelling, and that the name can be resolved on the machine n8n runs on.',
			cause: 'A name that does not exist, or one that n8n’s machine cannot resolve',
			arrange: async (scene) => await withCredential(scene, { server: 'cpanel.invalid' }),
		},
		{
			message: '… ended the TLS handshake',
			advice:
				'It may ask for a client certificate, not know the name it was called by, or offer only ciphers that n8n does not use. Check the server name, and ask the hosting provider.',
			cause: 'A server, or a firewall, with which no cipher can be agreed upon',
			arrange: async (scene) =>
				await withServer(scene, { ciphers: 'NULL-SHA256:@SECLEVEL=0', maxVersion: 'TLSv1.2' }),
		},
		{
			message: '… speaks only versions of TLS that are too old for n8n',
			advice:
				'Nothing can be set in n8n for that. Ask the hosting provider to turn on TLS 1.2 or newer.',
			cause: 'An old server, with TLS 1.1 or older alone',
			arrange: async (scene) => await withServer(scene, OLD_TLS),
		},
		{
			message: '… does not speak TLS in a way n8n understands',
			advice:
				'Check the port: cPanel listens for TLS on 2083 and Webmail on 2096; 2082 and 2095 are the unencrypted ones.',
			cause: 'A port without encryption, such as 2082',
			arrange: async (scene) =>
				await withCredential(scene, { server: new URL(scene.n8n.origin).host }),
		},
		{
			message: 'The connection to … broke before the answer was complete',
			advice:
				'Run the item again. If it keeps happening, ask the hosting provider whether a firewall or a limit cuts connections.',
			cause: 'The server, or something in between, hung up',
			arrange: () => ({ switches: { reset: 'mid-answer' }, steps: [session()] }),
		},
		{
			message: 'The proxy of this n8n opened no way to … (HTTP 403)',
			advice:
				'This is the proxy that HTTPS_PROXY or ALL_PROXY names, and not cPanel. Ask whoever runs it to allow this host and port; 407 means that it wants a user name and a password.',
			cause: 'The proxy that n8n was told to use does not allow the server or its port',
			arrange: async (scene) => await throughProxy(scene, 'refuses'),
		},
		{
			message: 'There is no connection to the proxy of this n8n, which leads to …',
			advice:
				'Check the proxy that HTTPS_PROXY or ALL_PROXY names, or name the server in NO_PROXY.',
			cause: 'The proxy that n8n was told to use is down, or was named wrongly',
			arrange: async (scene) => await throughProxy(scene, 'isDown'),
		},
		{
			message: 'The network of n8n asks for a sign-in of its own in place of … (HTTP 511)',
			advice:
				'Ask whoever runs the network that n8n is in to let it out without a page to sign in on.',
			cause: 'A page to sign in on, as in a hotel or an office',
			arrange: () => ({ switches: { front: 'portal511' }, steps: [session()] }),
		},
	],
};
