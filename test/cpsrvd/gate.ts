import type { Account } from './accounts';
import { SESSION_COOKIE } from './cookies';
import type { Exchange } from './exchange';
import { Refusal, refusedLogin } from './refusal';
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
	const account = checkHeader(exchange, authorization);
	refuseLocked(exchange, account.user);
	// Whatever `/cpsess…` is in the path has no meaning beside a header.
	return { account, mailbox: null, session: null };
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
		case 'off':
			return true;
	}
}

/** Whether the second factor is right, or not asked for. */
export function secondFactorOk(account: Account, code: unknown, switches: Switches): boolean {
	const asked = switches.twoFactorPolicy && account.twoFactorCode !== undefined;
	return !asked || code === account.twoFactorCode;
}

function checkHeader(exchange: Exchange, authorization: string): Account {
	const [, scheme = '', value = ''] = /^(\S+) (.*)$/.exec(authorization) ?? [];
	const basic = scheme.toLowerCase() === 'basic';
	const credentials = basic ? Buffer.from(value, 'base64').toString() : value;
	const [, user, secret] = /^([^:]*):(.*)$/s.exec(credentials) ?? [];
	const account = exchange.state.accounts.get(user ?? '');
	const right =
		account !== undefined &&
		(basic
			? secret === account.password && otpOk(exchange, account)
			: scheme === 'cpanel' && secret === account.apiToken);
	if (!right) throw refusedLogin(exchange, 'invalid_login', user);
	return account;
}

/** Tokens need no second factor, passwords do: on every request. */
function otpOk({ entry, switches }: Exchange, account: Account): boolean {
	return secondFactorOk(account, entry.headers['x-cpanel-otp'], switches);
}
