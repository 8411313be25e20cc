import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpTransportErrorKind } from '../../nodes/shared/http/HttpTransport';
import { toTransportError } from '../../nodes/shared/http/transportErrors';

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
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'notTls'],
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
