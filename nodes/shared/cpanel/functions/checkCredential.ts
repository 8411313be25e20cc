import { CpanelError } from '../../errors';
import { isRecord } from '../response/json';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/send';
import { callWhm } from '../api/whm';
import type { CpanelCredential, WhmCredential } from '../input/credentials';

/**
 * `Variables::get_user_information`: asks cPanel who is asking, which every account may (protocol.md, 4).
 *
 * @throws {CpanelError} see `Account.call`, and of kind `answer` where it is not the account of the credential
 */
export async function checkAccount(
	channel: Channel,
	account: Pick<Account, 'call'>,
	{ server, username }: Pick<CpanelCredential, 'server' | 'username'>,
): Promise<void> {
	const { data } = await account.call(channel, {
		module: 'Variables',
		function: 'get_user_information',
		arguments: { name: 'user' },
	});
	const user = isRecord(data) && typeof data.user === 'string' ? data.user : '';
	if (user.toLowerCase() === username.toLowerCase()) return;
	throw /^[\w.-]{1,64}$/.test(user)
		? new CpanelError(
				'answer',
				`The credential belongs to the account ${user}, and not to ${username}`,
				{
					hint: `Under “Username”, enter the account that you want to use, with its own token or password.`,
				},
			)
		: new CpanelError(
				'answer',
				`${server.name} did not report which account the credential belongs to`,
				{
					hint: 'Check that the server and port belong to cPanel: 2083. If they do, ask the hosting provider to look at cPanel’s log.',
				},
			);
}

/**
 * `version`: asks WHM for its version, which every user of WHM may (protocol.md, 6).
 *
 * @throws {CpanelError} see `callWhm`, and of kind `answer` where there is none
 */
export async function checkWhm(channel: Channel, credential: WhmCredential): Promise<void> {
	const { data } = await callWhm(channel, credential, { function: 'version' });
	if (typeof data.version === 'string' && /^\d+(\.\d+)+$/.test(data.version)) return;
	throw new CpanelError('answer', `${credential.server.name} did not identify itself as WHM`, {
		hint: 'Check that the server and port belong to WHM: 2087. If they do, ask the hosting provider to look at WHM’s log.',
	});
}
