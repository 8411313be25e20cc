import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { CHECK_SERVER_AND_PORT, licenseExpired } from './serverErrors';
import { intermediaryError } from './intermediary';
import { looksLikeHtml, recognizePage } from './pages';
import { maskSecrets } from './quote';
import type { Sender } from './intermediary';
import { parseUrl } from '../input/host';

/** What the judgment of an answer needs to know of its request. */
export interface Asked {
	/** URL of the request, for the name of its host. */
	url: string;
	/** Everything secret that was sent, to keep it out of messages. */
	secrets: readonly string[];
	/** What must reach no other server; the credential unless given. */
	carries?: 'session';
}

/** Where a redirect leads, seen from the address that was asked. */
export interface Target {
	/** Of the address, without what may hold a session: its path and query. */
	host: string;
	/** Whether it stays at the same name and port. */
	isSameServer: boolean;
	/** Whether it stays at the same name. */
	isSameName: boolean;
	port: string;
	/** Path on the server, to be looked at and never to be shown. */
	path: string;
}

/** @returns undefined for a redirect that names no host */
export function targetOf(location: string | undefined, requested: string): Target | undefined {
	const target = parseUrl(location ?? '', requested);
	if (target === undefined || target.host === '') return undefined;
	const asked = new URL(requested);
	return {
		host: target.host,
		// to the same server without TLS is no other server either: nothing can be entered for that
		isSameServer: target.host === asked.host || isUnencrypted(target, asked),
		isSameName: target.hostname === asked.hostname,
		port: target.port === '' ? '443' : target.port,
		path: location === undefined ? '' : target.pathname,
	};
}

function isUnencrypted(target: URL, asked: URL): boolean {
	return target.protocol === 'http:' && target.hostname === asked.hostname;
}

/** No name that a server has on purpose is longer. */
const MAX_HOST_LENGTH = 100;

/** The host of a redirect for a message: whoever made it may have put what it was sent into its name. */
export function hostForMessage({ host }: Target, secrets: readonly string[]): string {
	const isShown = host.length <= MAX_HOST_LENGTH && maskSecrets(host, secrets) === host;
	return isShown ? host : 'an address that this message does not repeat';
}

/** Whether a redirect leads to the page to log in with on the same server, which is how cPanel may refuse. */
export function leadsToLogin(target: Target | undefined): boolean {
	return target?.isSameServer === true && /^(\/cpsess\d+)?\/log(in|out)\b/i.test(target.path);
}

/**
 * Judges a redirect in place of an answer. None is followed.
 *
 * @returns `signInRefused` for one to cPanel's own login page
 */
export function judgeRedirect(
	response: HttpResponse,
	sender: Sender,
	{ url, secrets, carries }: Asked,
): CpanelError | 'signInRefused' {
	const { status, location, body } = response;
	const { host, hostname } = new URL(url);
	const target = targetOf(location, url);
	const isIntermediary = typeof sender === 'object';
	if (leadsToLogin(target) && !isIntermediary) return 'signInRefused';
	if (looksLikeHtml(body) && recognizePage(body) === 'license') return licenseExpired(host, status);
	const page = target?.path ?? '';
	if (/suspendedpage/i.test(page))
		return intermediaryError({ role: 'suspension' }, response, { url });
	// the page of a web server that has no site under this name
	if (/defaultwebpage/i.test(page)) {
		const name = isIntermediary ? sender.name : undefined;
		return intermediaryError({ role: 'webServer', name }, response, { url });
	}
	const leadsTo =
		target === undefined ? 'an address that it does not name' : hostForMessage(target, secrets);
	const redirects =
		carries === 'session' ? 'answered the login with a redirect to' : 'redirects to';
	return new CpanelError('answer', `${host} ${redirects} ${leadsTo}, which n8n did not follow`, {
		hint: carries === 'session' ? SESSION_STAYS : hintFor(target, hostname),
		httpStatus: status,
	});
}

const SESSION_STAYS =
	'n8n sends a session only to its own server. Check “Host”: it must be the server that created the session or the server that cPanel named. If it is correct, ask the hosting provider which intermediary is in front of Webmail.';

function hintFor(target: Target | undefined, hostname: string): string {
	const elsewhere =
		'It may be a sign-in page, a browser check or a notice from the hosting provider:';
	if (target === undefined || target.isSameServer) {
		return `cPanel does not redirect API calls to another page of the same server. ${elsewhere} open the server’s address in a browser to see it, and ask the hosting provider. ${CHECK_SERVER_AND_PORT}`;
	}
	if (target.isSameName) {
		return `n8n sends a credential only to its own port. If cPanel uses the other port, add it to the server, as in ${hostname}:${target.port}. ${CHECK_SERVER_AND_PORT}`;
	}
	return `n8n sends a credential only to its own server. ${elsewhere} in that case, ask the hosting provider. If the other server is the cPanel server, enter it as the server.`;
}
