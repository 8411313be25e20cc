import { loginLink } from '../../shared/cpanel/sessions/webmailLogin';
import type { LoginOperation } from './LoginOperation';

export const createLink: LoginOperation = {
	option: {
		name: 'Create Link',
		value: 'createLink',
		action: 'Create a login link',
		description: 'Get a link that logs the browser in that opens it. Sends nothing.',
	},

	async run(ticket) {
		return { json: { url: loginLink(ticket) } };
	},
};
