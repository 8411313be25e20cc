import { html, jsonAsText, withCookies, type Answer } from './answer';
import { preAuthCookie, SESSION_COOKIE } from './cookies';
import type { Exchange } from './exchange';
import { invalidTokenPage, loginPage, MESSAGES } from './pages';

/** Why a request is refused, by the key of the message that says so. */
export type RefusalReason = keyof typeof MESSAGES;

/** Thrown where a request is refused; it becomes the answer of `refuse`. */
export class Refusal extends Error {
	constructor(readonly reason: RefusalReason) {
		super(reason);
	}
}

/** Thrown where somebody who is known knocks at the wrong door; it becomes a denial of the older API. */
export class Denial extends Error {}

/** The answer to a request that is refused. */
export function refuse(exchange: Exchange, reason: RefusalReason): Answer {
	const { entry, switches } = exchange;
	const aboutToken = reason === 'token_missing' || reason === 'token_incorrect';
	const words = aboutToken ? 'Token Denied' : 'Access Denied';
	const answer = {
		...refusalBody(exchange, MESSAGES[reason] + echo(exchange), aboutToken),
		reason: switches.loginPageWith200 ? undefined : words,
	};
	// A wrong link does not cost a person the session: only a useless cookie is replaced.
	return hasLiveCookie(exchange) ? answer : withCookies(answer, [preAuthCookie(entry.port)]);
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
	return ` (received: ${secrets.filter(Boolean).join(' | ')})`;
}

function refusalBody(exchange: Exchange, message: string, aboutToken: boolean): Answer {
	const { entry, switches } = exchange;
	const page = aboutToken ? invalidTokenPage(message) : loginPage(entry.port, message);
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
export function loginFailure(exchange: Exchange, message = 'see_login_log'): Answer {
	return jsonAsText({ status: 0, message: message + echo(exchange) }, 401);
}

function hasLiveCookie({ entry, cookies, state }: Exchange): boolean {
	const cookie = cookies[SESSION_COOKIE[entry.port]];
	const session = cookie && state.sessions.byCookie(entry.port, cookie);
	return Boolean(session && !state.sessions.expired(session));
}
