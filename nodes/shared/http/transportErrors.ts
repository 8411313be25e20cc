import { HttpTransportError } from './HttpTransport';
import type { HttpTransportErrorKind } from './HttpTransport';

const KIND_OF_CODE: Record<string, HttpTransportErrorKind> = {
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	ERR_STREAM_PREMATURE_CLOSE: 'reset',
	UND_ERR_SOCKET: 'reset',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'brokenHttp',
	HPE_INVALID_EOF_STATE: 'reset',
	ETIMEDOUT: 'timeout',
	ECONNABORTED: 'timeout',
	UND_ERR_CONNECT_TIMEOUT: 'timeout',
	UND_ERR_HEADERS_TIMEOUT: 'timeout',
	UND_ERR_BODY_TIMEOUT: 'timeout',
	ENOTFOUND: 'unknownHost',
	EAI_AGAIN: 'unknownHost',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
	SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
	UNABLE_TO_GET_ISSUER_CERT: 'certificate',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
	CERT_HAS_EXPIRED: 'certificate',
	CERT_NOT_YET_VALID: 'certificate',
	CERT_REVOKED: 'certificate',
	CERT_UNTRUSTED: 'certificate',
	CERT_REJECTED: 'certificate',
	CERT_SIGNATURE_FAILURE: 'certificate',
	INVALID_CA: 'certificate',
	INVALID_PURPOSE: 'certificate',
	HOSTNAME_MISMATCH: 'certificate',
	ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
	ERR_SSL_UNSUPPORTED_PROTOCOL: 'oldTls',
	ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'oldTls',
	ERR_SSL_VERSION_TOO_LOW: 'oldTls',
	EPROTO: 'notTls',
	// how undici takes a status that no answer may have
	ERR_ASSERTION: 'brokenHttp',
	HPE_INVALID_CONSTANT: 'notHttp',
	HPE_HEADER_OVERFLOW: 'largeHead',
	UND_ERR_HEADERS_OVERFLOW: 'largeHead',
	Z_DATA_ERROR: 'garbled',
	Z_BUF_ERROR: 'garbled',
};

/** Kinds whose codes come in families, by how they begin. */
const KIND_OF_FAMILY: Array<[prefix: string, kind: HttpTransportErrorKind]> = [
	['ERR_SSL_', 'notTls'],
	// control characters, two lengths, lines that end in LF alone, and more
	['HPE_', 'brokenHttp'],
	['ERR__ERROR_', 'garbled'],
];

interface CodedError {
	name?: unknown;
	message?: unknown;
	code?: unknown;
	cause?: unknown;
	errors?: unknown;
	port?: unknown;
	syscall?: unknown;
	hostname?: unknown;
}

/** The error, what caused it, and the attempts that a failed connection to several addresses bundles. */
function* chain(error: unknown): Generator<CodedError> {
	const seen = new Set<unknown>();
	const queue = [error];
	while (queue.length > 0) {
		const next = queue.shift();
		if (typeof next !== 'object' || next === null || seen.has(next)) continue;
		seen.add(next);
		yield next;
		const { cause, errors } = next as CodedError;
		queue.push(cause, ...(Array.isArray(errors) ? (errors as unknown[]) : []));
	}
}

/**
 * Tells what kept an exchange from completing, from whatever the HTTP client threw.
 * Of the original only its code survives: clients hang request headers and bodies on their errors.
 *
 * @param host host and port of the request
 */
export function toTransportError(
	error: unknown,
	host: string,
	onKeptConnection = false,
	nothingSent = false,
): HttpTransportError {
	if (error instanceof HttpTransportError) return error;
	const links = [...chain(error)];
	for (const link of links) {
		const [found, code] = kindOf(link) ?? [];
		if (found === undefined) continue;
		const toProxy = NO_CONNECTION.has(found) && links.some((each) => isElsewhere(each, host));
		const kind = toProxy ? 'proxyDown' : found;
		return new HttpTransportError(kind, host, code, onKeptConnection, nothingSent);
	}
	return new HttpTransportError('unknown', host, undefined, false, nothingSent);
}

function kindOf(error: CodedError): [kind: HttpTransportErrorKind, code?: string] | undefined {
	const { code, name, message } = error;
	// n8n names the refusals of its egress policy like this and gives them no code
	if (typeof name === 'string' && /^Ssrf/i.test(name)) return ['blocked'];
	const text = typeof message === 'string' ? message : '';
	const proxyStatus = PROXY_STATUS.exec(text)?.[1];
	if (proxyStatus !== undefined) return ['proxy', proxyStatus];
	const known = typeof code === 'string' ? code : undefined;
	const parsed = NOT_HTTP.test(text) ? 'notHttp' : 'brokenHttp';
	const kind = kindOfCode(known) ?? (isParserError(error) ? parsed : undefined);
	if (kind === undefined) return undefined;
	if (kind === 'notTls' && OLD_TLS.test(text)) return ['oldTls', known];
	if (kind === 'notTls' && TLS_REFUSED.test(`${known} ${text}`)) return ['tlsRefused', known];
	return [kind, known];
}

function kindOfCode(code = ''): HttpTransportErrorKind | undefined {
	return KIND_OF_CODE[code] ?? KIND_OF_FAMILY.find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** Whether undici's parser stumbled, which mostly says over nothing in particular. */
export function isParserError(error: unknown): boolean {
	return (error as { name?: unknown } | undefined)?.name === 'HTTPParserError';
}

/** The one thing that undici tells of a proxy that does not open its tunnel. */
const PROXY_STATUS = /^Proxy response \((\d+)\)/;

/** Older versions of Node.js give any failure of TLS the same code. */
const OLD_TLS = /unsupported protocol|alert protocol version|version too low/i;

/** The end that speaks TLS ended the handshake: a certificate of the client, a name, a cipher. */
const TLS_REFUSED = /alert|unrecognized.name|no.(shared|ciphers)|key.too.small|unsafe.legacy/i;

/** What a parser says of a thing that does not begin as HTTP does: another service, and no fault in an answer. */
const NOT_HTTP = /expected HTTP\//i;

const NO_CONNECTION = new Set<HttpTransportErrorKind>([
	'refused',
	'unreachable',
	'timeout',
	'unknownHost',
]);

/** Whether a connection was tried that does not lead to the server itself: then it leads to a proxy. */
function isElsewhere({ syscall, port, hostname }: CodedError, host: string): boolean {
	const target = new URL(`https://${host}`);
	if (syscall === 'connect' && typeof port === 'number') {
		return String(port) !== (target.port || '443');
	}
	return typeof hostname === 'string' && hostname.toLowerCase() !== target.hostname;
}
