import './userFolder';

import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowBase, IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';

import type { OneCredential } from './credentialsHelper';

/** What the engine hands to every node. */
export function additionalData(
	workflow: Workflow,
	credentialsHelper: OneCredential,
): IWorkflowExecuteAdditionalData {
	const url = 'http://localhost:5678/';
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: url,
		instanceBaseUrl: url,
		formWaitingBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
	};
	return {
		...data,
		hooks: new ExecutionLifecycleHooks('manual', '1', workflow as unknown as IWorkflowBase),
	} as IWorkflowExecuteAdditionalData;
}
