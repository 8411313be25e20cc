import { readCredential } from '../../nodes/shared/cpanel/credential';
import type { StoredCredential } from '../../nodes/shared/cpanel/credential';
import { thrownBy } from './thrown';

const withToken: StoredCredential = {
	server: 'cpanel.example.com',
	username: 'alice',
	authentication: 'apiToken',
	apiToken: 'ABCDEF0123456789',
	password: '',
	allowUnauthorizedCerts: false,
};
const withPassword: StoredCredential = {
	...withToken,
	authentication: 'password',
	apiToken: '',
	password: ' pä:ss wörd+%&\n',
};

describe('a credential', () => {
	it('with a token signs in with cPanel’s own scheme', () => {
		expect(readCredential(withToken)).toEqual({
			server: {
				name: 'cpanel.example.com',
				port: 2083,
				origin: 'https://cpanel.example.com:2083',
			},
			username: 'alice',
			authorization: 'cpanel alice:ABCDEF0123456789',
			allowUnauthorizedCerts: false,
			secrets: ['ABCDEF0123456789'],
		});
	});

	it('with a password signs in with HTTP Basic, in UTF-8 and without a change', () => {
		const { authorization, secrets } = readCredential(withPassword);
		const [scheme, encoded = ''] = authorization.split(' ');
		expect(scheme).toBe('Basic');
		expect(Buffer.from(encoded, 'base64').toString()).toBe('alice: pä:ss wörd+%&\n');
		expect(secrets).toEqual([' pä:ss wörd+%&\n', encoded]);
	});

	it('uses the secret of the chosen kind alone', () => {
		const both = { apiToken: 'TOKEN', password: 'PASSWORD' };
		expect(readCredential({ ...withToken, ...both }).secrets).toEqual(['TOKEN']);
		expect(readCredential({ ...withPassword, ...both }).secrets[0]).toBe('PASSWORD');
	});

	it('takes a token where no kind was chosen', () => {
		const { authorization } = readCredential({ ...withToken, authentication: undefined });
		expect(authorization).toMatch(/^cpanel /);
	});

	it('forgives blanks around the name and the token', () => {
		const padded = { ...withToken, username: ' alice\n', apiToken: '\tABCDEF0123456789 ' };
		expect(readCredential(padded).authorization).toBe('cpanel alice:ABCDEF0123456789');
	});

	it.each([
		[true, true],
		[false, false],
		['true', false],
		[1, false],
		[undefined, false],
	])('accepts unverified certificates for %p: %p', (stored, accepted) => {
		const { allowUnauthorizedCerts } = readCredential({
			...withToken,
			allowUnauthorizedCerts: stored,
		});
		expect(allowUnauthorizedCerts).toBe(accepted);
	});

	it.each<[string, StoredCredential, RegExp]>([
		['nothing at all', {}, /“Server” is empty/],
		['no server', { ...withToken, server: undefined }, /“Server” is empty/],
		['a server that is no text', { ...withToken, server: 2083 }, /“Server” is empty/],
		['plain HTTP', { ...withToken, server: 'http://cpanel.example.com' }, /unencrypted/],
		['no user', { ...withToken, username: ' ' }, /“Username” is empty/],
		['a user that is no text', { ...withToken, username: null }, /“Username” is empty/],
		['a user with a colon', { ...withToken, username: 'alice:x' }, /“Username” holds/],
		['a user with a line break', { ...withToken, username: 'alice\r\nX: y' }, /“Username” holds/],
		['a user with a NUL', { ...withToken, username: 'alice\u0000' }, /“Username” holds/],
		['no token', { ...withToken, apiToken: ' ' }, /“API Token” is empty/],
		['a token that is no text', { ...withToken, apiToken: { a: 1 } }, /“API Token” is empty/],
		['a token with a line break', { ...withToken, apiToken: 'ABC\r\nX: y' }, /“API Token” holds/],
		['a token with a blank', { ...withToken, apiToken: 'cpanel ABC' }, /“API Token” holds/],
		['no password', { ...withPassword, password: '' }, /“Password” is empty/],
	])('is refused with %s', (_case, stored, message) => {
		const error = thrownBy(() => readCredential(stored));
		expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
		expect(error.message + error.hint).not.toContain('ABC');
	});
});
