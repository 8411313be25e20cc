import { CpanelError } from '../../errors';
import { isRecord } from '../answers/json';
import { findOwner } from '../answers/sessionOwner';
import type { Account } from '../calls/account';
import type { Channel } from '../calls/exchange';
import type { UapiCall } from '../calls/uapi';
import { hostAt, parseHost } from '../input/host';
import type { Host } from '../input/host';
import type { LoginTicket } from '../input/loginTicket';
import type { Mailbox } from '../input/mailbox';
import { normalizeSecurityToken } from '../input/securityToken';
import { WEBMAIL_PORT } from '../input/server';

/** What is needed of an account to make a session. */
export type UapiAccount = Pick<Account, 'server' | 'call'>;

/** What the three functions have in common. */
export interface SessionOptions {
	locale?: string;
	/** Address of the person who will use the session; cPanel takes the caller's when it is left out. */
	remoteAddress?: string;
}

/** A Webmail session that waits for its login, at the server cPanel names, or the one that answered. */
export interface WebmailSession extends LoginTicket {
	/** cPanel's own fields, as they came. */
	data: Record<string, unknown>;
	/** The server that answered. */
	answeredBy: Host;
	warnings: string[];
}

/**
 * `Session::create_webmail_session_for_mail_user`: a session for a mailbox of the account (protocol.md, 2).
 *
 * @throws {CpanelError} see `Account.call`, and of kind `answer` when the answer holds no usable session
 */
export async function createWebmailSessionForMailUser(
	channel: Channel,
	account: UapiAccount,
	mailbox: Mailbox,
	options: SessionOptions,
): Promise<WebmailSession> {
	return await create(channel, account, mailbox, {
		module: 'Session',
		function: 'create_webmail_session_for_mail_user',
		arguments: { domain: mailbox.domain, login: mailbox.login, ...named(options) },
	});
}

/**
 * `Session::create_webmail_session_for_mail_user_check_password`: the same, if the mailbox has this password.
 * A refusal is the mailbox's, so it counts as a sign-in: a server counts wrong passwords of mailboxes, too
 * (protocol.md, 1.2). For that reason it is sent once.
 *
 * @throws {CpanelError} of kind `signIn` for a refusal; else as `createWebmailSessionForMailUser`
 */
export async function createWebmailSessionForMailUserCheckPassword(
	channel: Channel,
	account: UapiAccount,
	{ password, ...mailbox }: Mailbox & { password: string },
	options: SessionOptions,
): Promise<WebmailSession> {
	try {
		return await create(channel, account, mailbox, {
			module: 'Session',
			function: 'create_webmail_session_for_mail_user_check_password',
			repeatable: false,
			arguments: { domain: mailbox.domain, login: mailbox.login, ...named(options) },
			secretArguments: { password },
		});
	} catch (error) {
		throw error instanceof CpanelError && error.kind === 'refusal' ? error.as('signIn') : error;
	}
}

/**
 * `Session::create_webmail_session_for_self`: a session for the account's own mailbox (protocol.md, 2).
 *
 * @throws {CpanelError} as `createWebmailSessionForMailUser`
 */
export async function createWebmailSessionForSelf(
	channel: Channel,
	account: UapiAccount,
	options: SessionOptions,
): Promise<WebmailSession> {
	return await create(channel, account, undefined, {
		module: 'Session',
		function: 'create_webmail_session_for_self',
		arguments: named(options),
	});
}

function named({ locale, remoteAddress }: SessionOptions): Record<string, string | undefined> {
	return { locale, remote_address: remoteAddress };
}

async function create(
	channel: Channel,
	account: UapiAccount,
	mailbox: Mailbox | undefined,
	call: UapiCall,
): Promise<WebmailSession> {
	const { data, warnings } = await account.call(channel, {
		...call,
		findOwner(found, name) {
			const session = isRecord(found) ? found.session : undefined;
			return typeof session === 'string' ? findOwner(session, { mailbox, account: name }) : {};
		},
	});
	if (!isRecord(data)) throw incomplete('no session');
	const { session, token, hostname } = data;
	if (typeof session !== 'string' || session === '') throw incomplete('no session');
	if (typeof token !== 'string' || token === '') throw incomplete('no security token');
	const securityToken = normalizeSecurityToken(token);
	if (securityToken === undefined) throw incomplete('a malformed security token');
	return {
		data,
		session,
		token: securityToken,
		host: webmailHost(hostname, account.server),
		answeredBy: account.server,
		warnings,
	};
}

/** cPanel names a server when Webmail is not on the one that answered; it has been seen with scheme and port
 * (protocol.md, 2). */
function webmailHost(hostname: unknown, answered: Host): Host {
	if (hostname === null || hostname === undefined || hostname === '') {
		return hostAt(answered.name, WEBMAIL_PORT);
	}
	const named = typeof hostname === 'string' ? hostname : '';
	try {
		return parseHost(
			named.replace(/^https?:\/\//i, '').replace(/\/$/, ''),
			WEBMAIL_PORT,
			'hostname',
		);
	} catch {
		throw incomplete('a mail server whose name is no host name');
	}
}

function incomplete(what: string): CpanelError {
	return new CpanelError('answer', `cPanel’s answer holds ${what}`, {
		hint: 'Nothing can be logged in with this answer. Run the item again; if it keeps happening, report it to the hosting provider.',
	});
}
