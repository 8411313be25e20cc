import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { whmHeaders } from '../nodes/shared/cpanel/calls/authorization';
import { readWhmCredential } from '../nodes/shared/cpanel/input/credentials';
import { badInput } from '../nodes/shared/errors';
import {
	failsForPages,
	failsForZero,
	failsWhere,
	signedRequest,
	targetOf,
	testedOnce,
} from '../nodes/shared/n8n/credentials';
import { allowUnauthorizedCerts } from '../nodes/shared/n8n/description';

const REFUSED =
	'WHM refused the call. Check username and token: it must be a token that was created in WHM, not in cPanel.';

export class CpanelWhmApi implements ICredentialType {
	name = 'cpanelWhmApi';

	displayName = 'cPanel WHM API';

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
			placeholder: 'e.g. server.example.com',
			description:
				'The host you open WHM on. Port 2087 is used unless you name another, as in server.example.com:2443.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. root',
			description: 'The user of WHM: root, or a reseller',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Create it in WHM under Development → Manage API Tokens',
		},
		allowUnauthorizedCerts,
	];

	/**
	 * Signs a request of n8n's, that of the HTTP Request node included. A path without a server is completed
	 * with the credential's own server. The token of a reseller opens many accounts, so it goes nowhere else.
	 */
	authenticate: IAuthenticate = async (stored, request): Promise<IHttpRequestOptions> => {
		const credential = readWhmCredential(stored);
		const own = new URL(credential.server.origin).origin;
		if (targetOf(request, credential.server)?.origin !== own) {
			throw badInput(
				'The request goes to another server than the one in the WHM credential',
				`A token of WHM is sent to its own server only. Use an address that starts with ${own}/json-api/.`,
			);
		}
		const { authorization } = whmHeaders(credential);
		return signedRequest(request, credential, { Authorization: authorization });
	};

	/** Asks WHM for its version, which every user may. */
	test: ICredentialTestRequest = {
		request: { ...testedOnce, url: '/json-api/version?api.version=1' },
		rules: [
			failsForPages(
				'WHM did not accept the credential, or the server is not WHM: it answered with a page in place of data. Check server, port, username and token: it must be a token that was created in WHM, not in cPanel.',
			),
			...failsForZero(
				['status', 'metadata.result', 'data.result', 'cpanelresult.data.result'],
				REFUSED,
			),
			failsWhere('metadata.result', undefined, REFUSED),
		],
	};
}
