import './userFolder';

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { HookContext, WebhookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { CredentialsByType } from './credentialsByType';
import { loadPackage, nodeTypesOf } from './nodeTypes';

const TYPE = 'cpanelWebmailLoginTrigger';

/** A trigger that is published. */
export interface PublishedTrigger {
	/** The address it is published at. */
	readonly url: string;
	/** The outputs of each execution that it started, in order. */
	readonly executions: IDataObject[][][];
	/** What it wrote to n8n's log. */
	readonly log: string[];
	/** What its webhook threw; n8n would show people JSON then. */
	readonly thrown: unknown[];
	/** What its credentials hold; a change holds from the next request on. */
	readonly credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Resolves when what it does for the requests so far is done; it goes on after an answer. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

export interface TriggerOptions {
	parameters?: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Address that a request seems to come from; loopback unless given. */
	peer?: string;
}

/**
 * Publishes a trigger as n8n does: `create` of its webhook methods, then its webhook for each request that one of its
 * webhooks is for, in n8n's own context.
 *
 * @throws what `create` throws
 */
export async function publishTrigger(options: TriggerOptions): Promise<PublishedTrigger> {
	const { parameters = {}, credentials, peer } = options;
	const loaded = await loadPackage();
	const nodeType = loaded.nodes.get(TYPE);
	if (nodeType?.webhook === undefined) throw new Error('The package has no trigger');
	const node: INode = {
		id: 'trigger',
		name: 'Access links',
		type: `n8n-nodes-cpanel-session.${TYPE}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		webhookId: 'open-my-mailbox',
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
		),
	};
	const workflow = new Workflow({
		// counts are kept for each trigger: those of another test are of no concern
		id: `workflow ${(workflows += 1)}`,
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: nodeTypesOf(loaded),
	});
	const helper = new CredentialsByType(credentials);
	const log: string[] = [];
	const published = workflow.getNode(node.name) as INode;

	await publish(nodeType, () => {
		const data = additionalData(workflow, helper);
		const [description] = nodeType.description.webhooks ?? [];
		const webhook = webhookData(workflow, description as IWebhookDescription);
		return watched(new HookContext(workflow, published, data, 'trigger', 'activate', webhook), log);
	});

	const executions: IDataObject[][][] = [];
	const thrown: unknown[] = [];

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const description = nodeType?.description.webhooks?.find(
			({ httpMethod }) => httpMethod === request.method,
		);
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://n8n');
		if (description === undefined || pathname !== '/webhook/open-my-mailbox') {
			response.writeHead(404, { 'content-type': 'application/json' });
			response.end('{"code":404,"message":"The requested webhook is not registered."}');
			return;
		}
		if (request.headers.origin !== undefined) {
			// as n8n does before it asks the node
			response.setHeader('Access-Control-Allow-Methods', 'OPTIONS, GET, HEAD, POST');
			response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
		}
		const socket = { remoteAddress: peer ?? request.socket.remoteAddress };
		const parsed = Object.create(request, {
			query: { value: queryOf(searchParams) },
			body: { value: await bodyOf(request) },
			socket: { value: socket },
		}) as IncomingMessage;
		const data = {
			...additionalData(workflow, helper),
			httpRequest: parsed,
			httpResponse: response,
		};
		const context = new WebhookContext(
			workflow,
			published,
			data,
			'webhook',
			webhookData(workflow, description),
			[],
			null,
		);
		try {
			const { noWebhookResponse, workflowData } =
				(await nodeType?.webhook?.call(watched<IWebhookFunctions>(context, log))) ?? {};
			if (noWebhookResponse !== true) throw new Error('n8n would answer a second time');
			if (workflowData) {
				executions.push(workflowData.map((items) => items.map(({ json }) => json)));
			}
		} catch (error) {
			thrown.push(error);
			response.end();
		}
	}

	const underWay = new Set<Promise<void>>();
	const server = createServer((request, response) => {
		const answering = answer(request, response).finally(() => underWay.delete(answering));
		underWay.add(answering);
	});
	// however slow the machine is, a client never meets the end of a connection that it takes for a kept one
	server.keepAliveTimeout = 0;
	server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/open-my-mailbox`,
		executions,
		log,
		thrown,
		credentials,
		async settled() {
			await Promise.all(underWay);
		},
		async stop() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

let workflows = 0;

async function publish(nodeType: INodeType, context: () => HookContext): Promise<void> {
	const methods = nodeType.webhookMethods?.default;
	if ((await methods?.checkExists.call(context())) !== true) await methods?.create.call(context());
}

function webhookData(workflow: Workflow, webhookDescription: IWebhookDescription): IWebhookData {
	return {
		httpMethod: 'GET',
		node: 'Access links',
		path: 'open-my-mailbox',
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: {} as IWebhookData['workflowExecuteAdditionalData'],
	};
}

/** The context with a log that can be read. */
function watched<Context extends object>(context: Context, log: string[]): Context {
	const write = (message: string): void => void log.push(message);
	Object.defineProperty(context, 'logger', {
		value: { error: write, warn: write, info: write, debug: write },
	});
	return context;
}

/** As Express reads a query: `t[]` and a name that comes twice make a list, and `t[x]` makes an object. */
function queryOf(searchParams: URLSearchParams): IDataObject {
	const query: IDataObject = {};
	for (const key of new Set(searchParams.keys())) {
		const values = searchParams.getAll(key);
		const [, name = key, inner] = /^([^[]+)\[(.*)\]$/.exec(key) ?? [];
		if (inner !== undefined && /\D/.test(inner)) query[name] = { [inner]: values[0] };
		else query[name] = inner !== undefined || values.length > 1 ? values : values[0];
	}
	return query;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	if (text === '') return undefined;
	return request.headers['content-type']?.startsWith('application/json')
		? (JSON.parse(text) as unknown)
		: queryOf(new URLSearchParams(text));
}
