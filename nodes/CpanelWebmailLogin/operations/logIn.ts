import { webmailHostText } from '../../shared/cpanel/input/host';
import { logInToWebmail } from '../../shared/cpanel/login/login';
import { allowUnauthorizedCerts, optionsField, timeout } from '../../shared/n8n/description';
import type { Operation } from '../../shared/n8n/operations';
import { gotoUri, locale, readTicket, ticketFields } from '../fields';
import type { LoginTools } from '../fields';

export const logIn: Operation<LoginTools> = {
	option: {
		name: 'Log In',
		value: 'logIn',
		action: 'Log in to webmail',
		description: 'Log in from n8n and get the session cookie for requests that n8n sends',
	},

	fields: [...ticketFields, optionsField([allowUnauthorizedCerts, gotoUri, locale, timeout])],

	sensitiveOutput: ['url', 'sessionUrl', 'cookie'],

	itemsCarrySecrets: true,

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
