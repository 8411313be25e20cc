import { createWebmailSessionForSelf as createSession } from '../../shared/cpanel/functions/webmailSession';
import { account, remoteAddress, webmailOptions } from '../fields';
import type { SessionOperation } from './SessionOperation';
import { readWebmailOptions, sensitiveSessionOutput, webmailSessionAnswer } from './sessionOutput';

export const createWebmailSessionForSelf: SessionOperation = {
	option: {
		name: 'Create Webmail Session for the Account',
		value: 'createWebmailSessionForSelf',
		action: 'Create webmail session for account',
		description: 'Open the mailbox that belongs to the cPanel account itself',
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
