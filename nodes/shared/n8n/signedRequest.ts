import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Host } from '../cpanel/input/host';
import { parseUrl } from '../cpanel/input/url';
import { badInput } from '../errors';

/** Whose headers a request is signed with. */
interface Signer {
	server: Host;
	allowUnauthorizedCerts: boolean;
	/** Whose credential it is, for a message. */
	of: 'cPanel' | 'WHM';
	/** What the paths of its API start with, for a message. */
	paths: string;
}

/** The HTTP Request node uses an older function of n8n's, which has other names for the same. */
type Request = IHttpRequestOptions & { uri?: string };

/**
 * A request of n8n's with the headers of a credential. They go to the credential's own server, over TLS, and nowhere
 * else: a request to another origin is refused, and a redirect ends with the answer that it is. A path without a
 * server is completed with the credential's own.
 *
 * @param headers made only where they are sent
 * @throws {CpanelError} of kind `input` for a request to another origin: another host, port or scheme
 */
export function signedRequest(
	request: Request,
	{ server, allowUnauthorizedCerts, of, paths }: Signer,
	headers: () => Record<string, string>,
): IHttpRequestOptions {
	// the parser leaves out the port where it is that of https
	const own = new URL(server.origin).origin;
	if (targetOf(request, server)?.origin !== own) {
		throw badInput(
			`The request goes to a different server than the one in the ${of} credential`,
			`n8n sends this credential only to its own server, over TLS. Use an address that starts with ${own}${paths}, or a credential for the other server.`,
		);
	}
	return {
		...request,
		...(isPath(request) && { baseURL: server.origin }),
		...(allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
		headers: { ...request.headers, ...headers() },
		...NO_REDIRECT,
	};
}

/** In the words of both functions of n8n's: where a redirect leads, nobody has looked yet. */
const NO_REDIRECT = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** Where a request goes; undefined for an address that is none. */
function targetOf(request: Request, server: Host): URL | undefined {
	const base = isPath(request) ? server.origin : request.baseURL;
	const address = addressOf(request);
	return parseUrl(address, base);
}

function isPath(request: Request): boolean {
	return addressOf(request).startsWith('/') && !request.baseURL;
}

function addressOf(request: Request): string {
	return request.url ?? request.uri ?? '';
}
