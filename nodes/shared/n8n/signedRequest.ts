import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Host } from '../cpanel/host';

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
