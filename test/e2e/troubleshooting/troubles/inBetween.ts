import { checkPassword, session } from './arrange';
import type { TroubleGroup } from './trouble';

const A_PAGE = '<!DOCTYPE html><title>Welcome</title><h1>It works!</h1>';
const TOO_DEEP = `{"status":1,"data":${'['.repeat(1000)}${']'.repeat(1000)}}`;

export const inBetween: TroubleGroup = {
	title: 'Something else than cPanel answers',
	troubles: [
		{
			message: '… answered in place of cPanel at … (HTTP 403)',
			advice: 'Ask the hosting provider to let the address of n8n through to cPanel’s ports',
			cause:
				'A firewall or a content delivery network in front of cPanel; the credential may be right',
			arrange: () => ({ switches: { front: 'firewall403' }, steps: [session()] }),
		},
		{
			message: '… in front of cPanel at … wants to see a browser (HTTP 403)',
			advice:
				'n8n cannot pass such a check. This says nothing about the credential or the session. Ask the hosting provider to except the address of n8n from it, or for a name that leads to the server past Cloudflare.',
			cause: 'A check for browsers, such as a captcha',
			arrange: () => ({ switches: { front: 'challenge403' }, steps: [session()] }),
		},
		{
			message: '… in front of … got no usable answer from the server behind it (HTTP 502)',
			advice:
				'cPanel may be down or restarting: run the item again later. A content delivery network passes few ports on: ask the hosting provider for a name that leads to the server itself.',
			cause: 'A gateway whose server does not answer; the same with 504 and 520 to 530',
			arrange: () => ({ switches: { front: 'gateway502' }, steps: [session()] }),
		},
		{
			message: '… redirects to …, and that was not followed',
			advice:
				'That may be a page to sign in on, a check for browsers or a notice of the hosting provider’s: ask the hosting provider then. If the other one is the server of cPanel, enter it as the server.',
			cause: 'A sign-on of the hosting provider’s, or the server has moved',
			arrange: () => ({ switches: { front: 'signOn' }, steps: [session()] }),
		},
		{
			message: '… answered, but not in HTTP',
			advice: 'Another service listens there, such as a mail server.',
			cause: 'The port of another service that speaks TLS, too',
			arrange: () => ({ switches: { notHttp: 'imap' }, steps: [session()] }),
		},
		{
			message: '… sent an answer that breaks the rules of HTTP',
			advice:
				'cPanel does not do that: a proxy, a firewall or another program in between does. Check the server and the port, then ask the hosting provider, or whoever runs the network of n8n.',
			cause: 'Something in between that is broken',
			arrange: () => ({ switches: { notHttp: 'controlInHeader' }, steps: [session()] }),
		},
		{
			message: '… sent headers that are larger than n8n accepts',
			advice: 'Something in front of cPanel may have added them. Ask the hosting provider.',
			cause: 'Something in front of cPanel that adds headers or cookies',
			arrange: () => ({ switches: { notHttp: 'longHeaders' }, steps: [session()] }),
		},
		{
			message: 'The password that came for … is not right',
			advice: 'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
			cause: 'The password that came with the item is not that of the mailbox',
			arrange: () => ({ steps: [checkPassword('anna', 'not the password')] }),
		},
		{
			message: 'Something else than cPanel answered at … (HTTP 403)',
			advice:
				'Nothing in the answer is cPanel’s: a firewall, a proxy or a content delivery network gave it. This says nothing about the credential or the session.',
			cause: 'A page without a name; it may stand at either end of the way',
			arrange: () => ({ switches: { front: 'nameless403' }, steps: [session()] }),
		},
		{
			message: '… answered in place of cPanel at … (HTTP 302)',
			advice: 'A web server listens there, and no cPanel behind it answered.',
			cause: 'The name or the port of a web site',
			arrange: () => ({ switches: { front: 'defaultPage' }, steps: [session()] }),
		},
		{
			message: '… answered with a web page that is not cPanel’s',
			advice:
				'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'A web site, or a page that a provider has put in front',
			arrange: () => ({ switches: { jsonText: A_PAGE }, steps: [session()] }),
		},
		{
			message: '… sent JSON that is no answer of UAPI’s',
			advice:
				'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'Another program with an API of its own',
			arrange: () => ({ switches: { notUapi: { hello: 1 } }, steps: [session()] }),
		},
		{
			message: '… answered with something (…) that is not JSON',
			advice:
				'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'The same with another kind of answer',
			arrange: () => ({ switches: { notJson: 'text' }, steps: [session()] }),
		},
		{
			message: '… has no such address (HTTP 404)',
			advice:
				'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
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
			message: '… sent an empty answer',
			advice:
				'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			cause: 'A failure inside cPanel, or in between',
			arrange: () => ({ switches: { emptyBody: true }, steps: [session()] }),
		},
		{
			message: '… sent an answer that breaks off',
			advice:
				'Run the item again. If it keeps happening, something between n8n and the server cuts answers short.',
			cause: 'Something in between that changes answers',
			arrange: () => ({ switches: { truncatedJson: true }, steps: [session()] }),
		},
		{
			message: '… sent an answer that is nested deeper than any of cPanel’s',
			advice:
				'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.',
			cause: 'Something that is made to keep programs busy',
			arrange: () => ({ switches: { jsonText: TOO_DEEP }, steps: [session()] }),
		},
		{
			message: '… sent more than 1 MiB, far more than an answer of cPanel’s',
			advice: 'Check that the server and port are those of cPanel.',
			cause: 'The same, or a download',
			arrange: () => ({ switches: { hugeBody: 2 }, steps: [session()] }),
		},
		{
			message: 'The answer of … is packed in a way that cannot be undone',
			advice:
				'Run the item again. If it keeps happening, something between n8n and cPanel changes answers: ask whoever runs it.',
			cause: 'Something in between that changes answers',
			arrange: () => ({ switches: { packed: 'notAtAll' }, steps: [session()] }),
		},
		{
			message: 'The answer of … was not told from that to another request',
			advice:
				'The server, or something in front of it, mixed answers up, so this result may be somebody else’s and was dropped.',
			cause: 'The answer names another mailbox than was asked for',
			arrange: () => ({ switches: { sessionUser: 'ben@example.com' }, steps: [session()] }),
		},
	],
};
