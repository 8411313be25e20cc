import {
	basicCredentials,
	passwordHeaders,
	tokenHeaders,
	whmHeaders,
} from '../../nodes/shared/cpanel/api/authorization';
import {
	readCpanelCredential,
	readWhmCredential,
} from '../../nodes/shared/cpanel/input/credentials';
import type {
	PasswordCredential,
	TokenCredential,
} from '../../nodes/shared/cpanel/input/credentials';

const WHO = { server: 'cpanel.example.com', username: 'alice' };
const withPassword = (more: object = {}) =>
	readCpanelCredential({
		...WHO,
		authentication: 'password',
		password: 'pä:ss',
		...more,
	}) as PasswordCredential;

describe('the headers that tell who calls', () => {
	it('have a token of cPanel or of WHM', () => {
		const token = readCpanelCredential({ ...WHO, apiToken: 'ABC' }) as TokenCredential;
		expect(tokenHeaders(token)).toEqual({ authorization: 'cpanel alice:ABC' });
		const whm = readWhmCredential({ ...WHO, apiToken: 'ABC' });
		expect(whmHeaders(whm)).toEqual({ authorization: 'whm alice:ABC' });
	});

	it('have a password in UTF-8', () => {
		const encoded = Buffer.from('alice:pä:ss', 'utf8').toString('base64');
		expect(basicCredentials(withPassword())).toBe(encoded);
		expect(passwordHeaders(withPassword(), 0)).toEqual({ authorization: `Basic ${encoded}` });
	});

	it('have the code of the time beside a password', () => {
		const totpSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
		expect(passwordHeaders(withPassword({ totpSecret }), 59_000)).toMatchObject({
			'x-cpanel-otp': '287082',
		});
	});
});
