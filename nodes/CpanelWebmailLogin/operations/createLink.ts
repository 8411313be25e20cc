import { loginLink } from '../../shared/cpanel/login/login';
import { optionsField } from '../../shared/n8n/description';
import type { Operation } from '../../shared/n8n/operations';
import { gotoUri, locale, notForMails, readTicket, ticketFields } from '../fields';
import type { LoginTools } from '../fields';

export const createLink: Operation<LoginTools> = {
	option: {
		name: 'Create Link',
		value: 'createLink',
		action: 'Create login link',
		description: 'Create a link that logs in whoever opens it. Sends no request and no email.',
	},

	fields: [notForMails('link', 'A login link'), ...ticketFields, optionsField([gotoUri, locale])],

	sensitiveOutput: ['url'],

	itemsCarrySecrets: true,

	read(item) {
		const ticket = readTicket(item);
		return {
			server: '',
			run: async () => ({ items: [{ json: { url: loginLink(ticket) } }] }),
		};
	},
};
