import type { INode } from 'n8n-workflow';

import { unchosen } from '../harness/steps';
import type { WorkflowFile } from '../harness/workflowFile';

const SESSION = 'n8n-nodes-cpanel-session.cpanelSession';
const LOGIN = 'n8n-nodes-cpanel-session.cpanelWebmailLogin';

/** A workflow that makes a session whenever it is called, and answers with the page of Create Page. */
export function clickTimePage(path: string, method: 'get' | 'post'): WorkflowFile {
	const nodes: Array<Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>> = [
		{
			name: 'Called',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: path,
			parameters: { path, responseMode: 'responseNode' },
		},
		{
			name: 'Session',
			type: SESSION,
			credentials: unchosen,
			parameters: {
				login: { __rl: true, mode: 'name', value: 'anna@example.com' },
				options: { remoteAddress: "={{ $json.headers['x-forwarded-for'] }}" },
			},
		},
		{ name: 'Page', type: LOGIN, parameters: { operation: 'createPage', method } },
		{
			name: 'Answer',
			type: 'n8n-nodes-base.respondToWebhook',
			typeVersion: 1.4,
			parameters: {
				respondWith: 'text',
				responseBody: '={{ $json.html }}',
				options: {
					responseHeaders: {
						entries: [
							{ name: 'content-type', value: 'text/html; charset=utf-8' },
							{ name: 'cache-control', value: 'no-store' },
						],
					},
				},
			},
		},
	];
	return {
		name: `Click-time page by ${method}`,
		nodes: nodes.map((node, column) => ({
			id: node.name,
			typeVersion: 1,
			position: [column * 220, 0],
			...node,
		})),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index]?.name ?? '',
					{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}
