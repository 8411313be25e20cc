import { randomBytes } from 'node:crypto';
import type { Mailbox } from './accounts';
import { randomAlphanumeric, type Session } from './sessions';
import { required, UapiError, type Call, type UapiModule } from './uapi';

/** The UAPI module `Session`. */
export const sessionModule: UapiModule = {
	create_webmail_session_for_mail_user(call) {
		return createSession(call, findMailbox(call).address);
	},

	create_webmail_session_for_mail_user_check_password(call) {
		const { address, mailbox } = findMailbox(call);
		checkPassword(call, address, mailbox, required(call, 'password'));
		return createSession(call, address);
	},

	create_webmail_session_for_self(call) {
		return createSession(call, call.mailbox);
	},

	create_temp_user(call) {
		const { session, exchange, account } = call;
		const { switches } = exchange;
		if (!session) throw new UapiError('This function needs a cPanel session.');
		// Who typed a password needs no temporary user, and nobody gets a second one.
		if (session.opened === 'password' || session.tempUser !== null) {
			return switches.tempUserLater === 'null'
				? { created: 0, session_temp_user: null }
				: { created: 0 };
		}
		session.tempUser = `cpses_${account.user.slice(0, 2)}${randomAlphanumeric(8)}`;
		return { created: 1, session_temp_user: session.tempUser };
	},
};

/**
 * The mailbox that `login` and `domain` name. They are joined as they come, so a full address as
 * `login` names a mailbox that does not exist.
 */
function findMailbox(call: Call): { address: string; mailbox: Mailbox } {
	const { account, exchange } = call;
	const domain = required(call, 'domain');
	const address = `${required(call, 'login')}@${domain}`;
	const mailbox = Object.hasOwn(account.mailboxes, address) && account.mailboxes[address];
	if (mailbox) return { address, mailbox };
	throw new UapiError(
		exchange.switches.missingMailbox === 'noSuchAccount'
			? `You do not have an email account named “${address}”.`
			: `The request failed. (Error ID: ${randomBytes(3).toString('hex')}) Ask your hosting ` +
				'provider to research this error in cPanel & WHM’s main error log.',
	);
}

function checkPassword(
	{ exchange }: Call,
	address: string,
	mailbox: Mailbox,
	password: string,
): void {
	const { state, peer } = exchange;
	const right = password === mailbox.password;
	const locked = state.lockout.locked(address);
	if (!right) state.lockout.refused(peer, address);
	if (locked) throw new UapiError('This mailbox is locked out after too many failed logins.');
	if (!right) throw new UapiError('The password is not correct.');
	if (mailbox.suspendedLogin) throw new UapiError('This account is suspended.');
}

function createSession({ exchange, account }: Call, mailbox: string | null): object {
	const { args, peer, switches, state } = exchange;
	if (switches.refusesIpv6 && args['remote_address']?.includes(':')) {
		throw new UapiError('The “remote_address” argument is not a valid IPv4 address.');
	}
	const session = state.sessions.create({
		service: 'webmail',
		account: account.user,
		mailbox,
		opened: 'api',
		address: args['remote_address'] || peer,
		locale: args['locale'] || account.locale,
		valueUser: switches.sessionUser,
	});
	return {
		...(switches.sessionMissing ? {} : { session: session.value }),
		token: tokenOf(session, switches),
		hostname: switches.hostname,
	};
}

function tokenOf(session: Session, switches: Call['exchange']['switches']): string {
	if (switches.tokenMalformed !== null) return switches.tokenMalformed;
	return switches.tokenWithoutSlash ? session.token.slice(1) : session.token;
}
