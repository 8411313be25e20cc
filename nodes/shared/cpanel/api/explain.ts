import { CpanelError } from '../../errors';
import type { HttpTransportError } from '../../http/HttpTransport';
import { CPANEL_PORT, SERVICE_PORTS, WEBMAIL_PORT, WHM_PORT } from '../input/host';

/** What the user has set for the way to a server, so that no hint asks for it again. */
export interface ConnectionSettings {
	/** Deadline of each request, in milliseconds. */
	timeout: number;
	/** Where the user finds the switch that accepts unverified certificates, for a message. */
	certificateSwitch: string;
	/** Whether that switch is on. */
	ignoresCertificates?: boolean;
}

/** Says in words why no complete answer came, and what to do about it. */
export function explain(
	{ host, kind, code = '' }: HttpTransportError,
	settings: ConnectionSettings,
): CpanelError {
	const [message, hint] = EXPLANATIONS[kind](host, settings, code);
	return new CpanelError('connection', message, { hint });
}

type Explanation = (host: string, settings: ConnectionSettings, code: string) => [string, string];

const EXPLANATIONS: Record<HttpTransportError['kind'], Explanation> = {
	refused: (host) => [`No server accepts connections at ${host}`, checkReachable(host)],
	unreachable: (host) => [`n8n has no network route to ${host}`, checkReachable(host)],
	reset: (host) => [
		`The connection to ${host} closed before the response was complete`,
		'Run the item again. If it keeps happening, ask the hosting provider whether a firewall or a limit cuts connections.',
	],
	timeout: (host, { timeout }) => [
		`${host} did not send a complete response within ${inSeconds(timeout)}`,
		`Raise “Timeout” under “Options” if the server is slow. ${checkReachable(host)}`,
	],
	unknownHost: (host) => [
		`The host name of ${host} cannot be resolved`,
		'Check the spelling, and check that the machine that runs n8n can resolve the name.',
	],
	certificate: (host, settings, code) =>
		certificateRefused(host, settings, CERTIFICATE_FINDINGS[code]),
	notTls: (host) => [
		`${host} does not speak TLS in a way that n8n understands`,
		`Check the port: cPanel listens for TLS on ${CPANEL_PORT} and Webmail on ${WEBMAIL_PORT}; 2082 and 2095 are the unencrypted ports.`,
	],
	oldTls: (host) => [
		`${host} supports only TLS versions that are too old for n8n`,
		'No setting in n8n changes that. Ask the hosting provider to enable TLS 1.2 or newer.',
	],
	tlsRefused: (host) => [
		`${host} ended the TLS handshake`,
		'It may require a client certificate, not recognize the server name, or offer only ciphers that n8n does not use. Check the server name, and ask the hosting provider.',
	],
	notHttp: (host) => [
		`${host} sent a response that is not HTTP`,
		`Another service, such as a mail server, listens there. Check the port: ${SERVICE_PORTS}.`,
	],
	brokenHttp: (host) => [
		`${host} sent a response that violates HTTP`,
		'The response comes from a proxy, a firewall or another intermediary, and not from cPanel. Check the server and the port, then ask the hosting provider or the administrator of n8n’s network.',
	],
	largeHead: (host) => [
		`${host} sent headers that are larger than n8n accepts`,
		'An intermediary in front of cPanel may have added them. Ask the hosting provider.',
	],
	garbled: (host) => [
		`The response from ${host} is compressed in a way that n8n cannot decode`,
		'Run the item again. If it keeps happening, an intermediary between n8n and cPanel changes responses. Ask its administrator.',
	],
	mismatched: (host) => [
		`The response from ${host} could not be matched to its request`,
		'The server or an intermediary mixed up responses. This response may belong to another item, so the node discarded it and sent each of the following items over its own connection. Run this item again.',
	],
	proxy: (host, _state, code) => [
		`The proxy of this n8n instance refused to connect to ${host} (HTTP ${code})`,
		'The answer comes from the proxy that HTTPS_PROXY or ALL_PROXY names, and not from cPanel. Ask the administrator of the proxy to allow this host and port. HTTP 407 means that the proxy requires a user name and a password.',
	],
	proxyDown: (host) => [
		`n8n cannot connect to the proxy that leads to ${host}`,
		'Check the proxy that HTTPS_PROXY or ALL_PROXY names, or add the server to NO_PROXY.',
	],
	tooLarge: (host) => [
		`${host} sent more than 1 MiB, far more than a response from cPanel`,
		'Check that the server and port belong to cPanel.',
	],
	blocked: (host) => [
		`The network policy of this n8n instance does not allow connections to ${host}`,
		'Ask the administrator of this n8n instance to allow the address.',
	],
	cancelled: () => [
		'The execution was stopped before this item was finished',
		'Run the workflow again.',
	],
	unknown: (host) => [`The request to ${host} did not complete`, checkReachable(host)],
};

const CHECK_REACHABLE = `Check the server name and port, and check that firewalls allow connections from n8n. Many hosts close ports 2082 to ${WEBMAIL_PORT} to unknown addresses.`;

/** The name that a service has on port 443, where a provider has closed its own port (protocol.md, 3). */
const SUBDOMAINS: Record<string, string> = {
	[CPANEL_PORT]: 'cpanel',
	[WHM_PORT]: 'whm',
	[WEBMAIL_PORT]: 'webmail',
};

/** Where the port of a service is closed, the service may still be reached through a web server. */
function checkReachable(host: string): string {
	const subdomain = SUBDOMAINS[new URL(`https://${host}`).port];
	return subdomain === undefined
		? CHECK_REACHABLE
		: `${CHECK_REACHABLE} If these ports are closed, the same service is often available on port 443: try ${subdomain}.example.com:443, with your domain.`;
}

function certificateRefused(
	host: string,
	{ certificateSwitch, ignoresCertificates }: ConnectionSettings,
	finding = 'it could not be verified',
): [string, string] {
	const message = `The certificate of ${host} was refused: ${finding}`;
	const remedy =
		'Use the name that the certificate was issued for, or install a valid certificate on the server.';
	return ignoresCertificates === true
		? [
				`${message}, although “Ignore SSL Issues” is on`,
				`${remedy} Older versions of n8n ignore the switch for connections through a proxy. Update n8n, or ask its administrator to exclude this server from the proxy (NO_PROXY).`,
			]
		: [
				message,
				`${remedy} For a server you trust, turn on “Ignore SSL Issues” ${certificateSwitch}.`,
			];
}

function inSeconds(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

const CERTIFICATE_FINDINGS: Record<string, string> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a self-signed certificate',
	CERT_HAS_EXPIRED: 'it has expired',
	CERT_NOT_YET_VALID: 'it is not valid yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another name',
	HOSTNAME_MISMATCH: 'it was issued for another name',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is unknown',
	UNABLE_TO_GET_ISSUER_CERT: 'its issuer is unknown',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is unknown',
};
