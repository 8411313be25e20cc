import { badInput } from '../../shared/errors';
import { textParameter } from '../../shared/n8n/parameters';
import { loginPage } from '../loginPage';
import type { LoginOperation } from './LoginOperation';

export const createPage: LoginOperation = {
	option: {
		name: 'Create Page',
		value: 'createPage',
		action: 'Create a login page',
		description: 'Get a small page that logs the browser in that opens it. Sends nothing.',
	},

	async run(ticket, { context, itemIndex }) {
		const method = textParameter(context, 'method', itemIndex);
		if (method !== 'get' && method !== 'post') {
			throw badInput('“Method” has no such choice', 'Choose “POST” or “GET”.');
		}
		const html = loginPage(ticket, method);
		const data = await context.helpers.prepareBinaryData(
			Buffer.from(html, 'utf8'),
			'webmail.html',
			'text/html',
		);
		return { json: { html }, binary: { data } };
	},
};
