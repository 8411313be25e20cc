import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Host } from '../cpanel/input/host';

type Rule = IAuthenticateRuleResponseSuccessBody;

/**
 * What the request of a credential test has in common. HTTP errors are left to the rules: n8n would send a request
 * that is answered with 401 a second time, and cPanel counts each of them towards a lock-out.
 */
export const testedOnce = {
	headers: { Accept: 'application/json' },
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	timeout: 30_000,
};

/** n8n fails the test where the field of the answer has the value. A page is a string. */
export function failsWhere(key: string, value: unknown, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** Fails the test for a page in place of data. */
export function failsForPages(message: string): Rule {
	return failsWhere('constructor.name', 'String', message);
}

/** Fails the test where one of the fields is 0, as a number or as a text. */
export function failsForZero(keys: string[], message: string): Rule[] {
	return keys.flatMap((key) => [0, '0'].map((value) => failsWhere(key, value, message)));
}

interface Signer {
	server: Host;
	allowUnauthorizedCerts: boolean;
}

/**
 * A request of n8n's with the headers of a credential. A path without a server is completed with the credential's
 * own server.
 */
export function signedRequest(
	request: IHttpRequestOptions,
	{ server, allowUnauthorizedCerts }: Signer,
	headers: Record<string, string>,
): IHttpRequestOptions {
	return {
		...request,
		...(isPath(request) && { baseURL: server.origin }),
		...(allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
		headers: { ...request.headers, ...headers },
	};
}

/** Where a request goes; undefined for an address that is none. */
export function targetOf(request: IHttpRequestOptions, server: Host): URL | undefined {
	const base = isPath(request) ? server.origin : request.baseURL;
	const address = addressOf(request);
	return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

function isPath(request: IHttpRequestOptions): boolean {
	return addressOf(request).startsWith('/') && !request.baseURL;
}

/** The HTTP Request node has its address in `uri`. */
function addressOf(request: IHttpRequestOptions & { uri?: string }): string {
	return request.url ?? request.uri ?? '';
}
