import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { readCredential } from '../shared/cpanel/credential';
import { openTransport } from '../shared/http/openTransport';
import { chosenOperation, operationSubtitle } from '../shared/n8n/operations';
import { lanesParameter, timeoutParameter } from '../shared/n8n/parameters';
import { runItems } from '../shared/n8n/runItems';
import type { ItemPlan } from '../shared/n8n/runItems';
import { sensitiveOutput } from '../shared/n8n/sensitiveOutput';
import { fields } from './fields';
import { CERTIFICATE_SWITCH, searchDomains, searchLocales, searchMailboxes } from './listSearch';
import { operations } from './operations';

/** What `run` needs of an item: the parameters of its operation, and its deadline in milliseconds. */
interface ItemParameters {
	parameters: unknown;
	timeout: number;
}

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
		credentials: [{ name: 'cpanelApi', required: true }],
		properties: fields,
		...sensitiveOutput('session', 'token', 'loginUrl', 'cookie', 'sessionUrl'),
	};

	methods = { listSearch: { searchDomains, searchLocales, searchMailboxes } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => await openPlan(this))];
	}
}

async function openPlan(context: IExecuteFunctions): Promise<ItemPlan<ItemParameters>> {
	const operation = chosenOperation(context, operations);
	const credential = readCredential(await context.getCredentials('cpanelApi'));
	const lanes = lanesParameter(context);
	const transport = openTransport(context.helpers, {
		allowUnauthorizedCerts: credential.allowUnauthorizedCerts,
		keepConnections: context.getInputData().length > 1,
		cancelSignal: context.getExecutionCancelSignal(),
	});
	return {
		lanes,
		itemsCarrySecrets: operation.itemsCarrySecrets,
		// a session that nobody uses expires; an item that logs in does so with a new session each time
		repeatable: true,
		read: (itemIndex) => ({
			parameters: operation.read(context, itemIndex),
			timeout: timeoutParameter(context, itemIndex),
		}),
		run: async ({ parameters, timeout }) =>
			await operation.run(
				parameters,
				{ transport, timeout, certificateSwitch: CERTIFICATE_SWITCH },
				credential,
			),
		close: async () => await transport.close(),
	};
}
