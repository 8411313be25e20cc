/**
 * The keys of cPanel's messages about a sign-in, in words. The server names the text in this way and leaves it to a
 * page to show it (protocol.md, 1.3).
 */
const MESSAGES: Record<string, string> = {
	changed_ip: 'the address it came from has changed since the session began',
	expired_session: 'the session has expired',
	invalid_login: 'the user name or the password is not right',
	invalid_session: 'the session is not known',
	invalid_username: 'the user name is not one that cPanel takes',
	no_username: 'no user name came with it',
	prevented_xfer: 'the session was opened on a connection without TLS',
	token_incorrect: 'the security token is not that of the session',
	token_missing: 'the security token is missing',
	// the reason is in the server's log, for its owner
	see_login_log: '',
};

/**
 * @param told what the server sent as its message
 * @returns undefined for what is no key that is known; empty where the server keeps the reason to itself
 */
export function signInMessage(told: string): string | undefined {
	const key = /^[a-z_]+/.exec(told.trim())?.[0] ?? '';
	return Object.hasOwn(MESSAGES, key) ? MESSAGES[key] : undefined;
}
