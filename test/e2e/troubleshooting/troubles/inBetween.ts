import { checkPassword, session } from './arrange';
import type { TroubleGroup } from './trouble';

const A_PAGE = '<!DOCTYPE html><title>Welcome</title><h1>It works!</h1>';
const TOO_DEEP = `{"status":1,"data":${'['.repeat(1000)}${']'.repeat(1000)}}`;

export const inBetween: TroubleGroup = {
	title: 'Another service answers instead of cPanel',
	troubles: [
		{
			message: '… answered instead of cPanel at … (HTTP 403)',
			advice: 'Ask the hosting provider to allow the address of n8n on cPanel’s ports',
			cause:
				'A firewall or a content delivery network in front of cPanel; the credential may be right',
			arrange: () => ({ switches: { front: 'firewall403' }, steps: [session()] }),
		},
		{
			message: '… in front of cPanel at … requires a browser check (HTTP 403)',
			advice:
				'n8n cannot pass such a check. This says nothing about the credential or the session. Ask the hosting provider to exempt the address of n8n from the check, or for a host name that bypasses Cloudflare.',
			cause: 'A check for browsers, such as a captcha',
			arrange: () => ({ switches: { front: 'challenge403' }, steps: [session()] }),
		},
		{
			message: '… in front of … got no valid response from the server behind it (HTTP 502)',
			advice:
				'cPanel may be down or restarting. Run the item again later. A content delivery network forwards only a few ports: ask the hosting provider for a host name that leads directly to the server.',
			cause: 'A gateway whose server does not answer; the same with 504 and 520 to 530',
			arrange: () => ({ switches: { front: 'gateway502' }, steps: [session()] }),
		},
		{
			message: '… redirects to …, which n8n did not follow',
			advice:
				'It may be a sign-in page, a browser check or a notice from the hosting provider: in that case, ask the hosting provider. If the other server is the cPanel server, enter it as the server.',
			cause: 'A sign-on of the hosting provider’s, or the server has moved',
			arrange: () => ({ switches: { front: 'signOn' }, steps: [session()] }),
		},
		{
			message: '… sent a response that is not HTTP',
			advice: 'Another service, such as a mail server, listens there.',
			cause: 'The port of another service that speaks TLS, too',
			arrange: () => ({ switches: { notHttp: 'imap' }, steps: [session()] }),
		},
		{
			message: '… sent a response that violates HTTP',
			advice:
				'The response comes from a proxy, a firewall or another intermediary, and not from cPanel. Check the server and the port, then ask the hosting provider or the administrator of n8n’s network.',
			cause: 'Something in between that is broken',
			arrange: () => ({ switches: { notHttp: 'controlInHeader' }, steps: [session()] }),
		},
		{
			message: '… sent headers that are larger than n8n accepts',
			advice: 'An intermediary in front of cPanel may have added them. Ask the hosting provider.',
			cause: 'An intermediary in front of cPanel that adds headers or cookies',
			arrange: () => ({ switches: { notHttp: 'longHeaders' }, steps: [session()] }),
		},
		{
			message: 'The password for … is wrong',
			advice: 'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
			cause: 'The password that came with the item is not that of the mailbox',
			arrange: () => ({ steps: [checkPassword('anna', 'not the password')] }),
		},
		{
			message: 'Another service answered instead of cPanel at … (HTTP 403)',
			advice:
				'The response does not come from cPanel, but from a firewall, a proxy or a content delivery network. This says nothing about the credential or the session.',
			cause: 'A page without a name; it may stand at either end of the way',
			arrange: () => ({ switches: { front: 'nameless403' }, steps: [session()] }),
		},
		{
			message: '… answered instead of cPanel at … (HTTP 302)',
			advice: 'A web server listens there, but no cPanel behind it answered.',
			cause: 'The name or the port of a web site',
			arrange: () => ({ switches: { front: 'defaultPage' }, steps: [session()] }),
		},
		{
			message: '… answered with a web page that does not come from cPanel',
			advice:
				'Check that the server and port belong to cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'A web site, or a page that a provider has put in front',
			arrange: () => ({ switches: { jsonText: A_PAGE }, steps: [session()] }),
		},
		{
			message: '… sent JSON that is not a response from UAPI',
			advice:
				'Check that the server and port belong to cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'Another program with an API of its own',
			arrange: () => ({ switches: { notUapi: { hello: 1 } }, steps: [session()] }),
		},
		{
			message: '… answered with something (…) that is not JSON',
			advice:
				'Check that the server and port belong to cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'The same with another kind of answer',
			arrange: () => ({ switches: { notJson: 'text' }, steps: [session()] }),
		},
		{
			message: '… has no such address (HTTP 404)',
			advice:
				'Check that the server and port belong to cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'The port of another service',
			arrange: () => ({ switches: { executeStatus: 404 }, steps: [session()] }),
		},
		{
			message: '… could not handle the request (HTTP 500)',
			advice:
				'Run the item again later. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			cause: 'A failure inside cPanel',
			arrange: () => ({ switches: { executeStatus: 500 }, steps: [session()] }),
		},
		{
			message: '… sent an empty response',
			advice:
				'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			cause: 'A failure inside cPanel, or in between',
			arrange: () => ({ switches: { emptyBody: true }, steps: [session()] }),
		},
		{
			message: '… sent an incomplete response',
			advice:
				'Run the item again. If it keeps happening, an intermediary between n8n and the server cuts responses short.',
			cause: 'Something in between that changes answers',
			arrange: () => ({ switches: { truncatedJson: true }, steps: [session()] }),
		},
		{
			message: '… sent a response that is nested deeper than any cPanel response',
			advice:
				'Check that the server and port belong to cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'Something that is made to keep programs busy',
			arrange: () => ({ switches: { jsonText: TOO_DEEP }, steps: [session()] }),
		},
		{
			message: '… sent more than 1 MiB, far more than a response from cPanel',
			advice: 'Check that the server and port belong to cPanel.',
			cause: 'The same, or a download',
			arrange: () => ({ switches: { hugeBody: 2 }, steps: [session()] }),
		},
		{
			message: 'The response from … is compressed in a way that n8n cannot decode',
			advice:
				'Run the item again. If it keeps happening, an intermediary between n8n and cPanel changes responses. Ask its administrator.',
			cause: 'Something in between that changes answers',
			arrange: () => ({ switches: { packed: 'notAtAll' }, steps: [session()] }),
		},
		{
			message: 'The response from … could not be matched to its request',
			advice: 'The server or an intermediary mixed up responses.',
			cause: 'The answer names another mailbox than was asked for',
			arrange: () => ({ switches: { sessionUser: 'ben@example.com' }, steps: [session()] }),
		},
	],
};
