import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { HttpTransport } from '../shared/http/HttpTransport';
import { openTransport } from '../shared/http/openTransport';
import type { ItemPlan } from '../shared/n8n/batch/ItemPlan';
import { runItems } from '../shared/n8n/batch/runItems';
import { sensitiveOutput } from '../shared/n8n/description';
import {
	chosenOperation,
	operationFields,
	operationSelector,
	operationSubtitle,
	sensitiveFields,
} from '../shared/n8n/operations';
import { DEFAULT_LANES, itemParameters, timeoutParameter } from '../shared/n8n/parameters';
import { operations } from './operations';

/** Programmatic and not declarative: the outcome of a login is in its redirect and its cookie. */
export class CpanelWebmailLogin implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'cPanel Webmail Login',
		name: 'cpanelWebmailLogin',
		icon: { light: 'file:cpanelWebmailLogin.svg', dark: 'file:cpanelWebmailLogin.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operations),
		description: 'Log in to cPanel Webmail with a session, or make a link or a page that does',
		defaults: { name: 'cPanel Webmail Login' },
		// what it returns opens mailboxes, so no AI agent is offered it
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [operationSelector(operations), ...operationFields(operations)],
		...sensitiveOutput(sensitiveFields(operations)),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => openPlan(this))];
	}
}

function openPlan(context: IExecuteFunctions): ItemPlan {
	const operation = chosenOperation(context, operations);
	const open = (allowUnauthorizedCerts: boolean): HttpTransport =>
		openTransport(context.helpers, {
			allowUnauthorizedCerts,
			keepConnections: context.getInputData().length > 1,
			cancelSignal: context.getExecutionCancelSignal(),
		});
	// each item says which it wants; neither opens anything before its first request
	const verifying = open(false);
	const trusting = open(true);
	const certificateSwitch = 'under “Options” of this node';
	return {
		// of all servers together; a single one is sent no more logins at once than refusals are left to it
		lanes: DEFAULT_LANES,
		itemsCarrySecrets: true,
		// a session works once
		repeatable: false,
		read(itemIndex) {
			const item = itemParameters(context, itemIndex, operation.fields);
			const { server, run } = operation.read(item, context.helpers);
			const timeout = timeoutParameter(item);
			const transport = item.switch('options.allowUnauthorizedCerts') ? trusting : verifying;
			return { server, run: async () => await run({ transport, timeout, certificateSwitch }) };
		},
		async close() {
			await verifying.close();
			await trusting.close();
		},
	};
}
