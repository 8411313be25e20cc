import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpTransportErrorKind } from '../../nodes/shared/http/HttpTransport';
import { isParserError, toTransportError } from '../../nodes/shared/http/transportErrors';

const HOST = 'cpanel.example.com:2083';

function coded(code: unknown, more: object = {}): Error {
	return Object.assign(new Error('SECRET'), { code, ...more });
}

describe('what a client throws', () => {
	it.each<[string, HttpTransportErrorKind]>([
		['ECONNREFUSED', 'refused'],
		['EHOSTUNREACH', 'unreachable'],
		['ENETUNREACH', 'unreachable'],
		['ECONNRESET', 'reset'],
		['EPIPE', 'reset'],
		['UND_ERR_SOCKET', 'reset'],
		['ERR_STREAM_PREMATURE_CLOSE', 'reset'],
		['ETIMEDOUT', 'timeout'],
		['ECONNABORTED', 'timeout'],
		['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
		['ENOTFOUND', 'unknownHost'],
		['EAI_AGAIN', 'unknownHost'],
		['CERT_HAS_EXPIRED', 'certificate'],
		['CERT_REVOKED', 'certificate'],
		['EPROTO', 'notTls'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'notTls'],
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tlsRefused'],
		['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tlsRefused'],
		['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'tlsRefused'],
		['ERR_SSL_DH_KEY_TOO_SMALL', 'tlsRefused'],
		['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'oldTls'],
		['ERR_SSL_UNSUPPORTED_PROTOCOL', 'oldTls'],
		['HPE_INVALID_CONSTANT', 'notHttp'],
		['HPE_INVALID_HEADER_TOKEN', 'brokenHttp'],
		['HPE_UNEXPECTED_CONTENT_LENGTH', 'brokenHttp'],
		['HPE_CR_EXPECTED', 'brokenHttp'],
		['HPE_INVALID_CHUNK_SIZE', 'brokenHttp'],
		['HPE_WHATEVER_COMES_NEXT', 'brokenHttp'],
		['HPE_HEADER_OVERFLOW', 'largeHead'],
		['UND_ERR_HEADERS_OVERFLOW', 'largeHead'],
		['HPE_INVALID_EOF_STATE', 'reset'],
	])('is told by its code: %s', (code, kind) => {
		for (const error of [
			coded(code),
			new Error('SECRET', { cause: coded(code) }),
			new AggregateError([new Error('SECRET'), coded(code)]),
			coded('ERR_BAD_REQUEST', { cause: coded(undefined, { cause: { code } }) }),
		]) {
			expect(toTransportError(error, HOST)).toMatchObject({ kind, code, host: HOST });
		}
	});

	it.each([
		['a name that says so', Object.assign(new Error('x'), { name: 'SsrfBlockedIpError' })],
		[
			'such a cause',
			new Error('x', {
				cause: Object.assign(new Error('y'), { name: 'SsrfBlockedHostnameError' }),
			}),
		],
	])('is n8n’s own refusal with %s', (_case, error) => {
		expect(toTransportError(error, HOST)).toMatchObject({ kind: 'blocked', code: undefined });
	});

	it.each<[string, unknown]>([
		['another error', new Error('SECRET')],
		['another code', coded('SECRET')],
		['a number as its code', coded(7)],
		['a text', 'SECRET'],
		['nothing', undefined],
		['null', null],
	])('may be unknown: %s', (_case, error) => {
		expect(toTransportError(error, HOST)).toMatchObject({ kind: 'unknown', code: undefined });
	});

	it.each<[string, HttpTransportErrorKind]>([
		['ssl3_read_bytes:tlsv1 alert protocol version', 'oldTls'],
		['ssl3_read_bytes:sslv3 alert handshake failure', 'tlsRefused'],
		['ssl3_get_record:wrong version number', 'notTls'],
		['something that nobody knows', 'notTls'],
	])('is told by what OpenSSL says of a handshake: %s', (words, kind) => {
		const error = Object.assign(new Error(`write EPROTO 80:error:0A00:SSL routines:${words}`), {
			code: 'EPROTO',
		});
		expect(toTransportError(error, HOST)).toMatchObject({ kind, code: 'EPROTO' });
	});

	it.each<[string, HttpTransportErrorKind]>([
		['Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)', 'notHttp'],
		['Response does not match the HTTP/1.1 protocol (Invalid header value char)', 'brokenHttp'],
	])('is told by what a parser says that gives no code: %s', (message, kind) => {
		const error = Object.assign(new Error(message), { name: 'HTTPParserError' });
		expect(toTransportError(error, HOST)).toMatchObject({ kind, code: undefined });
	});

	it.each<[string, object, HttpTransportErrorKind]>([
		['to the server', { syscall: 'connect', port: 2083 }, 'refused'],
		['to another port', { syscall: 'connect', port: 3128 }, 'proxyDown'],
		['that tells no port', { syscall: 'connect', port: '3128' }, 'refused'],
		['that was not opened', { syscall: 'read', port: 3128 }, 'refused'],
		['by the name of the server', { hostname: 'CPANEL.example.com' }, 'refused'],
		['by another name', { hostname: 'proxy.example' }, 'proxyDown'],
	])('is told by where the connection was to lead: %s', (_case, more, kind) => {
		const error = coded('ECONNREFUSED', more);
		for (const thrown of [error, new Error('x', { cause: error }), new AggregateError([error])]) {
			expect(toTransportError(thrown, HOST)).toMatchObject({ kind, code: 'ECONNREFUSED' });
		}
	});

	it('is told by the usual port where the address names none', () => {
		const to = (port: number) => coded('ECONNREFUSED', { syscall: 'connect', port });
		expect(toTransportError(to(443), 'cpanel.example.com').kind).toBe('refused');
		expect(toTransportError(to(2083), 'cpanel.example.com').kind).toBe('proxyDown');
	});

	it('is no proxy’s where the connection broke later', () => {
		const error = coded('ECONNRESET', { syscall: 'connect', port: 3128 });
		expect(toTransportError(error, HOST).kind).toBe('reset');
	});

	it('is told by the first that says something, whichever attempt it is', () => {
		const attempts = [coded('ECONNREFUSED', { syscall: 'connect', port: 2083 }), coded('EPIPE')];
		expect(toTransportError(new AggregateError(attempts), HOST).kind).toBe('refused');
	});

	it.each(['Proxy response (407) !== 200 when HTTP Tunneling', 'Proxy response (502)'])(
		'is the refusal of a proxy: %s',
		(message) => {
			expect(toTransportError(new Error(message), HOST)).toMatchObject({
				kind: 'proxy',
				code: /\d+/.exec(message)?.[0],
			});
			expect(toTransportError(new Error(`x ${message}`), HOST).kind).toBe('unknown');
		},
	);

	it.each([[undefined], [7], [null], ['x']])('is unknown where it says nothing: %p', (thrown) => {
		expect(toTransportError(thrown, HOST)).toMatchObject({
			kind: 'unknown',
			code: undefined,
			onKeptConnection: false,
			nothingSent: false,
		});
		expect(isParserError(thrown)).toBe(false);
	});

	it('keeps what is known of the connection', () => {
		const error = coded('ECONNRESET');
		expect(toTransportError(error, HOST)).toMatchObject({
			onKeptConnection: false,
			nothingSent: false,
		});
		expect(toTransportError(error, HOST, true, true)).toMatchObject({
			onKeptConnection: true,
			nothingSent: true,
		});
		expect(toTransportError(error, HOST).message).toBe(`reset at ${HOST} (ECONNRESET)`);
		expect(toTransportError(undefined, HOST)).toMatchObject({
			name: 'HttpTransportError',
			message: `unknown at ${HOST}`,
		});
	});

	it('is no refusal of the policy by a name that only holds its mark', () => {
		const error = Object.assign(new Error('x'), { name: 'NoSsrfError' });
		expect(toTransportError(error, HOST).kind).toBe('unknown');
	});

	it('may go round in a circle', () => {
		const error = coded('x');
		Object.assign(error, { cause: new AggregateError([error]) });
		expect(toTransportError(error, HOST).kind).toBe('unknown');
	});

	it('is left alone if it is ours', () => {
		const error = new HttpTransportError('tooLarge', HOST);
		expect(toTransportError(error, 'another')).toBe(error);
	});

	it('leaves nothing behind but its code', () => {
		const error = toTransportError(coded('ECONNRESET', { config: 'SECRET' }), HOST, true);
		expect(error.message).toBe(`reset at ${HOST} (ECONNRESET)`);
		expect(error.onKeptConnection).toBe(true);
		expect(JSON.stringify(error) + error.stack).not.toContain('SECRET');
	});
});
