import get from 'lodash/get';
import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions } from 'n8n-workflow';

import { fields } from '../../../nodes/CpanelWebmailLogin/trigger/fields';
import { readAccessPage, readSettings } from '../../../nodes/CpanelWebmailLogin/trigger/settings';
import { formParameters } from '../../../nodes/shared/n8n/parameters';
import type { Outcome, Run } from './fakeNode';

/** Publishes a trigger, without n8n: what it is set to then is what comes out. */
export async function publishTrigger({ node, parameters, credential }: Run): Promise<Outcome> {
	const context = {
		getNode: () => ({
			id: '1',
			name: 'Trigger',
			type: 'x',
			typeVersion: 1,
			position: [0, 0],
			parameters,
		}),
		getNodeParameter: (name: string, fallback: unknown): unknown => get(parameters, name, fallback),
		getCredentials: async (type: string) => (type === 'cpanelAccessLinkApi' ? LINKS : credential),
		logger: { warn: () => {} },
	} as unknown as IHookFunctions;
	try {
		await node.webhookMethods?.default?.create.call(context);
	} catch (error) {
		if (error instanceof NodeOperationError) return { refused: error, requests: [] };
		throw error;
	}
	return { output: settingsOf(context), requests: [] };
}

const LINKS = {
	address: 'https://n8n.example.com/webhook/links',
	secret: 'kMw3tTqz8fVb2nXc7rLd5yHs9pGj4aEu',
};

/** A request through a proxy that names the visitor. */
const ORIGIN = { peer: '10.0.0.1', headers: { 'x-real-ip': '203.0.113.7' } };

function settingsOf(context: IHookFunctions): unknown {
	const item = formParameters(context, fields);
	const settings = readSettings(item);
	const { allowedDomains, refused } = settings;
	return {
		...settings,
		allowedDomains: [...allowedDomains],
		refused: [...refused.linkIds, ...refused.mailboxes],
		visitor: settings.visitorOf(ORIGIN),
		page: readAccessPage(item),
	};
}
