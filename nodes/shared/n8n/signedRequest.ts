import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Host } from '../cpanel/input/host';
import { parseUrl } from '../cpanel/input/host';
import { isRecord } from '../cpanel/response/json';
import { badInput } from '../errors';
import type { CpanelError } from '../errors';

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
type Request = IHttpRequestOptions & {
	uri?: unknown;
	rejectUnauthorized?: unknown;
	agentOptions?: unknown;
};

/** What says nothing about where a request goes, and through what: what is asked, and how the answer comes back. */
const HARMLESS = [
	'method',
	'qs',
	'arrayFormat',
	'qsStringifyOptions',
	'useQuerystring',
	'body',
	'form',
	'formData',
	'json',
	'gzip',
	'encoding',
	'useStream',
	'timeout',
	'abortSignal',
	'simple',
	'ignoreHttpStatusErrors',
	'resolveWithFullResponse',
	'returnFullResponse',
	'allowedDomains',
];

/** What a signed request has in any case in the words of this module, whatever it came with. */
const DECIDED = [
	'url',
	'uri',
	'baseURL',
	'headers',
	'agentOptions',
	'rejectUnauthorized',
	'skipSslCertificateValidation',
	'disableFollowRedirect',
	'followRedirect',
	'followAllRedirects',
	'maxRedirects',
	'sendCredentialsOnCrossOriginRedirect',
];

/** CONNECT opens a way to another server, and TRACE has the server repeat the headers. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** With these a client proves who it is. All other TLS options are about whom it trusts. */
const CLIENT_CERTIFICATE = ['cert', 'key', 'passphrase'];

/** In the words of both functions of n8n's: where a redirect leads, nobody has looked yet. */
const NO_REDIRECT = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
};

/**
 * A request of n8n's with the headers of a credential. They go to the credential's own server, over TLS, and nowhere
 * else: a redirect ends with the answer that it is, and the credential alone says whether the certificate is checked.
 * A path without a server is completed with the credential's own. Whatever else a workflow can set is carried along
 * only if it is known to show the headers to nobody.
 *
 * @param headers made only where they are sent
 * @throws {CpanelError} of kind `input` for another origin, and for what the request must not bring, by its name
 */
export function signedRequest(
	request: Request,
	signer: Signer,
	headers: () => Record<string, string>,
): IHttpRequestOptions {
	const url = targetOf(request, signer);
	checkCertificateSwitch(request, signer);
	const agentOptions = clientCertificateOf(request);
	const { method } = request;
	if (!isMissing(method) && !METHODS.includes(String(method).toUpperCase())) {
		throw badInput(
			`A request with the ${signer.of} credential cannot have this method`,
			`Choose one of ${METHODS.join(', ')}.`,
		);
	}
	const given = Object.entries(request).filter(([, value]) => !isMissing(value));
	const unknown = given.find(([name]) => !HARMLESS.includes(name) && !DECIDED.includes(name));
	if (unknown !== undefined) throw notCarried(unknown[0], signer);
	const carried = Object.fromEntries(given.filter(([name]) => HARMLESS.includes(name)));
	const own = headersOf(request, url, signer);
	const signature = headers();
	return {
		...carried,
		// what was looked at is what is sent: both functions read this name first
		url: url.href,
		...(agentOptions && { agentOptions }),
		// each function of n8n's has its own name for the switch
		rejectUnauthorized: !signer.allowUnauthorizedCerts,
		skipSslCertificateValidation: signer.allowUnauthorizedCerts,
		headers: { ...without(own, Object.keys(signature)), ...signature },
		...NO_REDIRECT,
	} as IHttpRequestOptions;
}

/** n8n leaves a field that nobody filled out, or hands it on empty. */
function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Where a request goes, as both functions of n8n's find it. */
function targetOf({ url, uri, baseURL }: Request, { server, of, paths }: Signer): URL {
	// the parser leaves out the port where it is that of https
	const own = new URL(server.origin).origin;
	const address: unknown = url ?? uri;
	const text = address instanceof URL ? address.href : address;
	const base = isMissing(baseURL) ? undefined : String(baseURL);
	const isPath = typeof text === 'string' && text.startsWith('/') && base === undefined;
	const target = typeof text === 'string' ? parseUrl(text, isPath ? own : base) : undefined;
	if (target?.origin !== own) {
		throw badInput(
			`The request goes to a different server than the one in the ${of} credential`,
			`n8n sends this credential only to its own server, over TLS. Use an address that starts with ${own}${paths}, or a credential for the other server.`,
		);
	}
	if (target.username !== '' || target.password !== '') {
		throw badInput(
			'The address of the request holds a user name or a password',
			`The ${of} credential signs the request. Leave out what stands before the @.`,
		);
	}
	return target;
}

/** The workflow may ask for more checking than the credential, and not for less. */
function checkCertificateSwitch(request: Request, { allowUnauthorizedCerts, of }: Signer): void {
	const { rejectUnauthorized, skipSslCertificateValidation } = request;
	const checks =
		(isMissing(rejectUnauthorized) || rejectUnauthorized === true) &&
		(isMissing(skipSslCertificateValidation) || skipSslCertificateValidation === false);
	if (checks || allowUnauthorizedCerts) return;
	throw badInput(
		`The request ignores SSL issues, and the ${of} credential does not`,
		`Anybody on the way could read the credential then. Switch “Ignore SSL Issues” off in this node. If the certificate of the server cannot be checked, decide that in the credential.`,
	);
}

function clientCertificateOf({ agentOptions }: Request): Record<string, unknown> | undefined {
	if (isMissing(agentOptions)) return undefined;
	const options = isRecord(agentOptions) ? agentOptions : { agentOptions };
	const given = Object.entries(options).filter(([, value]) => !isMissing(value));
	const other = given.find(([name]) => !CLIENT_CERTIFICATE.includes(name));
	if (other === undefined) return Object.fromEntries(given);
	throw badInput(
		`The request brings a TLS option of its own: “${other[0]}”`,
		'It could let somebody else pass for the server and read the credential. Remove it from the SSL certificates of this node. A client certificate with its key may stay.',
	);
}

function notCarried(name: string, { of }: Signer): CpanelError {
	if (name === 'proxy') {
		return badInput(
			'The request brings a proxy of its own',
			`A proxy that a workflow chooses could read the ${of} credential. Remove “Proxy” from the options of this node. The proxy that n8n itself is set to stays in use.`,
		);
	}
	if (name === 'auth') {
		return badInput(
			'The request signs in a second time',
			`The ${of} credential signs it already. Remove the other authentication from this node.`,
		);
	}
	return badInput(
		`The request brings “${name}”, which a request with the ${of} credential cannot have`,
		'What is not known to keep the credential from others is not sent along. Remove it from this node.',
	);
}

/** A server that serves others as well sends a request on by its Host, wherever the certificate says it came. */
function headersOf({ headers }: Request, url: URL, { of }: Signer): Record<string, unknown> {
	const given = headers ?? {};
	const hosts = Object.entries(given).filter(([name]) => name.trim().toLowerCase() === 'host');
	if (
		hosts.every(
			([, host]) =>
				isMissing(host) || (typeof host === 'string' && host.toLowerCase() === url.host),
		)
	) {
		return without(given, ['host']);
	}
	throw badInput(
		'The request brings a header “Host” that names another server',
		`A server that several sites share would hand the ${of} credential to that one. Remove the header from this node.`,
	);
}

/** Names of headers have no case. */
function without(headers: Record<string, unknown>, names: string[]): Record<string, unknown> {
	const left = names.map((name) => name.toLowerCase());
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !left.includes(name.trim().toLowerCase())),
	);
}
