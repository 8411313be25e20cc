import type { IHttpRequestOptions } from 'n8n-workflow';

import type { HttpHelper } from './helperTransport';

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
