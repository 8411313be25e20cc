import { CpanelError } from '../../errors';
import { isRecord } from '../response/json';
import { identifySession } from '../api/sessionOwner';
import type { Account, UapiCall } from '../api/uapi';
import type { Channel } from '../api/send';
import { WEBMAIL_PORT, hostAt, parseHost } from '../input/host';
import type { Host } from '../input/host';
import type { LoginTicket } from '../input/loginTicket';
import type { Mailbox } from '../input/mailbox';
import { normalizeSecurityToken } from '../input/loginTicket';

/** What is needed of an account to make a session. */
type UapiAccount = Pick<Account, 'server' | 'call'>;

/** What the three functions have in common. */
export interface SessionOptions {
	locale?: string;
	/** Address of the person who will use the session; cPanel takes the caller's when it is left out. */
	remoteAddress?: string;
}

/** A Webmail session that waits for its login, at the server cPanel names, or the one that answered. */
export interface WebmailSession extends LoginTicket {
	/** cPanel's own fields, as they came and no others: what it adds has no place in the output. */
	data: { session: string; token: string; hostname: string | null };
	/** Whether cPanel named the host; otherwise it was found from the one that answered. */
	isNamed: boolean;
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
		arguments: { domain: mailbox.domain, login: mailbox.login, ...optionArguments(options) },
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
			arguments: { domain: mailbox.domain, login: mailbox.login, ...optionArguments(options) },
			secretArguments: { password },
		});
	} catch (error) {
		throw error instanceof CpanelError && mayBePassword(error) ? error.as('signIn') : error;
	}
}

/** Refusals that say nothing about the password: the same would come with the right one. */
const NOT_ABOUT_PASSWORD = ['function', 'feature', 'argument', 'port', 'domain', 'account'];

/** The words for a wrong password are not known, so whatever may be about it counts as a refused sign-in. */
function mayBePassword({ kind, httpStatus, family }: CpanelError): boolean {
	if (kind === 'refusal') return !NOT_ABOUT_PASSWORD.includes(family ?? '');
	// “Access denied” as the answer of the function may mean the caller, or the password of the mailbox
	return kind === 'credential' && httpStatus === 200 && family === 'access';
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
		arguments: optionArguments(options),
	});
}

function optionArguments({
	locale,
	remoteAddress,
}: SessionOptions): Record<string, string | undefined> {
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
		identify(found, name) {
			const session = isRecord(found) ? found.session : undefined;
			return typeof session === 'string'
				? identifySession(session, { mailbox, account: name })
				: {};
		},
	});
	if (!isRecord(data)) throw incomplete('no session');
	const { session, token, hostname } = data;
	if (typeof session !== 'string' || session === '') throw incomplete('no session');
	if (!isPrintable(session)) throw incomplete('a malformed session');
	if (typeof token !== 'string' || token === '') throw incomplete('no security token');
	const securityToken = normalizeSecurityToken(token);
	if (securityToken === undefined) throw incomplete('a malformed security token');
	const named = namedHost(hostname);
	const { server } = account;
	return {
		data: { session, token, hostname: typeof hostname === 'string' ? hostname : null },
		session,
		token: securityToken,
		host: named ?? webmailBeside(server),
		answeredBy: server,
		isNamed: named !== undefined,
		warnings:
			named === undefined && server.port === WEB_PORT
				? [...warnings, assumed(webmailBeside(server))]
				: warnings,
	};
}

/** Longer than any session that was seen by far; what is longer is something else (protocol.md, 2). */
const MAX_SESSION_LENGTH = 1_000;

/**
 * Whether a text can be a session of cPanel's, whose form is its own matter, but for what does not show. What begins as
 * an expression of n8n's or holds one is none: later nodes may take it into a field.
 */
function isPrintable(text: string): boolean {
	return text.length <= MAX_SESSION_LENGTH && !/^\s*=|\{\{|\p{C}/u.test(text);
}

/** Where web servers listen, and pass on what belongs to cPanel. */
const WEB_PORT = 443;

/**
 * Where Webmail is when cPanel names no other server. Behind a web server each service has a name of its own and none
 * has a port; otherwise they share a name (protocol.md, 3).
 */
function webmailBeside(answered: Host): Host {
	if (answered.port !== WEB_PORT) return hostAt(answered.name, WEBMAIL_PORT);
	return hostAt(answered.name.replace(/^(cpanel|whm)\./, 'webmail.'), WEB_PORT);
}

function assumed({ name, port }: Host): string {
	return `The node called cPanel on port ${WEB_PORT}, so it assumes that Webmail is at ${name}:${port}. If that is wrong, enter the server under “Webmail Host” in “Options”.`;
}

/**
 * cPanel names a server when Webmail is not on the one that answered; it has been seen with scheme and port
 * (protocol.md, 2).
 *
 * @returns undefined where it names none
 */
function namedHost(hostname: unknown): Host | undefined {
	if (hostname === null || hostname === undefined || hostname === '') return undefined;
	const text = typeof hostname === 'string' ? hostname : '';
	try {
		if (!isPrintable(text.trim()) || /[={}$]/.test(text)) throw incomplete('no host name');
		return parseHost(
			text
				.trim()
				.replace(/^https?:\/\//i, '')
				.replace(/\/$/, ''),
			WEBMAIL_PORT,
			'hostname',
		);
	} catch {
		throw incomplete('a mail server with an invalid host name');
	}
}

function incomplete(what: string): CpanelError {
	return new CpanelError('answer', `cPanel’s response contains ${what}`, {
		hint: 'This response cannot be used to log in. Run the item again. If it keeps happening, report it to the hosting provider.',
	});
}
