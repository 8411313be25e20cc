import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { openAccounts } from '../shared/n8n/openAccounts';
import type { ItemPlan } from '../shared/n8n/batch/ItemPlan';
import { planItems } from '../shared/n8n/batch/planItems';
import { runItems } from '../shared/n8n/batch/runItems';
import { testCpanelApi, testCpanelWhmApi } from '../shared/n8n/credentialTests';
import {
	authenticationField,
	forCpanelAccount,
	forWhm,
	sensitiveOutput,
} from '../shared/n8n/description';
import {
	chosenOperation,
	operationFields,
	operationSelector,
	operationSubtitle,
	sensitiveFields,
} from '../shared/n8n/operations';
import { itemParameters, concurrencyParameter } from '../shared/n8n/parameters';
import { whmNotice } from './fields';
import { searchAccounts, searchDomains, searchLocales, searchMailboxes } from './listSearch';
import { operations } from './operations';

/**
 * Programmatic and not declarative: cPanel refuses with HTTP 200, one operation is a chain of three requests,
 * and a batch must stop at the first refused credential.
 */
export class CpanelSession implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'cPanel Session',
		name: 'cpanelSession',
		icon: { light: 'file:cpanelSession.svg', dark: 'file:cpanelSession.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operations),
		description: 'Create cPanel Webmail sessions, with or without the mailbox password',
		defaults: { name: 'cPanel Session' },
		// what it returns opens mailboxes, so no AI agent is offered it
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'cpanelApi',
				required: true,
				displayOptions: forCpanelAccount,
				testedBy: 'testCpanelApi',
			},
			{
				name: 'cpanelWhmApi',
				required: true,
				displayOptions: forWhm,
				testedBy: 'testCpanelWhmApi',
			},
		],
		properties: [
			authenticationField('any of their accounts'),
			whmNotice,
			operationSelector(operations),
			...operationFields(operations),
		],
		...sensitiveOutput(sensitiveFields(operations)),
	};

	methods = {
		credentialTest: { testCpanelApi, testCpanelWhmApi },
		listSearch: { searchAccounts, searchDomains, searchLocales, searchMailboxes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => await openPlan(this))];
	}
}

/**
 * How long the log-out at the end may take, in milliseconds: n8n waits for it although nobody needs its outcome, so
 * it gets less time than the requests before it have by default.
 */
const LOG_OUT_TIMEOUT = 10_000;

async function openPlan(context: IExecuteFunctions): Promise<ItemPlan> {
	const operation = chosenOperation(context, operations);
	const accounts = await openAccounts(
		context,
		context.getNodeParameter('authentication', 0, 'cpanelAccount'),
	);
	const { allowUnauthorizedCerts, certificateSwitch } = accounts;
	return planItems(context, {
		operation,
		tools: accounts,
		certificateSwitch,
		ignoresCertificates: () => allowUnauthorizedCerts,
		maxConcurrency: concurrencyParameter(itemParameters(context, 0, operation.fields)),
		// a session that nobody uses expires, a password that a busy server did not look at does not count, and an item
		// that logs in does so with a new session each time
		repeatable: true,
		cleanup: async (channelOf) =>
			await accounts.close(channelOf(allowUnauthorizedCerts, LOG_OUT_TIMEOUT)),
	});
}
