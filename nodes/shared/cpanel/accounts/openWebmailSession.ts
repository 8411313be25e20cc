import { CpanelError } from '../../errors';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/send';
import { createWebmailSessionForSelf } from '../functions/webmailSession';
import type { LoggedInSession } from '../input/sessionUrl';
import { logInToWebmail } from '../login/login';

/**
 * Opens a Webmail session for an account: the only session that a token, or a password
 * without a sign-in, can open (protocol.md, 2.1).
 *
 * @throws {CpanelError} as `Account.call`, and of kind `credential` when the login is refused: what was made
 * for this login and is refused would be refused for the next item, too
 */
export async function openWebmailSession(
	channel: Channel,
	account: Pick<Account, 'server' | 'call'>,
): Promise<LoggedInSession> {
	const session = await createWebmailSessionForSelf(channel, account, {});
	try {
		const { sessionUrl, cookie } = await logInToWebmail(channel, session);
		return { sessionUrl, cookie };
	} catch (error) {
		throw error instanceof CpanelError && error.kind === 'signIn' ? error.as('credential') : error;
	}
}
