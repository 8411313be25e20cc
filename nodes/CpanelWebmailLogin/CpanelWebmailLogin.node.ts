import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { parseGotoUri } from '../shared/cpanel/input/gotoUri';
import { parseHost } from '../shared/cpanel/input/host';
import { normalizeLocale } from '../shared/cpanel/input/locale';
import { parseSecurityToken } from '../shared/cpanel/input/securityToken';
import { WEBMAIL_PORT } from '../shared/cpanel/input/server';
import type { LoginTicket } from '../shared/cpanel/sessions/webmailLogin';
import { badInput } from '../shared/errors';
import { openTransport } from '../shared/http/openTransport';
import { runItems } from '../shared/n8n/batch/runItems';
import type { ItemPlan } from '../shared/n8n/batch/runItems';
import { sensitiveOutput } from '../shared/n8n/description';
import { chosenOperation, operationSubtitle } from '../shared/n8n/operations';
import { textParameter, timeoutParameter } from '../shared/n8n/parameters';
import { fields } from './fields';
import { operations } from './operations';

const LANES = 5;

interface ItemParameters {
	itemIndex: number;
	ticket: LoginTicket;
	/** Deadline of the request, in milliseconds. */
	timeout: number;
}

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
		properties: fields,
		...sensitiveOutput('url', 'cookie', 'sessionUrl', 'html'),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, async () => openPlan(this))];
	}
}

function openPlan(context: IExecuteFunctions): ItemPlan<ItemParameters> {
	const operation = chosenOperation(context, operations);
	const transport = openTransport(context.helpers, {
		allowUnauthorizedCerts:
			context.getNodeParameter('options.allowUnauthorizedCerts', 0, false) === true,
		keepConnections: context.getInputData().length > 1,
		cancelSignal: context.getExecutionCancelSignal(),
	});
	return {
		lanes: LANES,
		itemsCarrySecrets: true,
		// a session works once
		repeatable: false,
		read: (itemIndex) => readItem(context, itemIndex),
		run: async ({ itemIndex, ticket, timeout }) =>
			await operation.run(ticket, {
				context,
				itemIndex,
				connection: { transport, timeout, certificateSwitch: 'under “Options” of this node' },
			}),
		serverOf: ({ ticket }) => ticket.host.origin,
		close: async () => await transport.close(),
	};
}

function readItem(context: IExecuteFunctions, itemIndex: number): ItemParameters {
	const session = textParameter(context, 'session', itemIndex);
	if (session.trim() === '' || /\p{Cc}/u.test(session)) {
		throw badInput(
			session.trim() === '' ? '“Session” is empty' : '“Session” is not a session of cPanel',
			'It is the field “session” that the cPanel Session node returns.',
		);
	}
	return {
		itemIndex,
		ticket: {
			host: parseHost(textParameter(context, 'host', itemIndex), WEBMAIL_PORT, 'Host'),
			token: parseSecurityToken(textParameter(context, 'token', itemIndex)),
			session,
			gotoUri: parseGotoUri(textParameter(context, 'options.gotoUri', itemIndex)),
			locale: normalizeLocale(textParameter(context, 'options.locale', itemIndex)),
		},
		timeout: timeoutParameter(context, itemIndex),
	};
}
