import { CpanelError } from '../../errors';
import { isRecord } from '../answers/json';
import type { Door } from '../calls/account';
import type { Connection } from '../calls/exchange';
import type { UapiCall } from '../calls/uapi';
import { hostAt, parseHost, shortHost } from '../input/host';
import type { Host } from '../input/host';
import type { Mailbox } from '../input/mailbox';
import { normalizeSecurityToken } from '../input/securityToken';
import { WEBMAIL_PORT } from '../input/server';

/** What is needed of a door to make a session. */
export type UapiDoor = Pick<Door, 'server' | 'call'>;

/** What the three functions have in common. */
export interface SessionChoices {
	locale?: string;
	/** Address of the person who will use the session; cPanel takes the caller's when it is left out. */
	remoteAddress?: string;
}

/** A Webmail session that waits for its login. */
export interface WebmailSession {
	/** cPanel's own fields, as they came. */
	data: Record<string, unknown>;
	session: string;
	/** With its leading slash. */
	token: string;
	/** Where Webmail listens: the server cPanel names, or the one that answered when it names none. */
	host: Host;
	/** The server that answered. */
	answeredBy: Host;
	warnings: string[];
}

/**
 * `Session::create_webmail_session_for_mail_user`: a session for a mailbox of the account (protocol.md, 2).
 *
 * @throws {CpanelError} see `Door.call`, and of kind `answer` when the answer holds no usable session
 */
export async function createWebmailSessionForMailUser(
	connection: Connection,
	door: UapiDoor,
	mailbox: Mailbox,
	choices: SessionChoices,
): Promise<WebmailSession> {
	return await create(connection, door, {
		module: 'Session',
		function: 'create_webmail_session_for_mail_user',
		arguments: { domain: mailbox.domain, login: mailbox.login, ...named(choices) },
	});
}

/**
 * `Session::create_webmail_session_for_mail_user_check_password`: the same, if the mailbox has this password.
 * A refusal is the mailbox's, so it counts as a sign-in: a server counts wrong passwords of mailboxes, too
 * (protocol.md, 1.2).
 *
 * @throws {CpanelError} of kind `signIn` for a refusal; else as `createWebmailSessionForMailUser`
 */
export async function createWebmailSessionForMailUserCheckPassword(
	connection: Connection,
	door: UapiDoor,
	{ password, ...mailbox }: Mailbox & { password: string },
	choices: SessionChoices,
): Promise<WebmailSession> {
	try {
		return await create(connection, door, {
			module: 'Session',
			function: 'create_webmail_session_for_mail_user_check_password',
			arguments: { domain: mailbox.domain, login: mailbox.login, ...named(choices) },
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
	connection: Connection,
	door: UapiDoor,
	choices: SessionChoices,
): Promise<WebmailSession> {
	return await create(connection, door, {
		module: 'Session',
		function: 'create_webmail_session_for_self',
		arguments: named(choices),
	});
}

/** The address a session is posted to. */
export function loginUrl({ host, token }: Pick<WebmailSession, 'host' | 'token'>): string {
	return `${host.origin}${token}/login`;
}

function named({ locale, remoteAddress }: SessionChoices): Record<string, string | undefined> {
	return { locale, remote_address: remoteAddress };
}

async function create(
	connection: Connection,
	door: UapiDoor,
	call: UapiCall,
): Promise<WebmailSession> {
	const { data, warnings } = await door.call(connection, call);
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
		host: webmailHost(hostname, door.server),
		answeredBy: door.server,
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

/** `host` as the Webmail Login node reads it. */
export function webmailHostText(host: Host): string {
	return shortHost(host, WEBMAIL_PORT);
}
