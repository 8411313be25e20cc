import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { toItemText } from '../../shared/n8n/nodeErrors';
import { refusalPage } from '../page/pages';
import { discardUploads, readRequest, sendAnswer } from './exchange';
import type { LinkRequest, RawRequest, ResponseWriter } from './exchange';
import { createLinkContext } from './linkContext';
import { IncidentLog } from './IncidentLog';
import { readerOf, serveLink } from './serveLink';
import type { Served } from './serveLink';
import { BUILT_IN_PAGE } from './settings';

/**
 * Answers a request to the trigger's address, and tells n8n what to start. Whatever happens, the browser gets a page:
 * n8n would show people JSON for what is thrown here, and answer a second time what was answered already.
 */
export async function answerRequest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const raw = context.getRequestObject() as RawRequest;
	discardUploads(raw);
	const request = readRequest(raw);
	const response = context.getResponseObject() as ResponseWriter;
	const { served, close } = await serve(request, context);
	sendAnswer(response, request.method, served.answer);
	await close?.();
	return toWorkflow(served);
}

/** Never rejects. */
async function serve(
	request: LinkRequest,
	context: IWebhookFunctions,
): Promise<{ served: Served; close?: () => Promise<void> }> {
	try {
		const linkContext = await createLinkContext(context);
		return { served: await serveLink(request, linkContext), close: linkContext.close };
	} catch (error) {
		return { served: unserved(error, request, context) };
	}
}

/** Over all requests of this process. */
const log = new IncidentLog();

/** For a trigger that can check no link: nothing is known of who asks, and nothing is started. The log tells why. */
function unserved(error: unknown, request: LinkRequest, context: IWebhookFunctions): Served {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const incident = log.note(trigger, (code, count) => {
		context.logger.error(`Access links cannot be served (${code}): ${toItemText(error)}${count}`);
	});
	const reader = readerOf(request, { page: BUILT_IN_PAGE, timeZone: context.getTimezone() });
	const page = refusalPage('unavailable', BUILT_IN_PAGE, reader, { incident });
	return { answer: { status: 500, page } };
}

/** One execution for a click, at the output it belongs to; none for a look. */
function toWorkflow({ opened, notOpened }: Served): IWebhookResponseData {
	if (opened === undefined && notOpened === undefined) return { noWebhookResponse: true };
	const outputs = [opened, notOpened];
	return {
		noWebhookResponse: true,
		workflowData: outputs.map((json) => (json === undefined ? [] : [{ json }])),
	};
}
