import type { INode } from 'n8n-workflow';

import type { Execution } from './executions';
import type { StoredCredential, WorkflowFile } from './workflowFile';
import type { World } from './world';

/** A node, by all that is not usual about it. */
export type Step = Pick<INode, 'type'> & Partial<INode>;

/** A credential as a node has it before the user has chosen one. */
export const unchosen = { cpanelApi: { id: null, name: '' } };

/** What a run of some nodes has to do with. */
export interface StepsOptions {
	/** What each item holds; one empty item unless given. */
	items?: object[];
	/** Chosen where a node asks for one; that of the world unless given. */
	credentials?: StoredCredential[];
}

/** Runs nodes one behind the other; they are called `Node 1`, `Node 2` and so on unless they have a name. */
export async function runSteps(
	{ n8n, cpanelApi }: World,
	steps: Step[],
	{ items = [{}], credentials = [cpanelApi] }: StepsOptions = {},
): Promise<Execution> {
	const workflow = workflowOf('Some nodes', steps, items);
	return await n8n.run(await n8n.importWorkflow(workflow, { credentials }));
}

/** A workflow that begins by hand, and in which nodes stand one behind the other. */
export function workflowOf(title: string, steps: Step[], items: object[]): WorkflowFile {
	return inARow(title, [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'List',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ list: items }) },
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'list' },
		},
		...steps.map((node, index) => ({ ...node, name: node.name ?? `Node ${index + 1}` })),
	]);
}

/** A workflow of nodes that stand one behind the other, by all that is not usual about them. */
export function inARow(title: string, steps: Array<Step & Pick<INode, 'name'>>): WorkflowFile {
	const nodes = steps.map((node, column) => ({
		id: node.name,
		typeVersion: 1,
		position: [column * 220, 0] as [number, number],
		parameters: {},
		...node,
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index]?.name ?? '',
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { name: title, nodes, connections };
}
