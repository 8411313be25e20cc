import { CpanelError } from '../../errors';
import type { HttpTransportError } from '../../http/HttpTransport';
import { CPANEL_PORT, SERVICE_PORTS, WEBMAIL_PORT, WHM_PORT } from '../input/server';

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
	refused: (host) => [`Nothing accepts connections at ${host}`, checkReachable(host)],
	unreachable: (host) => [`There is no way from n8n to ${host}`, checkReachable(host)],
	reset: (host) => [
		`The connection to ${host} broke before the answer was complete`,
		'Run the item again. If it keeps happening, ask the hosting provider whether a firewall or a limit cuts connections.',
	],
	timeout: (host, { timeout }) => [
		`${host} did not answer completely within ${inSeconds(timeout)}`,
		`Raise “Timeout” under “Options” if the server is slow. ${checkReachable(host)}`,
	],
	unknownHost: (host) => [
		`The host name of ${host} is not known`,
		'Check the spelling, and that the name can be resolved on the machine n8n runs on.',
	],
	certificate: (host, settings, code) =>
		certificateRefused(host, settings, CERTIFICATE_FINDINGS[code]),
	notTls: (host) => [
		`${host} does not speak TLS in a way n8n understands`,
		`Check the port: cPanel listens for TLS on ${CPANEL_PORT} and Webmail on ${WEBMAIL_PORT}; 2082 and 2095 are the unencrypted ones.`,
	],
	oldTls: (host) => [
		`${host} speaks only versions of TLS that are too old for n8n`,
		'Nothing can be set in n8n for that. Ask the hosting provider to turn on TLS 1.2 or newer.',
	],
	tlsRefused: (host) => [
		`${host} ended the TLS handshake`,
		'It may ask for a client certificate, not know the name it was called by, or offer only ciphers that n8n does not use. Check the server name, and ask the hosting provider.',
	],
	notHttp: (host) => [
		`${host} answered, but not in HTTP`,
		`Another service listens there, such as a mail server. Check the port: ${SERVICE_PORTS}.`,
	],
	brokenHttp: (host) => [
		`${host} sent an answer that breaks the rules of HTTP`,
		'cPanel does not do that: a proxy, a firewall or another program in between does. Check the server and the port, then ask the hosting provider, or whoever runs the network of n8n.',
	],
	largeHead: (host) => [
		`${host} sent headers that are larger than n8n accepts`,
		'Something in front of cPanel may have added them. Ask the hosting provider.',
	],
	garbled: (host) => [
		`The answer of ${host} is packed in a way that cannot be undone`,
		'Run the item again. If it keeps happening, something between n8n and cPanel changes answers: ask whoever runs it.',
	],
	mismatched: (host) => [
		`The answer of ${host} was not told from that to another request`,
		'The server, or something in front of it, mixed answers up, so this result may be somebody else’s and was dropped. The items after it were sent with a connection each. Run this item again.',
	],
	proxy: (host, _state, code) => [
		`The proxy of this n8n opened no way to ${host} (HTTP ${code})`,
		'This is the proxy that HTTPS_PROXY or ALL_PROXY names, and not cPanel. Ask whoever runs it to allow this host and port; 407 means that it wants a user name and a password.',
	],
	proxyDown: (host) => [
		`There is no connection to the proxy of this n8n, which leads to ${host}`,
		'Check the proxy that HTTPS_PROXY or ALL_PROXY names, or name the server in NO_PROXY.',
	],
	tooLarge: (host) => [
		`${host} sent more than 1 MiB, far more than an answer of cPanel’s`,
		'Check that the server and port are those of cPanel.',
	],
	blocked: (host) => [
		`The network policy of this n8n does not allow connections to ${host}`,
		'Ask whoever runs this n8n to allow the address.',
	],
	cancelled: () => [
		'The execution was stopped before this item was done',
		'Run the workflow again.',
	],
	unknown: (host) => [`The exchange with ${host} did not complete`, checkReachable(host)],
};

const CHECK_REACHABLE = `Check the server name and its port, and that firewalls let n8n through: many hosts close the ports from 2082 to ${WEBMAIL_PORT} to strangers.`;

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
		: `${CHECK_REACHABLE} Where they are closed, the same is often found at port 443: try ${subdomain}.example.com:443, with your domain.`;
}

function certificateRefused(
	host: string,
	{ certificateSwitch, ignoresCertificates }: ConnectionSettings,
	finding = 'it could not be verified',
): [string, string] {
	const message = `The certificate of ${host} was refused: ${finding}`;
	const remedy = 'Use the name the certificate was issued for, or have the server get a valid one.';
	return ignoresCertificates === true
		? [
				`${message}, although “Ignore SSL Issues” is on`,
				`${remedy} Older versions of n8n do not apply the switch to connections through a proxy: update n8n, or have whoever runs it except this server from the proxy (NO_PROXY).`,
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
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known',
	UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known',
};
