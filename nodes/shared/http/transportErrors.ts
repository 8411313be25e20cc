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
	EPROTO: 'notTls',
};

interface CodedError {
	name?: unknown;
	code?: unknown;
	cause?: unknown;
	errors?: unknown;
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
 */
export function toTransportError(
	error: unknown,
	host: string,
	onKeptConnection = false,
): HttpTransportError {
	if (error instanceof HttpTransportError) return error;
	for (const { code, name } of chain(error)) {
		if (typeof code === 'string') {
			const kind = KIND_OF_CODE[code] ?? (code.startsWith('ERR_SSL_') ? 'notTls' : undefined);
			if (kind !== undefined) return new HttpTransportError(kind, host, code, onKeptConnection);
		}
		// n8n names the refusals of its egress policy like this and gives them no code
		if (typeof name === 'string' && /^Ssrf/i.test(name)) {
			return new HttpTransportError('blocked', host);
		}
	}
	return new HttpTransportError('unknown', host);
}
