import { explain } from '../../nodes/shared/cpanel/api/explain';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpTransportErrorKind } from '../../nodes/shared/http/HttpTransport';

const OFF = { timeout: 30_000, certificateSwitch: 'in the credential', ignoresCertificates: false };
const ON = { ...OFF, ignoresCertificates: true };

const told = (kind: HttpTransportErrorKind, host: string, state = OFF, code?: string) =>
	explain(new HttpTransportError(kind, host, code), state);

const HOST = 'cpanel.example.com:2083';

describe('why no answer came', () => {
	it.each<[HttpTransportErrorKind, string, RegExp]>([
		['refused', `No server accepts connections at ${HOST}`, /^Check the server name and port/],
		['unreachable', `n8n has no network route to ${HOST}`, /^Check the server name/],
		['reset', `The connection to ${HOST} closed before the response was complete`, /^Run the item/],
		[
			'timeout',
			`${HOST} did not send a complete response within 30 seconds`,
			/^Raise “Timeout”.+Check/,
		],
		['unknownHost', `The host name of ${HOST} cannot be resolved`, /^Check the spelling/],
		[
			'notTls',
			`${HOST} does not speak TLS in a way that n8n understands`,
			/^Check the port.+2083.+2096/,
		],
		['oldTls', `${HOST} supports only TLS versions that are too old for n8n`, /TLS 1\.2 or newer/],
		['tlsRefused', `${HOST} ended the TLS handshake`, /^It may require a client certificate/],
		[
			'notHttp',
			`${HOST} sent a response that is not HTTP`,
			/2083 for cPanel, 2087 for WHM, 2096 for Webmail\.$/,
		],
		[
			'brokenHttp',
			`${HOST} sent a response that violates HTTP`,
			/^The response comes from a proxy/,
		],
		[
			'largeHead',
			`${HOST} sent headers that are larger than n8n accepts`,
			/^An intermediary in front/,
		],
		[
			'garbled',
			`The response from ${HOST} is compressed in a way that n8n cannot decode`,
			/^Run the item/,
		],
		[
			'mismatched',
			`The response from ${HOST} could not be matched to its request`,
			/^The server or an intermediary mixed up responses/,
		],
		['proxyDown', `n8n cannot connect to the proxy that leads to ${HOST}`, /NO_PROXY/],
		['proxyDown', `n8n cannot connect to the proxy that leads to ${HOST}`, /NO_PROXY/],
		[
			'tooLarge',
			`${HOST} sent more than 1 MiB, far more than a response from cPanel`,
			/^Check that/,
		],
		[
			'blocked',
			`The network policy of this n8n instance does not allow connections to ${HOST}`,
			/^Ask the administrator of this n8n instance/,
		],
		[
			'cancelled',
			'The execution was stopped before this item was finished',
			/^Run the workflow again\.$/,
		],
		['unknown', `The request to ${HOST} did not complete`, /^Check the server name/],
	])('is told: %s', (kind, message, hint) => {
		const error = told(kind, HOST);
		expect(error).toMatchObject({ kind: 'connection', message });
		expect(error.hint).toMatch(hint);
		expect(error.hint).toMatch(/\.$/);
	});

	it('names the status that a proxy gave', () => {
		expect(told('proxy', HOST, OFF, '407')).toMatchObject({
			message: `The proxy of this n8n instance refused to connect to ${HOST} (HTTP 407)`,
			hint: expect.stringContaining('HTTPS_PROXY'),
		});
	});

	it.each([
		[1_000, '1 second'],
		[1_500, '1.5 seconds'],
		[300_000, '300 seconds'],
	])('names the time that was waited: %i ms', (timeout, waited) => {
		expect(told('timeout', HOST, { ...OFF, timeout }).message).toContain(`within ${waited}`);
	});

	it.each([
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'it is self-signed'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'its chain ends in a self-signed certificate'],
		['CERT_HAS_EXPIRED', 'it has expired'],
		['CERT_NOT_YET_VALID', 'it is not valid yet'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'it was issued for another name'],
		['HOSTNAME_MISMATCH', 'it was issued for another name'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its issuer is unknown'],
		['UNABLE_TO_GET_ISSUER_CERT', 'its issuer is unknown'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its issuer is unknown'],
		['SOMETHING_ELSE', 'it could not be verified'],
	])('tells what is wrong with a certificate: %s', (code, finding) => {
		const error = told('certificate', HOST, OFF, code);
		expect(error.message).toBe(`The certificate of ${HOST} was refused: ${finding}`);
		expect(error.hint).toMatch(/^Use the name that the certificate was issued for/);
	});
});

describe('a hint', () => {
	it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_REVOKED'])(
		'does not ask to turn on what is on: %s',
		(code) => {
			const on = told('certificate', 'cpanel.example.com:2083', ON, code);
			const off = told('certificate', 'cpanel.example.com:2083', OFF, code);
			expect(off.hint).toContain('turn on “Ignore SSL Issues” in the credential');
			expect(on.hint).not.toMatch(/turn on/);
			expect(on.hint).toMatch(/through a proxy/);
			expect(on.message).toMatch(/although “Ignore SSL Issues” is on$/);
			expect(on.message).toContain(off.message);
		},
	);

	it.each([
		['cpanel.example.com:2083', 'cpanel.example.com:443'],
		['server.example.com:2087', 'whm.example.com:443'],
		['server.example.com:2096', 'webmail.example.com:443'],
	])('tells of port 443 where the port of the service is closed: %s', (host, other) => {
		for (const kind of ['refused', 'unreachable', 'timeout', 'unknown'] as const) {
			expect(told(kind, host).hint).toContain(other);
		}
	});

	it.each(['cpanel.example.com', 'cpanel.example.com:8443'])(
		'does not where another port was asked: %s',
		(host) => expect(told('refused', host).hint).not.toContain(':443'),
	);
});
