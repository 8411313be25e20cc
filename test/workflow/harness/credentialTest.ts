import get from 'lodash/get';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { NodeConnectionTypes, Workflow, createRunExecutionData } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INode,
	INodeType,
} from 'n8n-workflow';

import { OneCredential } from '../../engine/credentialsHelper';
import { additionalData } from '../../engine/additionalData';
import { loadPackage } from '../../engine/nodeTypes';

export type TestResult = { status: 'OK' } | { status: 'Error'; message: string };

/**
 * Presses the Test button of the credential: n8n turns the test's request into a declarative node, runs it
 * in the engine, and fails where the answer matches one of the rules.
 */
export async function pressTest(
	data: ICredentialDataDecryptedObject,
	typeName: 'cpanelApi' | 'cpanelWhmApi' = 'cpanelApi',
): Promise<TestResult> {
	const { credentials } = await loadPackage();
	const type = credentials.get(typeName);
	const test = type?.test as ICredentialTestRequest;
	if (type === undefined || test === undefined) throw new Error('The credential has no test');

	const node: INode = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [typeName]: { id: '1', name: 'cPanel account' } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'Test',
			name: 'test',
			group: ['input'],
			version: 1,
			description: 'Sends the request of a credential test',
			defaults: { name: 'Test' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: typeName, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(workflow, new OneCredential(type, data)),
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const routing = new RoutingNode(context, nodeType, {
			id: '1',
			name: 'cPanel account',
			type: typeName,
			data,
		});
		const answer = (await routing.runNode())?.[0]?.[0]?.json;
		const broken = (test.rules ?? []).find(
			({ type: kind, properties }) =>
				kind === 'responseSuccessBody' &&
				'key' in properties &&
				get(answer, properties.key) === properties.value,
		);
		return broken === undefined
			? { status: 'OK' }
			: { status: 'Error', message: broken.properties.message };
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
}
