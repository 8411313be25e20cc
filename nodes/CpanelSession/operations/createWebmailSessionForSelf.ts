import { createWebmailSessionForSelf as createSession } from '../../shared/cpanel/functions/webmailSession';
import type { SessionOperation } from './SessionOperation';
import { readSessionChoices, webmailSessionAnswer } from './webmailSessionAnswer';
import type { WebmailSessionChoices } from './webmailSessionAnswer';

export const createWebmailSessionForSelf: SessionOperation<WebmailSessionChoices> = {
	option: {
		name: 'Create Webmail Session for the Account',
		value: 'createWebmailSessionForSelf',
		action: 'Create a webmail session for the account',
		description: 'Open the mailbox that belongs to the cPanel account itself',
	},

	itemsCarrySecrets: false,

	read: readSessionChoices,

	concern: () => 'account',

	async run(choices, connection, door) {
		return webmailSessionAnswer(await createSession(connection, door, choices), choices);
	},
};
