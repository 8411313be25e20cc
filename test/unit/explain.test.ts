import { explain } from '../../nodes/shared/cpanel/calls/explain';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpTransportErrorKind } from '../../nodes/shared/http/HttpTransport';

const OFF = { timeout: 30_000, certificateSwitch: 'in the credential', ignoresCertificates: false };
const ON = { ...OFF, ignoresCertificates: true };

const told = (kind: HttpTransportErrorKind, host: string, state = OFF, code?: string) =>
	explain(new HttpTransportError(kind, host, code), state);

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
