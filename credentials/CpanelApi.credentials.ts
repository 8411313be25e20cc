import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { passwordHeaders, tokenHeaders } from '../nodes/shared/cpanel/calls/authorization';
import { readCpanelCredential } from '../nodes/shared/cpanel/input/credentials';
import type { PasswordCredential } from '../nodes/shared/cpanel/input/credentials';
import { SIGN_IN_PATH, signInForm } from '../nodes/shared/cpanel/sessions/signIn';
import { badInput } from '../nodes/shared/errors';
import {
	failsForPages,
	failsForZero,
	signedRequest,
	targetOf,
	testedOnce,
} from '../nodes/shared/n8n/credentials';
import { allowUnauthorizedCerts } from '../nodes/shared/n8n/description';

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
				{
					name: 'Session Sign-In',
					value: 'session',
					description:
						'Signs in with the password once per execution, for providers that accept neither tokens nor passwords otherwise',
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
				'Only for an account with two-factor authentication: the key that cPanel shows beside the QR code when it is set up. The codes are made from it.',
		},
		allowUnauthorizedCerts,
	];

	/**
	 * Signs a request of n8n's, that of the HTTP Request node included. A path without a server is completed
	 * with the credential's own server.
	 */
	authenticate: IAuthenticate = async (stored, request): Promise<IHttpRequestOptions> => {
		const credential = readCpanelCredential(stored);
		switch (credential.authentication) {
			case 'apiToken':
				return signedRequest(request, credential, named(tokenHeaders(credential)));
			case 'password':
				return signedRequest(request, credential, named(passwordHeaders(credential, Date.now())));
			case 'session':
				return signIn(request, credential);
		}
	};

	/** Asks cPanel for the name of the account; with a session, signing in is the test. */
	test: ICredentialTestRequest = {
		request: {
			...testedOnce,
			url: `={{ $credentials.authentication === 'session' ? '${SIGN_IN_PATH}' : '/execute/Variables/get_user_information?name=user' }}`,
		},
		rules: [
			failsForPages(
				'cPanel did not accept the credential, or the server is not cPanel: it answered with a page in place of data. Check server, port, username, and token or password; with two-factor authentication, a password needs the two-factor secret.',
			),
			...failsForZero(
				['status', 'result.status', 'cpanelresult.data.result'],
				'cPanel refused the call. Check username, and token or password, and whether the account may use the API; with two-factor authentication, a password needs the two-factor secret.',
			),
		],
	};
}

/** The header as n8n's other credentials spell it. */
function named({
	authorization,
	...headers
}: Record<string, string> & { authorization: string }): Record<string, string> {
	return { Authorization: authorization, ...headers };
}

/** A request cannot keep the cookie of a session, so the sign-in is the only one that a session credential signs. */
function signIn(request: IHttpRequestOptions, credential: PasswordCredential): IHttpRequestOptions {
	const target = targetOf(request, credential.server);
	const wanted = new URL(SIGN_IN_PATH, credential.server.origin);
	if (target?.href !== wanted.href) {
		throw badInput(
			'A credential with “Session Sign-In” works in the cPanel Session node only',
			'For other requests, choose “API Token” or “Password” under “Authentication” in the credential.',
		);
	}
	return {
		...signedRequest(request, credential, {}),
		method: 'POST',
		body: new URLSearchParams(signInForm(credential, Date.now())),
	};
}
