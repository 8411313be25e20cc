import get from 'lodash/get';
import type { IWebhookFunctions } from 'n8n-workflow';

import { fields } from '../../nodes/CpanelWebmailLogin/trigger/fields';
import { answerRequest } from '../../nodes/CpanelWebmailLogin/trigger/answerRequest';
import { LINK_SECRET, expiredToken, tokenOf } from '../contract/accessLinks/links';

const CREDENTIALS: Record<string, object> = {
	cpanelAccessLinkApi: { secret: LINK_SECRET },
	cpanelApi: { server: 'cpanel.example.com', username: 'alice', apiToken: 'T0KEN' },
};

interface Read {
	status: number;
	/** Types of the credentials, each as often as it was read. */
	credentials: string[];
	/** Names of the parameters before the first point, each once. */
	parameters: Set<string>;
}

/** Asks the trigger without n8n: its server is not reached, and what is read is counted. */
async function ask(method: string, token: string): Promise<Read> {
	const read: Read = { status: 0, credentials: [], parameters: new Set() };
	const values = Object.fromEntries(fields.map(({ name, default: value }) => [name, value]));
	const response = { statusCode: 0, setHeader: () => {}, end: () => {} };
	const query = method === 'POST' ? {} : { t: token };
	const body = method === 'POST' ? { t: token } : {};
	const context = {
		getRequestObject: () => ({ method, headers: {}, query, body }),
		getResponseObject: () => response,
		getNode: () => ({ id: 'trigger', name: 'Trigger' }),
		getWorkflow: () => ({ id: 'workflow' }),
		getTimezone: () => 'UTC',
		getNodeParameter(name: string, fallback: unknown): unknown {
			read.parameters.add(name.split('.')[0] ?? '');
			return get(values, name, fallback);
		},
		async getCredentials(type: string): Promise<object | undefined> {
			read.credentials.push(type);
			return CREDENTIALS[type];
		},
		helpers: {
			httpRequest: async () => await Promise.reject(new Error('no network')),
		},
		logger: { error: () => {}, warn: () => {} },
	} as unknown as IWebhookFunctions;
	await answerRequest(context);
	return { ...read, status: response.statusCode };
}

describe('a request to the trigger', () => {
	it.each(['GET', 'HEAD', 'POST'])(
		'with a forged token reads the secret and the page, and nothing else: %s',
		async (method) => {
			expect(await ask(method, 'forged')).toEqual({
				status: 403,
				credentials: ['cpanelAccessLinkApi'],
				parameters: new Set(['page']),
			});
		},
	);

	it.each([
		['a look', 'GET', tokenOf(), 200],
		['a look without a body', 'HEAD', tokenOf(), 200],
		['a look at an expired link', 'GET', expiredToken(), 410],
		['a click on an expired link', 'POST', expiredToken(), 410],
	])('that is %s never reads the cPanel credential', async (_case, method, token, status) => {
		const { parameters, ...read } = await ask(method, token);
		expect(read).toEqual({ status, credentials: ['cpanelAccessLinkApi'] });
		expect(parameters).not.toContain('authentication');
	});

	it('that is a click reads each credential once', async () => {
		const { status, credentials } = await ask('POST', tokenOf());
		expect(status).toBe(503);
		expect(credentials).toEqual(['cpanelAccessLinkApi', 'cpanelApi']);
	});
});
