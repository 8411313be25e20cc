import { CpanelError } from '../../errors';
import { HttpTransportError } from '../../http/HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../http/HttpTransport';
import { WEBMAIL_PORT } from '../input/server';

/** How a node reaches servers; the same for all items but for the timeout. */
export interface Channel {
	transport: HttpTransport;
	/** Deadline of each request, in milliseconds. */
	timeout: number;
	/** Where the user finds the switch that accepts unverified certificates, for a message. */
	certificateSwitch: string;
}

/** Servers see who asks; a compressed answer would be of no use for the few hundred bytes that come. */
const COMMON_HEADERS = {
	'user-agent': 'n8n-nodes-cpanel-session',
	'accept-encoding': 'identity',
};

export type Exchange = Omit<HttpRequest, 'timeout' | 'newConnection'> & {
	/**
	 * Whether the request may be sent once more when a kept connection dies before it answered. True for
	 * what is harmless twice: a session that nobody uses expires. Never for a login, which uses one up.
	 */
	repeatable: boolean;
};

/**
 * Sends one request and returns the answer, whatever its status.
 *
 * @throws {CpanelError} of kind `connection` when no complete answer came
 */
export async function exchange(
	channel: Channel,
	{ repeatable, ...request }: Exchange,
): Promise<HttpResponse> {
	const send = async (newConnection?: HttpRequest['newConnection']) =>
		await channel.transport.send({
			...request,
			headers: { ...COMMON_HEADERS, ...request.headers },
			timeout: channel.timeout,
			newConnection,
		});
	try {
		return await send(repeatable ? undefined : 'afterLoss').catch(async (error: unknown) => {
			if (repeatable && error instanceof HttpTransportError && error.onKeptConnection) {
				// the other kept connections may have died with this one
				return await send('always');
			}
			throw error;
		});
	} catch (error) {
		throw error instanceof HttpTransportError ? explain(error, channel) : error;
	}
}

function explain(error: HttpTransportError, channel: Channel): CpanelError {
	const { host, kind, code } = error;
	const [message, hint] = EXPLANATIONS[kind](host, channel, code ?? '');
	return new CpanelError('connection', message, { hint });
}

type Explanation = (host: string, channel: Channel, code: string) => [string, string];

const CHECK_REACHABLE = `Check the server name and its port, and that firewalls let n8n through: many hosts close the ports from 2082 to ${WEBMAIL_PORT} to strangers.`;

const EXPLANATIONS: Record<HttpTransportError['kind'], Explanation> = {
	refused: (host) => [`Nothing accepts connections at ${host}`, CHECK_REACHABLE],
	unreachable: (host) => [`There is no way from n8n to ${host}`, CHECK_REACHABLE],
	reset: (host) => [
		`The connection to ${host} broke before the answer was complete`,
		'Run the item again. If it keeps happening, ask the hosting provider whether a firewall or a limit cuts connections.',
	],
	timeout: (host, { timeout }) => [
		`${host} did not answer completely within ${inSeconds(timeout)}`,
		`Raise “Timeout” under “Options” if the server is slow. ${CHECK_REACHABLE}`,
	],
	unknownHost: (host) => [
		`The host name of ${host} is not known`,
		'Check the spelling, and that the name can be resolved on the machine n8n runs on.',
	],
	certificate: (host, { certificateSwitch }, code) => [
		`The certificate of ${host} was refused: ${CERTIFICATE_FINDINGS[code] ?? 'it could not be verified'}`,
		`Use the name the certificate was issued for, or have the server get a valid one. For a server you trust, turn on “Ignore SSL Issues” ${certificateSwitch}.`,
	],
	notTls: (host) => [
		`${host} does not speak TLS in a way n8n understands`,
		'Check the port: cPanel listens for TLS on 2083 and Webmail on 2096; 2082 and 2095 are the unencrypted ones.',
	],
	oldTls: (host) => [
		`${host} speaks only versions of TLS that are too old for n8n`,
		'Ask the hosting provider to turn on TLS 1.2 or newer for cPanel’s services.',
	],
	notHttp: (host) => [
		`What ${host} sent is not HTTP`,
		'Check the port: cPanel answers on 2083, Webmail on 2096, WHM on 2087. Mail servers and others listen elsewhere.',
	],
	largeHead: (host) => [
		`${host} sent headers that are larger than n8n accepts`,
		'Something in front of cPanel may have added them. Ask the hosting provider.',
	],
	garbled: (host) => [
		`The answer of ${host} is packed in a way that cannot be undone`,
		'Run the item again. If it keeps happening, something between n8n and cPanel changes answers: ask whoever runs it.',
	],
	misplaced: (host) => [
		`The answer of ${host} was not told from that to another request`,
		'The server, or something in front of it, mixed answers up, so this result may be somebody else’s and was dropped. The items after it were sent with a connection each. Run this item again.',
	],
	proxy: (host, _channel, code) => [
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
	unknown: (host) => [`The exchange with ${host} did not complete`, CHECK_REACHABLE],
};

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
