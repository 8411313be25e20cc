import type { Account } from './accounts';
import { SESSION_COOKIE } from './cookies';
import type { Exchange } from './exchange';
import { Denial, Refusal, refusedLogin, SecondFactorWanted, type RefusalReason } from './refusal';
import { resellerBy, type Reseller } from './resellers';
import { isCodeOf } from './secondFactor';
import { ownerOf, type Session } from './sessions';
import type { Switches } from './switches';

/** Who is calling, after the credentials were found to be right. */
export interface Caller {
	account: Account;
	/** Set where the caller is one of the mailboxes of the account. */
	mailbox: string | null;
	/** Set where the caller came with a cookie. */
	session: Session | null;
}

/** Lets a request in by its `Authorization` header or else by its cookie, or throws a `Refusal`. */
export function admit(exchange: Exchange): Caller {
	const { authorization } = exchange.entry.headers;
	if (authorization === undefined) return admitByCookie(exchange);
	if (exchange.entry.port === 'whm') {
		admitReseller(exchange);
		throw new Denial('Function not found');
	}
	const account = checkHeader(exchange, authorization);
	refuseLocked(exchange, account.user);
	// Webmail is for those who logged in to it.
	if (exchange.entry.port === 'webmail') throw new Denial('Permission denied');
	// Whatever `/cpsess…` is in the path has no meaning beside a header.
	return { account, mailbox: null, session: null };
}

/** Lets somebody in to WHM by their token or their password, or throws. */
export function admitReseller(exchange: Exchange): Reseller {
	const { authorization } = exchange.entry.headers;
	if (authorization === undefined) throw new Refusal('no_credentials');
	if (exchange.entry.port !== 'whm') {
		checkHeader(exchange, authorization);
		throw new Denial('Function not found');
	}
	const { scheme, user = '', secret = '' } = credentialsIn(authorization);
	if (scheme === 'cpanel' && exchange.state.accounts.get(user)?.apiToken === secret) {
		throw new Denial('Permission denied');
	}
	const kind = scheme === 'whm' ? 'apiToken' : scheme === 'basic' ? 'password' : undefined;
	const reseller = kind && resellerBy(kind, user, secret);
	if (!reseller) throw refusedLogin(exchange, 'invalid_login', user);
	refuseLocked(exchange, user);
	return reseller;
}

/** Lets a request in that has the cookie of a session and its token in the path. */
export function admitByCookie(exchange: Exchange): Caller & { session: Session } {
	const { entry, state, cookies, token, peer, switches } = exchange;
	refuseLocked(exchange);
	const cookie = cookies[SESSION_COOKIE[entry.port]];
	if (!cookie) throw new Refusal('no_credentials');
	const session = state.sessions.byCookie(entry.port, cookie);
	const account = session && state.accounts.get(session.account);
	if (!session || !account) throw new Refusal('invalid_session');
	refuseLocked(exchange, session.account, ownerOf(session));
	if (state.sessions.expired(session)) throw new Refusal('expired_session');
	if (token === null) throw new Refusal('token_missing');
	if (token !== session.token) throw new Refusal('token_incorrect');
	if (!isSameClient(session.address, peer, switches)) throw new Refusal('changed_ip');
	state.sessions.touch(session);
	if (session.lacksSecondFactor) throw new SecondFactorWanted();
	return { account, mailbox: session.mailbox, session };
}

/** Refuses whoever is locked out, right credentials or not. */
export function refuseLocked({ state, peer }: Exchange, ...names: string[]): void {
	if (state.lockout.locked(peer, ...names)) throw new Refusal('locked');
}

/** Whether a session may be used from an address, as strictly as the server takes it. */
export function isSameClient(bound: string, peer: string, switches: Switches): boolean {
	switch (switches.ipValidation) {
		case 'strict':
			return bound === peer;
		case 'loose':
			return bound.split('.').slice(0, 3).join() === peer.split('.').slice(0, 3).join();
		case 'disabled':
			return true;
	}
}

/** What is wrong with the second factor of an account that has one; undefined when nothing is. */
export function secondFactorRefused(
	{ state, switches }: Exchange,
	{ totpSecret }: Account,
	code: string | undefined,
): RefusalReason | undefined {
	if (totpSecret === undefined) return undefined;
	if (code && isCodeOf(totpSecret, code, state.clock.now())) return undefined;
	if (!switches.secondFactorNamed) return 'invalid_login';
	return code ? 'two_factor_wrong' : 'two_factor_missing';
}

function checkHeader(exchange: Exchange, authorization: string): Account {
	const { state, switches } = exchange;
	const { scheme, user, secret } = credentialsIn(authorization);
	const basic = scheme === 'basic';
	const account = state.accounts.get(user ?? '');
	const right =
		account !== undefined &&
		!switches.loginOnly &&
		(basic ? secret === account.password : scheme === 'cpanel' && secret === account.apiToken);
	if (!right) throw refusedLogin(exchange, 'invalid_login', user);
	// Tokens need no second factor, passwords do: on every request.
	const refused = basic ? otpRefused(exchange, account) : undefined;
	if (refused) throw refusedLogin(exchange, refused, user);
	return account;
}

/** Takes the header apart; the scheme comes in lower case: its case does not matter. */
function credentialsIn(authorization: string): { scheme: string; user?: string; secret?: string } {
	const [, given = '', value = ''] = /^(\S+) (.*)$/s.exec(authorization) ?? [];
	const basic = given.toLowerCase() === 'basic';
	const [, user, secret] =
		/^([^:]*):(.*)$/s.exec(basic ? Buffer.from(value, 'base64').toString() : value) ?? [];
	return { scheme: given.toLowerCase(), user, secret };
}

function otpRefused(exchange: Exchange, account: Account): RefusalReason | undefined {
	if (!exchange.switches.twoFactorPolicy) return undefined;
	const code = exchange.entry.headers['x-cpanel-otp'];
	return secondFactorRefused(exchange, account, code?.toString());
}
