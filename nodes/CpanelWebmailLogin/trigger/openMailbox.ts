import type { AccessLink } from '../../shared/accessLink/accessLink';
import type { IpAddress } from '../../shared/cpanel/input/ipAddress';
import type { Account } from '../../shared/cpanel/calls/account';
import type { Channel } from '../../shared/cpanel/calls/exchange';
import { createWebmailSessionForMailUser } from '../../shared/cpanel/functions/webmailSession';
import type { LoginTicket } from '../../shared/cpanel/input/loginTicket';
import type { Mailbox } from '../../shared/cpanel/input/mailbox';
import { CpanelError } from '../../shared/errors';
import type { TriggerSettings } from './settings';

/**
 * Makes a session for the mailbox of a link, for the address of whoever opened it. cPanel documents IPv4 addresses only
 * (protocol.md, 2): where it refuses an IPv6 address, it is asked once more without.
 *
 * @throws {CpanelError}
 */
export async function openMailbox(
	channel: Channel,
	account: Account,
	mailbox: Mailbox,
	{ locale }: AccessLink,
	visitor: IpAddress | undefined,
	{ webmailHost }: Pick<TriggerSettings, 'webmailHost'>,
): Promise<LoginTicket> {
	const create = async (remoteAddress?: string) =>
		await createWebmailSessionForMailUser(channel, account, mailbox, { locale, remoteAddress });
	const { host, token, session } = await create(visitor?.text).catch(async (error: unknown) => {
		const mayBeTheAddress = error instanceof CpanelError && error.kind === 'refusal';
		if (visitor?.isIpv6 === true && mayBeTheAddress) return await create();
		throw error;
	});
	return { host: webmailHost ?? host, token, session };
}
