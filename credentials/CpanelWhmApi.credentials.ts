import type {
	IAuthenticate,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { whmHeaders } from '../nodes/shared/cpanel/api/authorization';
import { readWhmCredential } from '../nodes/shared/cpanel/input/credentials';
import { signedRequest } from '../nodes/shared/n8n/signedRequest';
import { allowUnauthorizedCerts } from '../nodes/shared/n8n/description';

/** Tested by the cPanel Session node: see `testCpanelWhmApi`. */
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
				'The host where you open WHM. The default port is 2087. To use another port, add it, as in server.example.com:2443.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. root',
			description: 'The WHM user: root or a reseller',
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
	 * Signs a request of n8n's, that of the HTTP Request node included, if it goes to the credential's own server. A
	 * path without a server is completed with that.
	 */
	authenticate: IAuthenticate = async (stored, request): Promise<IHttpRequestOptions> => {
		const credential = readWhmCredential(stored);
		return signedRequest(request, { ...credential, of: 'WHM', paths: '/json-api/' }, () => ({
			Authorization: whmHeaders(credential).authorization,
		}));
	};
}
