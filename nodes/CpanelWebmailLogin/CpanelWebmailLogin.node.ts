import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { ItemPlan } from '../shared/n8n/batch/ItemPlan';
import { planItems } from '../shared/n8n/batch/planItems';
import { runItems } from '../shared/n8n/batch/runItems';
import { sensitiveOutput } from '../shared/n8n/description';
import {
	chosenOperation,
	operationFields,
	operationSelector,
	operationSubtitle,
	sensitiveFields,
} from '../shared/n8n/operations';
import { DEFAULT_CONCURRENCY } from '../shared/n8n/parameters';
import { storedCredential } from '../shared/n8n/openAccounts';
import { operations } from './operations';
import { testAccessLinkCredential } from './trigger/credentialTest';

/** Where the node makes access links; every other operation has its secret in the item. */
const forAccessLinks = {
	show: {
		operation: operations
			.filter(({ credential }) => credential === 'cpanelAccessLinkApi')
			.map(({ option }) => option.value),
	},
};

/** Programmatic and not declarative: the outcome of a login is in its redirect and its cookie. */
export class CpanelWebmailLogin implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'cPanel Webmail Login',
		name: 'cpanelWebmailLogin',
		icon: { light: 'file:cpanelWebmailLogin.svg', dark: 'file:cpanelWebmailLogin.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operations),
		description:
			'Create links for emails that open a cPanel mailbox, or log in to Webmail with a session',
		defaults: { name: 'cPanel Webmail Login' },
		// what it returns opens mailboxes, so no AI agent is offered it
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'cpanelAccessLinkApi',
				required: true,
				displayOptions: forAccessLinks,
				testedBy: 'testAccessLinkCredential',
			},
		],
		properties: [operationSelector(operations), ...operationFields(operations)],
		...sensitiveOutput(sensitiveFields(operations)),
	};

	methods = { credentialTest: { testAccessLinkCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => await openPlan(this))];
	}
}

async function openPlan(context: IExecuteFunctions): Promise<ItemPlan> {
	const operation = chosenOperation(context, operations);
	const { credential: type } = operation;
	const credential = type === undefined ? {} : await storedCredential(context, type);
	return planItems(context, {
		operation,
		tools: { helpers: context.helpers, credential },
		certificateSwitch: 'under “Options” of this node',
		ignoresCertificates: (item) => item.switch('options.allowUnauthorizedCerts'),
		// of all servers together; a single one is sent no more logins at once than refusals are left to it
		maxConcurrency: DEFAULT_CONCURRENCY,
		// a session works once
		repeatable: false,
	});
}
