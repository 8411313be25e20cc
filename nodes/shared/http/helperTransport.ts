import type { IHttpRequestOptions } from 'n8n-workflow';

import { exchangeLimits, untilAborted } from './exchangeLimits';
import { HttpTransportError } from './HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport } from './HttpTransport';
import { decodeText, hasNoBody, notAnAnswer, readBody, readHead } from './readResponse';
import type { BodyStream, ReceivedHeaders } from './readResponse';

/** The one function of n8n's request helpers that is used. */
export interface HttpHelper {
	httpRequest(options: IHttpRequestOptions): Promise<unknown>;
}

interface HelperTransportOptions {
	allowUnauthorizedCerts: boolean;
	cancelSignal?: AbortSignal;
}

interface FullResponse {
	statusCode: number;
	headers: ReceivedHeaders;
	body: BodyStream;
	/** Of the client that n8n uses, where it is known: an answer over TLS has an encrypted socket. */
	socket?: { encrypted?: boolean } | null;
}

/**
 * The transport that works in every n8n: its own HTTP helper, with the instance's proxy and egress
 * policy. It opens a connection for each request.
 *
 * The body is taken as a stream: that is the only way to hold this helper to a size and to a deadline
 * that covers the body.
 */
export function createHelperTransport(
	helper: HttpHelper,
	{ allowUnauthorizedCerts, cancelSignal }: HelperTransportOptions,
): HttpTransport {
	return {
		async send(request: HttpRequest): Promise<HttpResponse> {
			const { host } = new URL(request.url);
			const exchange = exchangeLimits(request.timeout, host, cancelSignal);
			const signal = AbortSignal.any([exchange.deadline, cancelSignal ?? []].flat());
			try {
				const answering = ask(helper, {
					method: request.method,
					url: request.url,
					headers: { ...request.headers },
					body: request.form,
					timeout: request.timeout,
					encoding: 'stream',
					returnFullResponse: true,
					disableFollowRedirect: true,
					sendCredentialsOnCrossOriginRedirect: false,
					skipSslCertificateValidation: allowUnauthorizedCerts,
					abortSignal: signal,
				});
				// the helper looks at the signal once it has a connection to open; n8n's policy is asked before that
				const { statusCode: status, headers, body, socket } = await untilAborted(answering, signal);
				const broken = comesFromProxy(socket)
					? new HttpTransportError('proxy', host, String(status))
					: notAnAnswer(status, host);
				if (broken !== undefined) {
					body.destroy?.();
					throw broken;
				}
				const bytes = await readBody(body, host, signal);
				return {
					status,
					...readHead(headers),
					body: hasNoBody(status) ? '' : decodeText(bytes),
				};
			} catch (error) {
				throw exchange.explain(error);
			}
		},
		async close() {},
	};
}

/** n8n's request helpers as those know them that can tell the instance's policy, since n8n 2.30. */
interface NewerHelpers {
	getSecureEgressFilter?: unknown;
}

/**
 * Statuses with which a proxy refuses to open a way. n8n's helper hands such a refusal on as if it were the server's.
 * The difference is in the socket, which the helper shows with a status that it takes for a failure, and not otherwise.
 */
const OF_PROXIES = [400, 403, 404, 405, 407, 429, 500, 501, 502, 503, 504, 511];

/** Asks the helper, for any status: what it takes for a failure is an answer as well. */
async function ask(
	helper: HttpHelper & NewerHelpers,
	request: IHttpRequestOptions,
): Promise<FullResponse> {
	// before n8n 2.30 there is no list of statuses: all of them are asked for as failures then
	const ignoreHttpStatusErrors =
		'getSecureEgressFilter' in helper
			? ({ ignore: true, except: OF_PROXIES } as unknown as boolean)
			: undefined;
	const answering = helper.httpRequest({ ...request, ignoreHttpStatusErrors });
	return (await answering.catch((error: unknown) => {
		const answer = answerOn(error);
		if (answer === undefined) throw error;
		return answer;
	})) as FullResponse;
}

/** The answer that hangs on the error that the helper makes of its status. */
function answerOn(error: unknown): FullResponse | undefined {
	const { response } = error as { response?: Record<string, unknown> };
	if (typeof response?.status !== 'number' || response.data === undefined) return undefined;
	const { socket } = (response.request ?? {}) as Pick<FullResponse, 'socket'>;
	return {
		statusCode: response.status,
		headers: response.headers as ReceivedHeaders,
		body: response.data as BodyStream,
		socket,
	};
}

/** What came without TLS came from a proxy: the server is asked over TLS only. */
function comesFromProxy(socket: FullResponse['socket']): boolean {
	return socket !== undefined && socket !== null && socket.encrypted !== true;
}

/**
 * What n8n hands to the test of a credential: its older request function, and no other (the same in n8n 2.8 and in
 * 2.41). It takes other names for the same options.
 */
export interface LegacyHelper {
	request(options: object): Promise<unknown>;
}

/** The full response of the older function; the request is that of the client it uses. */
interface LegacyResponse {
	request?: { socket?: { encrypted?: boolean } | null };
}

/**
 * Puts n8n's older request function behind the newer one's interface, as far as the helper transport uses that. It
 * knows no signal: what is given up runs on until its timeout, and nobody waits for it.
 */
export function helperOf(legacy: LegacyHelper): HttpHelper {
	return {
		async httpRequest(options) {
			const response = (await legacy.request(legacyOptions(options))) as LegacyResponse;
			return { ...response, socket: response.request?.socket };
		},
	};
}

function legacyOptions(options: IHttpRequestOptions): object {
	const { body } = options;
	const isForm = body instanceof URLSearchParams;
	return {
		method: options.method,
		uri: options.url,
		headers: {
			...options.headers,
			...(isForm && { 'content-type': 'application/x-www-form-urlencoded' }),
		},
		...(isForm && { body: body.toString() }),
		timeout: options.timeout,
		useStream: true,
		resolveWithFullResponse: true,
		// every status is an answer
		simple: false,
		followRedirect: false,
		followAllRedirects: false,
		sendCredentialsOnCrossOriginRedirect: false,
		// where the name is there, n8n puts an error without its code in place of that for a certificate
		...(options.skipSslCertificateValidation === true && { rejectUnauthorized: false }),
	};
}
