import type {
	IAuthenticate,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { passwordHeaders, tokenHeaders } from '../nodes/shared/cpanel/api/authorization';
import { readCpanelCredential } from '../nodes/shared/cpanel/input/credentials';
import type { CpanelCredential } from '../nodes/shared/cpanel/input/credentials';
import { badInput } from '../nodes/shared/errors';
import { signedRequest } from '../nodes/shared/n8n/signedRequest';
import { allowUnauthorizedCerts } from '../nodes/shared/n8n/description';

/** Tested by the cPanel Session node: see `testCpanelApi`. */
export class CpanelApi implements ICredentialType {
	name = 'cpanelApi';

	displayName = 'cPanel API';

	icon: Icon = {
		light: 'file:../nodes/CpanelSession/cpanelSession.svg',
		dark: 'file:../nodes/CpanelSession/cpanelSession.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-cpanel-session/n8n-nodes-cpanel-session/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Server',
			name: 'server',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. cpanel.example.com',
			description:
				'The host where you open cPanel. The default port is 2083. To use another port, add it, as in cpanel.example.com:2443.',
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
						'Recommended. You can revoke it without a change of password, and it works with two-factor authentication',
				},
				{
					name: 'Password',
					value: 'password',
					description: 'For hosting providers that do not offer API tokens',
				},
				{
					name: 'Session Sign-In',
					value: 'session',
					description:
						'Signs in with the password once per execution. For hosting providers that accept neither API tokens nor a password with each request',
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
			displayOptions: { show: { authentication: ['password', 'session'] } },
			description: 'The password of the cPanel account',
		},
		{
			displayName: 'Two-Factor Secret',
			name: 'totpSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. JBSW Y3DP EHPK 3PXP',
			displayOptions: { show: { authentication: ['password', 'session'] } },
			description:
				'Only for an account with two-factor authentication. The key that cPanel shows next to the QR code during setup. n8n generates the codes from it.',
		},
		allowUnauthorizedCerts,
	];

	/**
	 * Signs a request of n8n's, that of the HTTP Request node included, if it goes to the credential's own server. A
	 * path without a server is completed with that.
	 */
	authenticate: IAuthenticate = async (stored, request): Promise<IHttpRequestOptions> => {
		const credential = readCpanelCredential(stored);
		return signedRequest(request, { ...credential, of: 'cPanel', paths: '/execute/' }, () =>
			headersOf(credential),
		);
	};
}

/** The headers as n8n's other credentials spell them. */
function headersOf(credential: CpanelCredential): Record<string, string> {
	switch (credential.authentication) {
		case 'apiToken':
			return named(tokenHeaders(credential));
		case 'password':
			return named(passwordHeaders(credential, Date.now()));
		case 'session':
			// a request of its own cannot keep the cookie of a session
			throw badInput(
				'A credential with “Session Sign-In” works only in the cPanel Session node',
				'For other requests, choose “API Token” or “Password” under “Authentication” in the credential.',
			);
	}
}

function named({
	authorization,
	...headers
}: Record<string, string> & { authorization: string }): Record<string, string> {
	return { Authorization: authorization, ...headers };
}
