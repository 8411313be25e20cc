import { Readable } from 'node:stream';

import get from 'lodash/get';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';

/** What a node did with its parameters. */
export type Outcome =
	| { refused: NodeOperationError | NodeApiError; requests: IHttpRequestOptions[] }
	| { output: unknown; requests: IHttpRequestOptions[] };

/** What a node is run with; the parameters and the credential as expressions would leave them. */
export interface Run {
	node: INodeType;
	parameters: Record<string, unknown>;
	credential: Record<string, unknown>;
}

/** Runs a node for one item, without n8n and without a network: every server answers what it should. */
export async function runNode({ node, parameters, credential }: Run): Promise<Outcome> {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({
			id: '1',
			name: 'Node',
			type: 'x',
			typeVersion: 1,
			position: [0, 0],
			parameters,
		}),
		getInputData: () => [{ json: {} }],
		continueOnFail: () => false,
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: () => {},
		getCredentials: async () => credential,
		getNodeParameter(
			name: string,
			_item: number,
			fallback: unknown,
			{ extractValue = false } = {},
		) {
			const value: unknown = get(parameters, name, fallback);
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			return extractValue && isLocator && 'value' in value ? value.value : value;
		},
		helpers: {
			async httpRequest(options: IHttpRequestOptions) {
				requests.push(options);
				return answerTo(new URL(options.url));
			},
			prepareBinaryData: async (file: Buffer) => ({ data: file.toString('base64') }),
		},
	} as unknown as IExecuteFunctions;
	try {
		return { output: await node.execute?.call(context), requests };
	} catch (error) {
		if (error instanceof NodeOperationError || error instanceof NodeApiError) {
			return { refused: error, requests };
		}
		throw error;
	}
}

const TOKEN = '/cpsess0123456789';

function answerTo({ pathname }: URL): unknown {
	const [, token = TOKEN] = /^(\/cpsess\d+)\//.exec(pathname) ?? [];
	if (/^\/login\/?$/.test(pathname)) {
		return answer(200, JSON.stringify({ status: 1, security_token: TOKEN }), {
			'set-cookie': ['cpsession=alice%3aabc; path=/'],
		});
	}
	if (/\/log(in|out)\/?$/.test(pathname)) {
		return answer(307, '', {
			location: `${token}/webmail/index.html`,
			'set-cookie': ['webmailsession=anna%3aabc; path=/', 'cpsession=alice%3aabc; path=/'],
		});
	}
	const session = { session: 'anna:abc', token: TOKEN, hostname: null };
	const whmSession = { session: 'alice:abc', cp_security_token: TOKEN };
	const data = pathname.endsWith('create_temp_user')
		? { created: 1, session_temp_user: 'cpses_abc' }
		: session;
	const uapi = { status: 1, data, errors: null, messages: null, metadata: {}, warnings: null };
	if (!pathname.startsWith('/json-api/')) return answer(200, JSON.stringify(uapi));
	return answer(
		200,
		JSON.stringify({ metadata: { result: 1 }, data: { uapi, user: 'alice', ...whmSession } }),
	);
}

function answer(statusCode: number, body: string, headers: Record<string, unknown> = {}): unknown {
	const contentType = { 'content-type': 'application/json' };
	return {
		statusCode,
		headers: { ...contentType, ...headers },
		body: Readable.from([Buffer.from(body)]),
	};
}
