import { CredentialTestContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { additionalData } from '../../engine/additionalData';
import { OneCredential } from '../../engine/credentialsHelper';
import { loadPackage, nodeTypesOf } from '../../engine/nodeTypes';

/** Newer engines hand the instance's policy to a test. */
const TestContext = CredentialTestContext as new (
	data?: IWorkflowExecuteAdditionalData,
) => ICredentialTestFunctions;

/**
 * Presses the Test button of the credential: n8n looks for a node that says it tests the credential, and calls the
 * function of that node with nothing but its older request function.
 */
export async function pressTest(
	data: ICredentialDataDecryptedObject,
	typeName: 'cpanelApi' | 'cpanelWhmApi' = 'cpanelApi',
): Promise<INodeCredentialTestResult> {
	const loaded = await loadPackage();
	const type = loaded.credentials.get(typeName);
	if (type === undefined) throw new Error(`No credential ${typeName}`);
	if (type.test !== undefined) throw new Error('n8n would take the test of the credential itself');
	const workflow = new Workflow({
		nodes: [],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf(loaded),
	});
	for (const { description, methods } of loaded.nodes.values()) {
		const testedBy = description.credentials?.find(({ name }) => name === typeName)?.testedBy;
		if (typeof testedBy !== 'string') continue;
		const test = methods?.credentialTest?.[testedBy];
		if (test === undefined) throw new Error(`The node has no test ${testedBy}`);
		const helper = new OneCredential(type, data);
		return await test.call(new TestContext(additionalData(workflow, helper)), {
			id: '1',
			name: 'cPanel account',
			type: typeName,
			data,
		});
	}
	throw new Error('No node tests the credential');
}
