import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { testCpanelApi, testCpanelWhmApi } from '../shared/n8n/credentialTests';
import { testAccessLinkCredential } from './trigger/credentialTest';
import { forCpanelAccount, forWhm } from '../shared/n8n/description';
import { fields } from './trigger/fields';
import { checkBeforePublishing } from './trigger/publish';
import { answerRequest } from './trigger/answerRequest';

/** One path for all that a link gets: GET and HEAD to look, POST to open. The panel shows the address once. */
const WEBHOOKS: IWebhookDescription[] = (['GET', 'HEAD', 'POST'] as const).map((httpMethod) => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	path: '={{$parameter["path"]}}',
	isFullPath: true,
	ndvHideMethod: true,
	...(httpMethod !== 'GET' && { ndvHideUrl: true }),
}));

/** Serves access links: shows the page with the button, makes a session for whoever presses it, and tells of that. */
export class CpanelWebmailLoginTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'cPanel Webmail Login Trigger',
		name: 'cpanelWebmailLoginTrigger',
		icon: { light: 'file:cpanelWebmailLogin.svg', dark: 'file:cpanelWebmailLogin.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'On access link opened',
		description: 'Logs in people who open an access link to their mailbox, and starts a workflow',
		eventTriggerDescription:
			'Waiting for someone to open an access link that leads to the Test URL',
		activationMessage:
			'Access links now work. Their address in the access link credential is the Production URL of this node.',
		defaults: { name: 'cPanel Webmail Login Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Opened', 'Not Opened'],
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
			{ name: 'cpanelAccessLinkApi', required: true, testedBy: 'testAccessLinkCredential' },
		],
		webhooks: WEBHOOKS,
		properties: fields,
	};

	methods = {
		credentialTest: { testAccessLinkCredential, testCpanelApi, testCpanelWhmApi },
	};

	webhookMethods = {
		default: {
			/** There is nothing at another server that could be there already. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await checkBeforePublishing(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerRequest(this);
	}
}
