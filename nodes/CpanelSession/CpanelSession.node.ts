import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { Door } from '../shared/cpanel/accounts';
import type { Connection } from '../shared/cpanel/calls/exchange';
import { openTransport } from '../shared/http/openTransport';
import { runItems } from '../shared/n8n/batch/runItems';
import type { ItemPlan } from '../shared/n8n/batch/runItems';
import { sensitiveOutput } from '../shared/n8n/description';
import { chosenOperation, operationSubtitle } from '../shared/n8n/operations';
import { lanesParameter, locatorParameter, timeoutParameter } from '../shared/n8n/parameters';
import { openEntrance } from './entrance';
import { fields, forCpanelAccount, forWhm } from './fields';
import { searchAccounts, searchDomains, searchLocales, searchMailboxes } from './listSearch';
import { operations } from './operations';

/** What `run` needs of an item. */
interface ItemParameters {
	/** Those of its operation. */
	parameters: unknown;
	/** The way into the account it is about. */
	door: Door;
	/** Deadline of each request, in milliseconds. */
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
		credentials: [
			{ name: 'cpanelApi', required: true, displayOptions: forCpanelAccount },
			{ name: 'cpanelWhmApi', required: true, displayOptions: forWhm },
		],
		properties: fields,
		...sensitiveOutput('session', 'token', 'loginUrl', 'cookie', 'sessionUrl'),
	};

	methods = { listSearch: { searchAccounts, searchDomains, searchLocales, searchMailboxes } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => await openPlan(this))];
	}
}

/** How long the log-out at the end may take, in milliseconds. */
const FAREWELL = 10_000;

async function openPlan(context: IExecuteFunctions): Promise<ItemPlan<ItemParameters>> {
	const operation = chosenOperation(context, operations);
	const entrance = await openEntrance(
		context,
		context.getNodeParameter('authentication', 0, 'cpanelAccount'),
	);
	const { allowUnauthorizedCerts, certificateSwitch } = entrance;
	const lanes = lanesParameter(context);
	const transport = openTransport(context.helpers, {
		allowUnauthorizedCerts,
		keepConnections: context.getInputData().length > 1,
		cancelSignal: context.getExecutionCancelSignal(),
	});
	const connection = (timeout: number): Connection => ({ transport, timeout, certificateSwitch });
	return {
		lanes,
		itemsCarrySecrets: operation.itemsCarrySecrets,
		// a session that nobody uses expires; an item that logs in does so with a new session each time
		repeatable: true,
		read(itemIndex) {
			const parameters = operation.read(context, itemIndex);
			const account = () => locatorParameter(context, 'account', itemIndex);
			return {
				parameters,
				door: entrance.doorFor(operation.concern(parameters), account),
				timeout: timeoutParameter(context, itemIndex),
			};
		},
		run: async ({ parameters, door, timeout }) =>
			await operation.run(parameters, connection(timeout), door),
		async close() {
			await entrance.close(connection(FAREWELL));
			await transport.close();
		},
	};
}
