import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY } from '../../nodes/shared/n8n/parameters';
import type { Job } from './jobs';

/** A node of the workflow. */
export interface Step {
	/** Name of the node type, as n8n knows it. */
	name: string;
	typeVersion: number;
	type: INodeType;
	parameters: INodeParameters;
}

/** The nodes that do what a job is about, in the order in which they are connected. */
export function stepsOf({ variant, task, concurrency, world, distant }: Job): Step[] {
	const steps = {
		undici: () => ownNodes(concurrency),
		helper: () => ownNodes(concurrency),
		httpRequest: () => httpRequests(distant, {}),
		httpRequestBatched: () =>
			httpRequests(distant, {
				batching: { batch: { batchSize: DEFAULT_CONCURRENCY, batchInterval: world.batchInterval } },
			}),
		nothing: readers,
		pool: () => [],
	}[variant]();
	return task === 'session' ? steps.slice(0, 1) : steps;
}

/** As somebody would set them up who has a list of mailboxes: both fields are expressions. */
function ownNodes(concurrency: number | undefined): Step[] {
	return [
		{
			name: 'n8n-nodes-cpanel-session.cpanelSession',
			typeVersion: 1,
			type: built('CpanelSession'),
			parameters: {
				domain: { __rl: true, mode: 'name', value: '={{ $json.domain }}' },
				login: { __rl: true, mode: 'name', value: '={{ $json.login }}' },
				options: concurrency === undefined ? {} : { maxConcurrency: concurrency },
			},
		},
		{
			name: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
			typeVersion: 1,
			type: built('CpanelWebmailLogin'),
			parameters: { options: { allowUnauthorizedCerts: true } },
		},
	];
}

function built(name: string): INodeType {
	const path = `../../dist/nodes/${name}/${name}.node.js`;
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(path) as Record<string, new () => INodeType>;
	const type = module[name];
	if (type === undefined) throw new Error(`${path} holds no ${name}`);
	return new type();
}

/** The same calls with n8n's own node, set up as they have to be to find the session and the cookie. */
function httpRequests(host: string, options: INodeParameters): Step[] {
	const typeVersion = 4.4;
	const step = (parameters: INodeParameters, more: INodeParameters): Step => ({
		name: 'n8n-nodes-base.httpRequest',
		typeVersion,
		type: httpRequestNode(typeVersion),
		parameters: { ...parameters, options: { allowUnauthorizedCerts: true, ...options, ...more } },
	});
	return [
		step(
			{
				url: `https://${host}:2083/execute/Session/create_webmail_session_for_mail_user`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'cpanelApi',
				sendQuery: true,
				queryParameters: {
					parameters: [
						{ name: 'domain', value: '={{ $json.domain }}' },
						{ name: 'login', value: '={{ $json.login }}' },
					],
				},
			},
			{},
		),
		step(
			{
				method: 'POST',
				url: `=https://${host}:2096{{ $json.data.token }}/login`,
				sendBody: true,
				contentType: 'form-urlencoded',
				bodyParameters: { parameters: [{ name: 'session', value: '={{ $json.data.session }}' }] },
			},
			{
				redirect: { redirect: { followRedirects: false } },
				response: { response: { fullResponse: true, neverError: true, responseFormat: 'text' } },
			},
		),
	];
}

function httpRequestNode(version: number): INodeType {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { HttpRequest } = require('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node') as {
		HttpRequest: new () => { getNodeType(version: number): INodeType };
	};
	return new HttpRequest().getNodeType(version);
}

/**
 * What the engine itself costs: reads the fields that hold expressions, as the other nodes of the same step do,
 * sends nothing, and hands its items on.
 */
function readers(): Step[] {
	const reader = (name: string, parameters: Record<string, string>): Step => ({
		name: `bench.${name}`,
		typeVersion: 1,
		parameters,
		type: {
			description: {
				displayName: 'Reader',
				name,
				group: ['transform'],
				version: 1,
				description: 'Reads its fields',
				defaults: { name: 'Reader' },
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main],
				properties: Object.keys(parameters).map((field) => ({
					displayName: field,
					name: field,
					type: 'string',
					default: '',
				})),
			},
			async execute() {
				return [
					this.getInputData().map((_, item) => {
						const read = (field: string): [string, unknown] => [
							field,
							this.getNodeParameter(field, item),
						];
						const json = Object.fromEntries(Object.keys(parameters).map(read)) as IDataObject;
						return { json, pairedItem: { item } };
					}),
				];
			},
		},
	});
	return [
		reader('mailbox', { domain: '={{ $json.domain }}', login: '={{ $json.login }}' }),
		reader('session', {
			host: '={{ $json.domain }}',
			token: '={{ $json.login }}',
			session: '={{ $json.login }}',
		}),
	];
}
