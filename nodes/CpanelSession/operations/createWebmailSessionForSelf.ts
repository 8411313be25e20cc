import { createWebmailSessionForSelf as createSession } from '../../shared/cpanel/functions/webmailSession';
import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import { account, remoteAddress, webmailOptions } from '../fields';
import { readWebmailOptions, sensitiveSessionOutput, webmailSessionAnswer } from './sessionOutput';

export const createWebmailSessionForSelf: Operation<Accounts> = {
	option: {
		name: 'Create Webmail Session for the Account',
		value: 'createWebmailSessionForSelf',
		action: 'Create webmail session for account',
		description: 'Create a session for the mailbox of the cPanel account itself',
	},

	fields: [account, remoteAddress, webmailOptions],

	sensitiveOutput: sensitiveSessionOutput,

	itemsCarrySecrets: false,

	read(item, accounts) {
		const options = readWebmailOptions(item);
		const self = accounts.byName(item);
		return {
			server: self.server.origin,
			async run(channel) {
				return webmailSessionAnswer(await createSession(channel, self, options), options);
			},
		};
	},
};
