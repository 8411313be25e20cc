import type { INodeProperties } from 'n8n-workflow';

import { allowUnauthorizedCerts, optionsField, timeout } from '../shared/n8n/description';
import { operations } from './operations';
import { createPage } from './operations/createPage';
import { logIn } from './operations/logIn';

const gotoUri: INodeProperties = {
	displayName: 'Go To',
	name: 'gotoUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. /3rdparty/roundcube/index.php',
	description: 'Page of Webmail that opens after the login. The user’s own choice when left empty.',
};

const locale: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'string',
	default: '',
	placeholder: 'e.g. pt_br',
	description: 'Language Webmail opens in. The one of the session when left empty.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ option }) => option),
		default: 'logIn',
	},
	{
		displayName: 'Host',
		name: 'host',
		type: 'string',
		default: '={{ $json.host }}',
		required: true,
		placeholder: 'e.g. mail.example.com',
		description: 'Where Webmail is. Port 2096 is used unless another is named.',
	},
	{
		displayName: 'Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.token }}',
		required: true,
		description: 'The security token that the cPanel Session node returns',
	},
	{
		displayName: 'Session',
		name: 'session',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.session }}',
		required: true,
		description:
			'The session that the cPanel Session node returns. It works once, for a few minutes.',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{
				name: 'GET',
				value: 'get',
				description:
					'Works with most server versions; the session shows in the address for a moment',
			},
			{
				name: 'POST',
				value: 'post',
				description:
					'Keeps the session out of the address; some newer servers then show their login page instead of the mailbox',
			},
		],
		default: 'post',
		displayOptions: { show: { operation: [createPage.option.value] } },
		description: 'How the page sends the login',
	},
	optionsField([allowUnauthorizedCerts, gotoUri, locale, timeout], {
		show: { operation: [logIn.option.value] },
	}),
	optionsField([gotoUri, locale], { hide: { operation: [logIn.option.value] } }),
];
