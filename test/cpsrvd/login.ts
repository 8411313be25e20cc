import type { Account } from './accounts';
import { html, json, redirect, withCookies, type Answer } from './answer';
import { localeCookie, loginCookies, preAuthCookie } from './cookies';
import type { Exchange } from './exchange';
import { admitByCookie, isSameClient, refuseLocked, secondFactorRefused } from './gate';
import { loginPage } from './pages';
import { loginFailure, messageOf, Refusal, refuse, refusedLogin } from './refusal';
import type { RefusalReason } from './refusal';
import { ownerOf, randomDigits, type OpenSession, type Session } from './sessions';

const LANDING_PAGE = {
	cpanel: '/frontend/jupiter/index.html?',
	webmail: '/webmail/jupiter/index.html?login=1&',
	whm: '/?',
} as const;

/** `/login`: by a session that was made for it, or by a password; without either, the form. */
export function login(exchange: Exchange): Answer {
	const { args, entry, switches } = exchange;
	if (args['session'] !== undefined) return logInBySession(exchange, args['session']);
	if (args['user'] !== undefined) return logInByPassword(exchange, args['user']);
	refuseLocked(exchange);
	if (entry.method === 'POST') throw new Refusal('no_username');
	return withCookies(html(loginPage(entry.port, '', switches.pageLanguage)), [
		preAuthCookie(entry.port),
	]);
}

/** `/cpsess…/logout`: the cookie is worth nothing from now on. */
export function logout(exchange: Exchange): Answer {
	const { session } = admitByCookie(exchange);
	session.ended = true;
	const { port } = exchange.entry;
	const page = loginPage(port, messageOf(exchange, 'logout'), exchange.switches.pageLanguage);
	return withCookies(html(page), [preAuthCookie(port)]);
}

function logInBySession(exchange: Exchange, value: string): Answer {
	const { entry, state, args, switches } = exchange;
	const session = checkSession(exchange, value);
	const open = () => state.sessions.open(session, args['locale']);
	switch (switches.loginAnswer) {
		case 'preAuth200':
		case 'preAuth401': {
			const loginPageWith200 = switches.loginAnswer === 'preAuth200';
			const page = { ...exchange, switches: { ...switches, loginPageWith200 } };
			return refuse(page, 'invalid_session');
		}
		case 'redirectWithoutSession':
			return withCookies(redirect('/login/', switches.loginStatus), [preAuthCookie(entry.port)]);
		case 'redirectToOther': {
			const other = { ...open(), token: `/cpsess${randomDigits(10)}` };
			return landing(exchange, other);
		}
		case 'redirectElsewhere':
			return landing(exchange, open(), 'https://elsewhere.example');
		case 'noCookie':
			return redirect(landingPath(exchange, open()), switches.loginStatus);
		case 'normal':
			return landing(exchange, open());
	}
}

/** The session that a login names, if that login is in order; a refused one leaves it as it was. */
function checkSession(exchange: Exchange, value: string): Session {
	const { entry, state, token, peer, switches } = exchange;
	const session = state.sessions.byValue(entry.port, value);
	if (!session) throw refusedLogin(exchange, 'invalid_session', value.split(':')[0]);
	refuseLocked(exchange, session.account, ownerOf(session));
	if (session.cookie !== null) throw new Refusal('invalid_session');
	if (token === null) throw new Refusal('token_missing');
	if (token !== session.token) throw new Refusal('token_incorrect');
	if (state.sessions.expired(session)) throw new Refusal('expired_session');
	if (!isSameClient(session.address, peer, switches)) throw new Refusal('changed_ip');
	return session;
}

function logInByPassword(exchange: Exchange, user: string): Answer {
	const { entry, state, args, peer, switches } = exchange;
	const scripted = args['login_only'] === '1';
	const account = accountByPassword(exchange, user);
	if (typeof account === 'string') {
		const refusal = refusedLogin(exchange, account, user);
		// A lock is reported as a page, whoever asks.
		const asPage = switches.loginPageWith200 || switches.unauthorizedBody === 'empty';
		if (!scripted || asPage || refusal.reason === 'locked') throw refusal;
		const message = account === 'invalid_login' ? undefined : messageOf(exchange, account);
		return withCookies({ ...loginFailure(exchange, message), reason: 'Access Denied' }, [
			preAuthCookie(entry.port),
		]);
	}
	refuseLocked(exchange, account.user, user);
	// That of an account is none of its mailboxes'.
	const hasSecondFactor = account.totpSecret !== undefined && user === account.user;
	const session = state.sessions.open(
		state.sessions.create({
			service: entry.port,
			account: account.user,
			mailbox: user === account.user ? null : user,
			opened: 'password',
			address: peer,
			locale: account.locale,
			lacksSecondFactor: hasSecondFactor && !args['tfa_token'],
		}),
		args['locale'],
	);
	return scripted ? signedIn(exchange, session) : landing(exchange, session);
}

/** What a script which logged in gets to see: JSON, and beside it where a browser would be sent. */
function signedIn(exchange: Exchange, session: OpenSession): Answer {
	const { entry, switches } = exchange;
	const { signInToken } = switches;
	if (signInToken === 'redirect') return landing(exchange, session);
	const path = landingPath(exchange, session);
	const inJson = signInToken !== 'location' && { redirect: path, security_token: session.token };
	const answer = json({ status: 1, ...inJson });
	if (signInToken !== 'json') answer.headers['Location'] = path;
	return withCookies(answer, loginCookies(entry.port, session.cookie, switches));
}

/** The account behind a user and a password, or what is wrong. A mailbox may log in to Webmail only. */
function accountByPassword(exchange: Exchange, user: string): Account | RefusalReason {
	const { entry, state, args, switches } = exchange;
	const account = state.accounts.get(user);
	if (account) {
		if (args['pass'] !== account.password) return 'invalid_login';
		const code = args['tfa_token'];
		// Its lack shows later: in place of whatever the session asks for.
		if (!code && switches.secondFactorMissing === 'page') return account;
		return secondFactorRefused(exchange, account, code) ?? account;
	}
	const owner = entry.port === 'webmail' ? state.accounts.ownerOf(user) : undefined;
	const mailbox = owner?.mailboxes[user];
	const right = mailbox && mailbox.password === args['pass'] && !mailbox.suspendedLogin;
	return owner && right ? owner : 'invalid_login';
}

/** The redirect into an open session, with its cookies. */
function landing(exchange: Exchange, session: OpenSession, origin = ''): Answer {
	const { entry, args, switches } = exchange;
	const cookies = loginCookies(entry.port, session.cookie, switches);
	if (args['locale']) cookies.push(localeCookie(args['locale']));
	const location = origin + landingPath(exchange, session);
	return withCookies(redirect(location, switches.loginStatus), cookies);
}

function landingPath({ entry, args }: Exchange, session: Session): string {
	const wanted = args['goto_uri'];
	if (wanted?.startsWith('/') && wanted !== '/') return session.token + wanted;
	return `${session.token}${LANDING_PAGE[entry.port]}post_login=${randomDigits(14)}`;
}
