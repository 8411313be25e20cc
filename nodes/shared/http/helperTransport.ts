import type { IHttpRequestOptions } from 'n8n-workflow';

import { exchangeLimits } from './exchangeLimits';
import type { HttpRequest, HttpResponse, HttpTransport } from './HttpTransport';
import { decodeText, readBody } from './readBody';
import type { BodyStream } from './readBody';
import { readHead } from './readHead';
import type { ReceivedHeaders } from './readHead';

/** The one function of n8n's request helpers that is used. */
export interface HttpHelper {
	httpRequest(options: IHttpRequestOptions): Promise<unknown>;
}

export interface HelperTransportOptions {
	allowUnauthorizedCerts: boolean;
	cancelSignal?: AbortSignal;
}

interface FullResponse {
	statusCode: number;
	headers: ReceivedHeaders;
	body: BodyStream;
}

/**
 * The transport that works in every n8n: its own HTTP helper, with the instance's proxy and egress
 * policy. It opens a connection for each request.
 *
 * The body is taken as a stream: that is the only way to hold this helper to a size and to a deadline
 * that covers the body. Without `ignoreHttpStatusErrors` it would throw on a redirect.
 */
export function createHelperTransport(
	helper: HttpHelper,
	options: HelperTransportOptions,
): HttpTransport {
	return {
		async send(request: HttpRequest): Promise<HttpResponse> {
			const { host } = new URL(request.url);
			const exchange = exchangeLimits(request, host, options.cancelSignal);
			const signal = eitherOf(exchange.deadline, options.cancelSignal);
			try {
				const response = (await helper.httpRequest({
					method: request.method,
					url: request.url,
					headers: { ...request.headers },
					body: request.form,
					timeout: request.timeout,
					encoding: 'stream',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					sendCredentialsOnCrossOriginRedirect: false,
					skipSslCertificateValidation: options.allowUnauthorizedCerts,
					abortSignal: signal,
				})) as FullResponse;
				return {
					status: response.statusCode,
					...readHead(response.headers),
					body: decodeText(await readBody(response.body, host, signal)),
				};
			} catch (error) {
				throw exchange.explain(error);
			}
		},
		async close() {},
	};
}

function eitherOf(deadline: AbortSignal, cancelSignal: AbortSignal | undefined): AbortSignal {
	return cancelSignal === undefined ? deadline : AbortSignal.any([deadline, cancelSignal]);
}
