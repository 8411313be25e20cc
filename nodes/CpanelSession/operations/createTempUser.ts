import { createTempUser as createUser } from '../../shared/cpanel/functions/tempUser';
import { webmailHostText } from '../../shared/cpanel/functions/webmailSession';
import { hostOfSession, parseCookie, parseSessionUrl } from '../../shared/cpanel/input/sessionUrl';
import type { LoggedInSession } from '../../shared/cpanel/input/sessionUrl';
import { badInput } from '../../shared/errors';
import { textParameter } from '../../shared/n8n/parameters';
import type { SessionOperation } from './SessionOperation';

/** The session to call in; a new one when there is none. */
type Parameters = { existing?: LoggedInSession };

/** The function works inside a session only; a door knows how to open one. */
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

	concern: ({ existing }) => (existing === undefined ? 'account' : 'nothing'),

	async run({ existing }, connection, door) {
		const { sessionUrl, cookie } = existing ?? (await door.openSession(connection));
		const { created, session_temp_user, warnings } = await createUser(connection, {
			sessionUrl,
			cookie,
		});
		const host = webmailHostText(hostOfSession(sessionUrl));
		return { json: { created, session_temp_user, sessionUrl, cookie, host }, warnings };
	},
};
