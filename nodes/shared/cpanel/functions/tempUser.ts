import { CpanelError } from '../../errors';
import { isRecord } from '../response/json';
import type { Channel } from '../api/send';
import { callUapiInSession } from '../api/uapi';
import type { LoggedInSession } from '../input/sessionUrl';

interface TempUser {
	/** 0 is an answer: the session has its temporary user already, or cPanel gives it none. */
	created: 0 | 1;
	/** Name of the temporary database user; null when cPanel gives none. */
	session_temp_user: string | null;
	warnings: string[];
}

/**
 * `Session::create_temp_user`: a temporary database user that lives as long as the session. It works inside
 * a session only, and gives the name on a session's first call only (protocol.md, 2.1): so it is sent once.
 *
 * @throws {CpanelError} see `readUapiAnswer`, and of kind `answer` when the answer has no `created`
 */
export async function createTempUser(
	channel: Channel,
	session: LoggedInSession,
): Promise<TempUser> {
	const { data, warnings } = await callUapiInSession(channel, session, {
		module: 'Session',
		function: 'create_temp_user',
		repeatable: false,
		identify(found) {
			const name = isRecord(found) ? found.session_temp_user : undefined;
			return typeof name === 'string' && name !== '' ? { unique: name } : {};
		},
	});
	const created = isRecord(data) ? Number(data.created) : NaN;
	if (!isRecord(data) || (created !== 0 && created !== 1)) {
		throw new CpanelError('answer', 'cPanel did not say whether it created a temporary user', {
			hint: 'Run the item again. If it keeps happening, report it to the hosting provider.',
		});
	}
	const name = data.session_temp_user;
	return {
		created,
		session_temp_user: typeof name === 'string' && name !== '' ? name : null,
		warnings,
	};
}
