import '../engine/userFolder';

import { WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeExecutionData, INodeType, INodeTypes } from 'n8n-workflow';

import { CpanelApi } from '../../credentials/CpanelApi.credentials';
import { SEED } from '../cpsrvd/accounts';
import { additionalData } from '../engine/additionalData';
import { OneCredential } from '../engine/credentialsHelper';
import { items as itemsNode } from '../engine/items';
import type { Step } from './steps';

/**
 * Runs a chain of nodes in n8n's engine, after a node that brings the items.
 *
 * @param host of the server, for the credential
 * @returns what the last node put out
 */
export async function runWorkflow(
	steps: Step[],
	host: string,
	itemCount: number,
): Promise<INodeExecutionData[]> {
	const mailboxes = Array.from({ length: itemCount }, () => ({
		domain: 'example.com',
		login: 'anna',
	}));
	const start = node('Items', 'test.items', 1, { json: JSON.stringify(mailboxes) });
	const nodes = [
		start,
		...steps.map(
			({ name, typeVersion, parameters }, index): INode => ({
				...node(`Step ${index}`, name, typeVersion, parameters),
				onError: 'continueRegularOutput',
				...(index === 0 && { credentials: { cpanelApi: { id: '1', name: 'cPanel account' } } }),
			}),
		),
	];
	const workflow = new Workflow({
		id: '1',
		name: 'Bench',
		nodes,
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index]?.name ?? '',
					{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
				]),
		),
		active: false,
		nodeTypes: nodeTypes(steps),
		settings: { executionOrder: 'v1' },
	});
	const credential = new OneCredential(new CpanelApi(), {
		server: host,
		username: 'alice',
		authentication: 'apiToken',
		apiToken: SEED.alice.apiToken,
		allowUnauthorizedCerts: true,
	});
	const run = await new WorkflowExecute(additionalData(workflow, credential), 'trigger').run({
		workflow,
		startNode: start,
	});
	const { runData, error } = run.data.resultData;
	if (error !== undefined) throw error;
	return runData[nodes.at(-1)?.name ?? '']?.[0]?.data?.main?.[0] ?? [];
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function nodeTypes(steps: Step[]): INodeTypes {
	const find = (name: string): INodeType => {
		const type = name === 'test.items' ? itemsNode : steps.find((step) => step.name === name)?.type;
		if (type === undefined) throw new Error(`No node type ${name}`);
		return type;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}
