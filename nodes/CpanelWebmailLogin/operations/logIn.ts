import { shortHost } from '../../shared/cpanel/input/host';
import { WEBMAIL_PORT } from '../../shared/cpanel/input/server';
import { logInToWebmail } from '../../shared/cpanel/sessions/webmailLogin';
import type { LoginOperation } from './LoginOperation';

export const logIn: LoginOperation = {
	option: {
		name: 'Log In',
		value: 'logIn',
		action: 'Log in to webmail',
		description: 'Log in from n8n and get the cookie, for requests that n8n sends itself',
	},

	async run(ticket, { connection }) {
		const { url, sessionUrl, cookie } = await logInToWebmail(connection, ticket);
		const host = shortHost(ticket.host, WEBMAIL_PORT);
		return { json: { loggedIn: true, url, sessionUrl, cookie, host } };
	},
};
