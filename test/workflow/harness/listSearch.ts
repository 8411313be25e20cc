import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { tokenCredential } from './cpanel';
import type { Cpsrvd } from '../../cpsrvd';
import { additionalData } from '../../engine/additionalData';
import { OneCredential } from '../../engine/credentialsHelper';
import { loadPackage, nodeTypesOf } from '../../engine/nodeTypes';

const SESSION_NODE = 'n8n-nodes-cpanel-session.cpanelSession';

export type Search = 'searchAccounts' | 'searchDomains' | 'searchMailboxes' | 'searchLocales';

export interface ListOptions {
	/** What was typed above the list. */
	filter?: string;
	/** What the last part of the list named as the next one. */
	paginationToken?: unknown;
	/** What else is filled in in the form. */
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	credentialType?: 'cpanelApi' | 'cpanelWhmApi';
}

/** Asks a list search as the editor does when somebody opens a dropdown. */
export async function listAt(
	server: Cpsrvd,
	search: Search,
	{
		filter,
		paginationToken,
		parameters = {},
		credential = tokenCredential(server),
		credentialType: typeName = 'cpanelApi',
	}: ListOptions = {},
): Promise<INodeListSearchResult> {
	const loaded = await loadPackage();
	const type = loaded.nodes.get('cpanelSession') as INodeType;
	const node = {
		id: '1',
		name: 'cPanel Session',
		type: SESSION_NODE,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { operation: 'createWebmailSessionForMailUser', ...parameters },
		credentials: { [typeName]: { id: '1', name: 'cPanel account' } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf(loaded),
	});
	const credentialType = loaded.credentials.get(typeName);
	if (credentialType === undefined) throw new Error('The package has no credential');
	const helper = new OneCredential(credentialType, credential);
	const stored = workflow.getNode('cPanel Session') ?? node;
	const context = new LoadOptionsContext(
		workflow,
		stored,
		{ ...additionalData(workflow, helper), currentNodeParameters: stored.parameters },
		'parameters.login',
	);
	const method = type.methods?.listSearch?.[search];
	if (method === undefined) throw new Error(`No list search ${search}`);
	// the type says text, but n8n hands back whatever the last part of the list named
	return await method.call(context, filter, paginationToken as string | undefined);
}
