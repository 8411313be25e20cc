import { webmailHostText } from '../../shared/cpanel/input/server';
import { logInToWebmail } from '../../shared/cpanel/login/login';
import { allowUnauthorizedCerts, optionsField, timeout } from '../../shared/n8n/description';
import { gotoUri, locale, readTicket, ticketFields } from '../fields';
import type { LoginOperation } from './LoginOperation';

export const logIn: LoginOperation = {
	option: {
		name: 'Log In',
		value: 'logIn',
		action: 'Log in to webmail',
		description: 'Log in from n8n and get the cookie, for requests that n8n sends itself',
	},

	fields: [...ticketFields, optionsField([allowUnauthorizedCerts, gotoUri, locale, timeout])],

	sensitiveOutput: ['url', 'sessionUrl', 'cookie'],

	read(item) {
		const ticket = readTicket(item);
		return {
			server: ticket.host.origin,
			async run(channel) {
				const { url, sessionUrl, cookie } = await logInToWebmail(channel, ticket);
				const host = webmailHostText(ticket.host);
				return { items: [{ json: { loggedIn: true, url, sessionUrl, cookie, host } }] };
			},
		};
	},
};
