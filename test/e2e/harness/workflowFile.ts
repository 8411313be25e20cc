import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';

/** The folder of the example workflows. */
export const EXAMPLES = resolve(__dirname, '../../../workflows');

/** A workflow as it is in a file. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'>;

/** A credential in n8n. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** What a user fills in after importing a workflow. */
export interface Filling {
	/** Chosen in every node that asks for one of their type. */
	credentials?: StoredCredential[];
	/** New values of top-level parameters, by the name of the node. */
	parameters?: Record<string, INodeParameters>;
	/** What stands for something of the user's, wherever it is, and what to write in its place. */
	replacements?: Record<string, string>;
}

/** One of the example workflows, untouched. */
export function exampleWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(resolve(EXAMPLES, file), 'utf8')) as WorkflowFile;
}

/** A workflow with everything filled in. */
export function fillIn(
	workflow: WorkflowFile,
	{ credentials = [], parameters = {}, replacements = {} }: Filling,
): WorkflowFile {
	const unknown = Object.keys(parameters).filter(
		(name) => !workflow.nodes.some((node) => node.name === name),
	);
	if (unknown.length > 0) throw new Error(`There is no node “${unknown.join('”, “')}”.`);
	const nodes = replaced(workflow.nodes, replacements).map((node) => ({
		...node,
		parameters: { ...node.parameters, ...parameters[node.name] },
		...(node.credentials && { credentials: chosen(node, credentials) }),
	}));
	return { ...workflow, nodes };
}

function replaced(nodes: INode[], replacements: Record<string, string>): INode[] {
	return Object.entries(replacements).reduce((all, [placeholder, value]) => {
		const text = JSON.stringify(all);
		if (!text.includes(placeholder)) throw new Error(`“${placeholder}” is nowhere.`);
		return JSON.parse(text.replaceAll(placeholder, value)) as INode[];
	}, nodes);
}

function chosen(node: INode, stored: StoredCredential[]): INode['credentials'] {
	return Object.fromEntries(
		Object.keys(node.credentials ?? {}).map((type) => {
			const found = stored.find((credential) => credential.type === type);
			if (!found) throw new Error(`“${node.name}” needs a credential of type ${type}.`);
			return [type, { id: found.id, name: found.name }];
		}),
	);
}
