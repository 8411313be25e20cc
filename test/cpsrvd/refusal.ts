import { html, jsonAsText, oldDenial, withCookies } from './answer';
import type { Answer } from './answer';
import { preAuthCookie, SESSION_COOKIE } from './cookies';
import type { Exchange } from './exchange';
import { invalidTokenPage, loginPage, secondFactorPage } from './pages';
import { MESSAGES_IN, type RefusalReason } from './words';

export type { RefusalReason } from './words';

/** Thrown where a request is refused; it becomes the answer of `refuse`. */
export class Refusal extends Error {
	constructor(readonly reason: RefusalReason) {
		super(reason);
	}
}

/** Thrown where somebody who is known knocks at the wrong door; it becomes a denial of the older API. */
export class Denial extends Error {}

/** Thrown where a session still lacks its second factor; it becomes the page that asks for it. */
export class SecondFactorWanted extends Error {}

/** The answer to a request that is refused. */
export function refuse(exchange: Exchange, reason: RefusalReason): Answer {
	const denial = denialOfWhm(exchange, reason);
	if (denial) return denial;
	const { entry, switches } = exchange;
	const aboutToken = reason === 'token_missing' || reason === 'token_incorrect';
	const words = aboutToken ? 'Token Denied' : 'Access Denied';
	const answer = {
		...refusalBody(exchange, messageOf(exchange, reason) + echo(exchange), aboutToken),
		reason: switches.loginPageWith200 ? undefined : words,
	};
	// A wrong link does not cost a person the session: only a useless cookie is replaced.
	return hasLiveCookie(exchange) ? answer : withCookies(answer, [preAuthCookie(entry.port)]);
}

/** The words of the login page for a reason, in the language of the server. */
export function messageOf({ switches }: Exchange, reason: RefusalReason): string {
	return MESSAGES_IN[switches.pageLanguage][reason];
}

/** What a session meets everywhere that lacks its second factor: no refusal, but a page. */
export function askForSecondFactor({ entry, switches }: Exchange): Answer {
	return html(secondFactorPage(entry.port, switches.pageLanguage));
}

/** A function of WHM has no login page, unless the switches say what it has. */
function denialOfWhm(exchange: Exchange, reason: RefusalReason): Answer | undefined {
	const { switches, target } = exchange;
	const asPage = switches.loginPageWith200 || switches.unauthorizedBody !== 'html';
	if (target.kind !== 'whm' || reason === 'locked' || asPage) return undefined;
	return oldDenial(`Access denied${echo(exchange)}`, 403);
}

/** Counts a refused login under these names and the address; says `locked` to who already was. */
export function refusedLogin(
	{ state, peer }: Exchange,
	reason: RefusalReason,
	...names: Array<string | undefined>
): Refusal {
	const locked = state.lockout.locked(peer, ...names);
	state.lockout.refused(peer, ...names);
	return new Refusal(locked ? 'locked' : reason);
}

/** With the switch on, every secret of the request: what a careless server could repeat. */
export function echo({ entry, args, switches }: Exchange): string {
	if (!switches.echoSecrets) return '';
	const { authorization, cookie } = entry.headers;
	const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
	const secrets = [
		authorization,
		basic && Buffer.from(basic, 'base64').toString(),
		cookie,
		args['pass'],
		args['tfa_token'],
		entry.headers['x-cpanel-otp'],
		args['password'],
		args['session'],
		entry.url,
	];
	const repeated = secrets.flatMap((secret) => (secret ? [String(secret)] : []));
	return ` (received: ${repeated.join(' | ')})`;
}

function refusalBody(exchange: Exchange, message: string, aboutToken: boolean): Answer {
	const { entry, switches } = exchange;
	const { pageLanguage } = switches;
	const page = aboutToken
		? invalidTokenPage(message, pageLanguage)
		: loginPage(entry.port, message, pageLanguage);
	if (switches.loginPageWith200) return html(page);
	switch (switches.unauthorizedBody) {
		case 'html':
			return html(page, 401);
		case 'json-text-plain':
			return loginFailure(exchange);
		case 'empty':
			return html('', 401);
	}
}

/** The failure that a script which logs in gets to see. */
export function loginFailure(exchange: Exchange, usual = 'see_login_log'): Answer {
	const message = exchange.switches.signInMessage ?? usual;
	return jsonAsText({ status: 0, message: message + echo(exchange) }, 401);
}

function hasLiveCookie({ entry, cookies, state }: Exchange): boolean {
	const cookie = cookies[SESSION_COOKIE[entry.port]];
	const session = cookie && state.sessions.byCookie(entry.port, cookie);
	return Boolean(session && !state.sessions.expired(session));
}
