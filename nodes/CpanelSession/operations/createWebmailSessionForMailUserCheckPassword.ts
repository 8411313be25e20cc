import { createWebmailSessionForMailUserCheckPassword as createSession } from '../../shared/cpanel/functions/webmailSession';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import type { Mailbox } from '../../shared/cpanel/input/mailbox';
import { badInput } from '../../shared/errors';
import { locatorParameter, textParameter } from '../../shared/n8n/parameters';
import type { SessionOperation } from './SessionOperation';
import { readSessionChoices, webmailSessionAnswer } from './webmailSessionAnswer';
import type { WebmailSessionChoices } from './webmailSessionAnswer';

interface Parameters {
	mailbox: Mailbox & { password: string };
	choices: WebmailSessionChoices;
}

export const createWebmailSessionForMailUserCheckPassword: SessionOperation<Parameters> = {
	option: {
		name: 'Create Webmail Session with Password Check',
		value: 'createWebmailSessionForMailUserCheckPassword',
		action: 'Create a webmail session if the password is right',
		description: 'Let somebody who knows the password into a mailbox of the account',
	},

	itemsCarrySecrets: true,

	read(context, itemIndex) {
		const mailbox = resolveMailbox(
			locatorParameter(context, 'domain', itemIndex),
			locatorParameter(context, 'login', itemIndex),
		);
		const password = textParameter(context, 'password', itemIndex);
		if (password === '') {
			throw badInput('“Password” is empty', 'Enter the password of the mailbox.');
		}
		return { mailbox: { ...mailbox, password }, choices: readSessionChoices(context, itemIndex) };
	},

	concern: ({ mailbox }) => ({ domain: mailbox.domain }),

	async run({ mailbox, choices }, connection, door) {
		const session = await createSession(connection, door, mailbox, choices);
		return webmailSessionAnswer(session, choices, mailbox.email);
	},
};
