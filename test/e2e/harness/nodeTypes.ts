import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import type { RunningN8n } from './n8n';

/** The nodes that n8n offers its editor. */
export async function listNodeTypes(n8n: RunningN8n): Promise<INodeTypeDescription[]> {
	return await list(n8n, 'nodes');
}

/** The credential types that n8n offers its editor. */
export async function listCredentialTypes(n8n: RunningN8n): Promise<ICredentialType[]> {
	return await list(n8n, 'credentials');
}

/** Whether a node of this n8n has a parameter or an option of this name, at whatever place. */
export async function hasProperty(n8n: RunningN8n, type: string, name: string): Promise<boolean> {
	const nodes = (await listNodeTypes(n8n)).filter((node) => node.name === type);
	if (nodes.length === 0) throw new Error(`n8n has no node ${type}.`);
	return JSON.stringify(nodes).includes(`"name":${JSON.stringify(name)}`);
}

async function list<T>(n8n: RunningN8n, what: 'nodes' | 'credentials'): Promise<T[]> {
	const response = await fetch(`${n8n.origin}/types/${what}.json`, {
		headers: { cookie: n8n.cookie },
		signal: AbortSignal.timeout(60_000),
	});
	if (!response.ok) throw new Error(`n8n did not list its ${what}: ${response.status}`);
	return (await response.json()) as T[];
}
