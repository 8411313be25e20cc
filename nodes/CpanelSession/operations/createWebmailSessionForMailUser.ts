import { createWebmailSessionForMailUser as createSession } from '../../shared/cpanel/functions/webmailSession';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import { account, mailbox, remoteAddress, webmailOptions } from '../fields';
import { readWebmailOptions, sensitiveSessionOutput, webmailSessionAnswer } from './sessionOutput';

export const createWebmailSessionForMailUser: Operation<Accounts> = {
	option: {
		name: 'Create Webmail Session',
		value: 'createWebmailSessionForMailUser',
		action: 'Create webmail session',
		description: 'Create a session for a mailbox of the account, without its password',
	},

	fields: [account, ...mailbox, remoteAddress, webmailOptions],

	sensitiveOutput: sensitiveSessionOutput,

	itemsCarrySecrets: false,

	read(item, accounts) {
		const wanted = resolveMailbox(item.locator('domain'), item.locator('login'));
		const options = readWebmailOptions(item);
		const owner = accounts.owning(wanted.domain, item);
		return {
			server: owner.server.origin,
			about: { email: wanted.email },
			async run(channel) {
				const session = await createSession(channel, owner, wanted, options);
				return webmailSessionAnswer(session, options, wanted.email);
			},
		};
	},
};
