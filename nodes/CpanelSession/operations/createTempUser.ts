import type { Connection } from '../../shared/cpanel/connection';
import type { CpanelCredential } from '../../shared/cpanel/credential';
import { CpanelError, badInput } from '../../shared/cpanel/errors';
import { parseHost } from '../../shared/cpanel/host';
import { WEBMAIL_PORT } from '../../shared/cpanel/server';
import { parseCookie, parseSessionUrl } from '../../shared/cpanel/sessionUrl';
import type { LoggedInSession } from '../../shared/cpanel/sessionUrl';
import { createTempUser as createUser } from '../../shared/cpanel/tempUser';
import { logInToWebmail } from '../../shared/cpanel/webmailLogin';
import { createWebmailSessionForSelf, webmailHostText } from '../../shared/cpanel/webmailSession';
import { textParameter } from '../../shared/n8n/parameters';
import type { SessionOperation } from './SessionOperation';

/** The session to call in; a new one when there is none. */
type Parameters = { existing?: LoggedInSession };

/**
 * The function works inside a session only, and neither a token nor a password opens one on the cPanel
 * port. A Webmail session of the account does: it is created with either, and logged in to.
 */
export const createTempUser: SessionOperation<Parameters> = {
	option: {
		name: 'Create Temporary Database User',
		value: 'createTempUser',
		action: 'Create a temporary database user',
		description:
			'Get a MySQL user that exists as long as a session, for plugins such as phpMyAdmin',
	},

	itemsCarrySecrets: true,

	read(context, itemIndex) {
		const source = textParameter(context, 'sessionSource', itemIndex);
		if (source === 'new') return {};
		if (source !== 'existing') {
			throw badInput('“Session” has no such choice', 'Choose “New” or “Existing”.');
		}
		return {
			existing: {
				sessionUrl: parseSessionUrl(textParameter(context, 'sessionUrl', itemIndex)),
				cookie: parseCookie(textParameter(context, 'cookie', itemIndex)),
			},
		};
	},

	async run({ existing }, connection, credential) {
		const { sessionUrl, cookie } = existing ?? (await openSession(connection, credential));
		const { created, session_temp_user, warnings } = await createUser(connection, {
			sessionUrl,
			cookie,
		});
		const host = webmailHostText(parseHost(new URL(sessionUrl).host, WEBMAIL_PORT, 'Session URL'));
		return { json: { created, session_temp_user, sessionUrl, cookie, host }, warnings };
	},
};

/** A session that was made for this login and is refused would be refused for the next item, too. */
async function openSession(
	connection: Connection,
	credential: CpanelCredential,
): Promise<LoggedInSession> {
	const session = await createWebmailSessionForSelf(connection, credential, {});
	try {
		return await logInToWebmail(connection, session);
	} catch (error) {
		throw error instanceof CpanelError && error.kind === 'signIn' ? error.as('credential') : error;
	}
}
