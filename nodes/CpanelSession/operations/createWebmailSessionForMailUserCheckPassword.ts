import type { INodeProperties } from 'n8n-workflow';

import { createWebmailSessionForMailUserCheckPassword as createSession } from '../../shared/cpanel/functions/webmailSession';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import { badInput } from '../../shared/errors';
import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import { account, mailbox, remoteAddress, webmailOptions } from '../fields';
import { readWebmailOptions, sensitiveSessionOutput, webmailSessionAnswer } from './sessionOutput';

const passwordField: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	description:
		'Password of the mailbox. Use an expression: n8n stores a password that you type here in the workflow.',
};

export const createWebmailSessionForMailUserCheckPassword: Operation<Accounts> = {
	option: {
		name: 'Create Webmail Session with Password Check',
		value: 'createWebmailSessionForMailUserCheckPassword',
		action: 'Create webmail session with password check',
		description: 'Create a session for a mailbox of the account if its password is correct',
	},

	fields: [account, ...mailbox, passwordField, remoteAddress, webmailOptions],

	sensitiveOutput: sensitiveSessionOutput,

	itemsCarrySecrets: true,

	read(item, accounts) {
		const wanted = resolveMailbox(item.locator('domain'), item.locator('login'));
		const password = item.text('password');
		if (password === '') {
			throw badInput('“Password” is empty', 'Enter the password of the mailbox.');
		}
		const options = readWebmailOptions(item);
		const owner = accounts.owning(wanted.domain, item);
		return {
			server: owner.server.origin,
			about: { email: wanted.email },
			async run(channel) {
				const session = await createSession(channel, owner, { ...wanted, password }, options);
				return webmailSessionAnswer(session, options, wanted.email);
			},
		};
	},
};
