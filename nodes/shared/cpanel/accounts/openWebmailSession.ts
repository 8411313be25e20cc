import { CpanelError } from '../../errors';
import type { Door } from '../calls/account';
import type { Connection } from '../calls/exchange';
import { createWebmailSessionForSelf } from '../functions/webmailSession';
import type { LoggedInSession } from '../input/sessionUrl';
import { logInToWebmail } from '../sessions/webmailLogin';

/**
 * Opens a Webmail session for the account that a door leads to: the only session that a token, or a password
 * without a sign-in, can open (protocol.md, 2.1).
 *
 * @throws {CpanelError} as the door's `call`, and of kind `credential` when the login is refused: what was made
 * for this login and is refused would be refused for the next item, too
 */
export async function openWebmailSession(
	connection: Connection,
	door: Pick<Door, 'server' | 'call'>,
): Promise<LoggedInSession> {
	const session = await createWebmailSessionForSelf(connection, door, {});
	try {
		const { sessionUrl, cookie } = await logInToWebmail(connection, session);
		return { sessionUrl, cookie };
	} catch (error) {
		throw error instanceof CpanelError && error.kind === 'signIn' ? error.as('credential') : error;
	}
}
