import type { INodeProperties } from 'n8n-workflow';

import { optionsField } from '../../shared/n8n/description';
import type { Operation } from '../../shared/n8n/operations';
import { gotoUri, locale, notForMails, readTicket, ticketFields } from '../fields';
import type { LoginTools } from '../fields';
import { loginPageField, readPageChoices } from '../page/fields';
import { chooseLanguage } from '../page/language';
import { loginPage } from '../page/pages';

const methodField: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	options: [
		{
			name: 'GET',
			value: 'get',
			description:
				'Works with most server versions. The address bar shows the session for a moment.',
		},
		{
			name: 'POST',
			value: 'post',
			description:
				'Keeps the session out of the address bar. Some newer servers then show their login page instead of the mailbox.',
		},
	],
	default: 'get',
	description: 'HTTP method with which the page sends the login',
};

export const createPage: Operation<LoginTools> = {
	option: {
		name: 'Create Page',
		value: 'createPage',
		action: 'Create login page',
		description:
			'Create a small HTML page that logs in whoever opens it. Sends no request and no email.',
	},

	fields: [
		notForMails('page', 'A page'),
		...ticketFields,
		methodField,
		loginPageField,
		optionsField([gotoUri, locale]),
	],

	sensitiveOutput: ['html'],

	itemsCarrySecrets: true,

	read(item, { helpers }) {
		const ticket = readTicket(item);
		const method = item.choice('method', ['get', 'post']);
		const { language, ...choices } = readPageChoices((name) => item.text(`page.${name}`));
		return {
			server: '',
			async run() {
				const { html } = loginPage(ticket, method, {
					...choices,
					language: chooseLanguage({ chosen: language, locale: ticket.locale }),
					formAction: 'https:',
				});
				const file = Buffer.from(html, 'utf8');
				const data = await helpers.prepareBinaryData(file, 'webmail.html', 'text/html');
				return { items: [{ json: { html }, binary: { data } }] };
			},
		};
	},
};
