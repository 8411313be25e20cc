import { createWebmailSessionForMailUser as createSession } from '../../shared/cpanel/functions/webmailSession';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import type { Mailbox } from '../../shared/cpanel/input/mailbox';
import { locatorParameter } from '../../shared/n8n/parameters';
import type { SessionOperation } from './SessionOperation';
import { readSessionChoices, webmailSessionAnswer } from './webmailSessionAnswer';
import type { WebmailSessionChoices } from './webmailSessionAnswer';

interface Parameters {
	mailbox: Mailbox;
	choices: WebmailSessionChoices;
}

export const createWebmailSessionForMailUser: SessionOperation<Parameters> = {
	option: {
		name: 'Create Webmail Session',
		value: 'createWebmailSessionForMailUser',
		action: 'Create a webmail session',
		description: 'Let somebody into a mailbox of the account, without its password',
	},

	itemsCarrySecrets: false,

	read(context, itemIndex) {
		return {
			mailbox: resolveMailbox(
				locatorParameter(context, 'domain', itemIndex),
				locatorParameter(context, 'login', itemIndex),
			),
			choices: readSessionChoices(context, itemIndex),
		};
	},

	concern: ({ mailbox }) => ({ domain: mailbox.domain }),

	async run({ mailbox, choices }, connection, door) {
		const session = await createSession(connection, door, mailbox, choices);
		return webmailSessionAnswer(session, choices, mailbox.email);
	},
};
