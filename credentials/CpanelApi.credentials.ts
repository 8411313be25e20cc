import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { readCredential } from '../nodes/shared/cpanel/credential';
import { allowUnauthorizedCerts } from '../nodes/shared/n8n/sharedFields';

export class CpanelApi implements ICredentialType {
	name = 'cpanelApi';

	displayName = 'cPanel API';

	icon: Icon = {
		light: 'file:../nodes/CpanelSession/cpanelSession.svg',
		dark: 'file:../nodes/CpanelSession/cpanelSession.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-cpanel-session/n8n-nodes-cpanel-session#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Server',
			name: 'server',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. cpanel.example.com',
			description:
				'The host you open cPanel on. Port 2083 is used unless you name another, as in cpanel.example.com:2443.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. exampleuser',
			description: 'The cPanel account that owns the mailboxes',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Token',
					value: 'apiToken',
					description:
						'Recommended: can be revoked by itself and works with two-factor authentication',
				},
				{
					name: 'Password',
					value: 'password',
					description: 'For providers that offer no tokens',
				},
			],
			default: 'apiToken',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['apiToken'] } },
			description: 'Create it in cPanel under Security → Manage API Tokens',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['password'] } },
			description: 'The password of the cPanel account',
		},
		allowUnauthorizedCerts,
	];

	/**
	 * Signs a request of n8n's, that of the HTTP Request node included. A path without a server is completed
	 * with the credential's own server.
	 */
	authenticate: IAuthenticate = async (stored, request): Promise<IHttpRequestOptions> => {
		const { server, authorization, ...credential } = readCredential(stored);
		const isPath = request.url?.startsWith('/') === true && !request.baseURL;
		return {
			...request,
			...(isPath && { baseURL: server.origin }),
			...(credential.allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
			headers: { ...request.headers, Authorization: authorization },
		};
	};

	/**
	 * Asks cPanel for the name of the account. HTTP errors are left to the rules: n8n would send a request
	 * that is answered with 401 a second time, and cPanel counts each of them towards a lock-out.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: '/execute/Variables/get_user_information',
			qs: { name: 'user' },
			headers: { Accept: 'application/json' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		},
		rules: [
			failsWhere(
				'constructor.name',
				'String',
				'cPanel did not accept the credential, or the server is not cPanel: it answered with a page in place of data. Check server, port, username, and token or password.',
			),
			...['status', 'result.status', 'cpanelresult.data.result'].flatMap((key) =>
				[0, '0'].map((value) =>
					failsWhere(
						key,
						value,
						'cPanel refused the call. Check username, and token or password, and whether the account may use the API.',
					),
				),
			),
		],
	};
}

/** n8n fails the test where the field of the answer has the value. A page is a string. */
function failsWhere(key: string, value: unknown, message: string) {
	return { type: 'responseSuccessBody' as const, properties: { key, value, message } };
}
