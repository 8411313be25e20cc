import { html, redirect, type Answer } from './answer';
import { plainPage } from './pages';

/** What may stand in front of cPanel and answer in its place. */
export type Front =
	| 'cdn403'
	| 'challenge403'
	| 'firewall403'
	| 'nameless403'
	| 'proxy403'
	| 'portal511'
	| 'gateway502'
	| 'signOn'
	| 'suspendedPage'
	| 'defaultPage';

/** The pages of such a thing, in the form in which they are known to come. None of them is cPanel's. */
export function answerOfFront(front: Front): Answer {
	switch (front) {
		case 'cdn403':
			return by('cloudflare', 403, 'Attention Required!', 'Sorry, you have been blocked.', RAY);
		case 'challenge403':
			// the page that lets a browser in after its scripts have run, which no program does
			return by(
				'cloudflare',
				403,
				'Just a moment...',
				'Enable JavaScript and cookies to continue',
				{
					...RAY,
					'CF-Mitigated': 'challenge',
				},
			);
		case 'firewall403':
			return by(
				'imunify360-webshield/1.21',
				403,
				'Access denied',
				'Your address is on a gray list.',
			);
		case 'proxy403':
			return by('squid/6.10', 403, 'ERROR: Access Denied', 'The cache administrator denied this.', {
				Via: '1.1 proxy.internal (squid/6.10)',
			});
		case 'portal511':
			return by('portal', 511, 'Network Authentication Required', 'Sign in to use this network.');
		case 'nameless403':
			return by('***', 403, 'Zugriff verweigert', 'Ihre Anfrage wurde abgelehnt.');
		case 'gateway502':
			return by('nginx', 502, '502 Bad Gateway', 'nginx');
		case 'signOn':
			return withServer(
				redirect('https://login.provider.example/sso/authorize?client_id=hosting', 302),
				'nginx',
			);
		case 'suspendedPage':
			return withServer(redirect('/cgi-sys/suspendedpage.cgi', 302), 'Apache');
		case 'defaultPage':
			return withServer(redirect('/cgi-sys/defaultwebpage.cgi', 302), 'Apache');
	}
}

const RAY = { 'CF-RAY': '8f0000000000abcd-FRA' };

function by(
	server: string,
	status: number,
	title: string,
	words: string,
	headers: Record<string, string> = {},
): Answer {
	const answer = html(plainPage(title, words), status);
	return withServer({ ...answer, headers: { ...answer.headers, ...headers } }, server);
}

function withServer(answer: Answer, server: string): Answer {
	return { ...answer, headers: { ...answer.headers, Server: server } };
}
