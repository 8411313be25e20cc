import {
	readCpanelCredential,
	readWhmCredential,
} from '../../nodes/shared/cpanel/input/credentials';
import type {
	StoredCpanelCredential,
	StoredWhmCredential,
} from '../../nodes/shared/cpanel/input/credentials';
import { thrownBy } from './thrown';

const withToken: StoredCpanelCredential = {
	server: 'cpanel.example.com',
	username: 'alice',
	authentication: 'apiToken',
	apiToken: 'ABCDEF0123456789',
	password: '',
	totpSecret: '',
	allowUnauthorizedCerts: false,
};
const withPassword: StoredCpanelCredential = {
	...withToken,
	authentication: 'password',
	apiToken: '',
	password: ' pä:ss wörd+%&\n',
};
const ofWhm: StoredWhmCredential = {
	server: 'server.example.com',
	username: 'root',
	apiToken: 'ABCDEF0123456789',
	allowUnauthorizedCerts: false,
};

describe('what is missing in a credential', () => {
	it.each<[object, string, RegExp]>([
		[{ ...withToken, username: '' }, '“Username” is empty', /the cPanel account/],
		[{ ...withToken, apiToken: '' }, '“API Token” is empty', /^Create a token in cPanel/],
		[
			{ ...withPassword, password: '' },
			'“Password” is empty',
			/^In the credential, enter the password/,
		],
		[
			{ ...withToken, authentication: 'x' },
			'“Authentication” of the credential has an unknown value',
			/apiToken, password or session/,
		],
		[{ ...withPassword, totpSecret: {} }, '“Two-Factor Secret” contains an object', /./],
		[
			{ ...withToken, apiToken: 'whm root:ABC' },
			'“API Token” contains a WHM token',
			/^Enter a token that was created in cPanel/,
		],
		[
			{ ...withToken, apiToken: 'Authorization:  whm root:ABC' },
			'“API Token” contains a WHM token',
			/./,
		],
		[{ ...withToken, apiToken: 'x whm root:ABC' }, '“API Token” contains more than a token', /./],
	])('is told: %j', (stored, message, hint) => {
		const error = thrownBy(() => readCpanelCredential(stored));
		expect(error.message.startsWith(message)).toBe(true);
		expect(error.hint).toMatch(hint);
	});

	it.each<[object, string, RegExp]>([
		[
			{ ...ofWhm, username: '' },
			'“Username” is empty',
			/^In the credential, enter the name that you sign in to WHM/,
		],
		[{ ...ofWhm, apiToken: '' }, '“API Token” is empty', /^Create a token in WHM/],
		[{ ...ofWhm, server: {} }, '“Server” contains an object', /./],
		[
			{ ...ofWhm, apiToken: 'cpanel alice:ABC' },
			'“API Token” contains a cPanel token',
			/^Enter a token that was created in WHM/,
		],
	])('of WHM is told: %j', (stored, message, hint) => {
		const error = thrownBy(() => readWhmCredential(stored));
		expect(error.message.startsWith(message)).toBe(true);
		expect(error.hint).toMatch(hint);
	});
});

describe('a credential', () => {
	const server = {
		name: 'cpanel.example.com',
		port: 2083,
		origin: 'https://cpanel.example.com:2083',
	};

	it('has a token', () => {
		expect(readCpanelCredential(withToken)).toEqual({
			server,
			username: 'alice',
			authentication: 'apiToken',
			apiToken: 'ABCDEF0123456789',
			allowUnauthorizedCerts: false,
		});
	});

	it.each(['password', 'session'])(
		'has a password without a change, for a %s',
		(authentication) => {
			expect(readCpanelCredential({ ...withPassword, authentication })).toEqual({
				server,
				username: 'alice',
				authentication,
				password: ' pä:ss wörd+%&\n',
				allowUnauthorizedCerts: false,
			});
		},
	);

	it.each(['password', 'session'])('may have a second factor with a %s', (authentication) => {
		const stored = { ...withPassword, authentication, totpSecret: ' jbsw y3dp ' };
		expect(readCpanelCredential(stored)).toMatchObject({ totpSecret: Buffer.from('Hello') });
	});

	it('has the secret of the chosen kind alone', () => {
		const both = { apiToken: 'TOKEN', password: 'PASSWORD', totpSecret: 'no base32 at all!' };
		expect(JSON.stringify(readCpanelCredential({ ...withToken, ...both }))).not.toContain(
			'PASSWORD',
		);
		const secret = { totpSecret: '' };
		const read = readCpanelCredential({ ...withPassword, ...both, ...secret });
		expect(JSON.stringify(read)).not.toContain('TOKEN');
	});

	it('has a token where no kind was chosen', () => {
		const { authentication } = readCpanelCredential({ ...withToken, authentication: undefined });
		expect(authentication).toBe('apiToken');
	});

	it.each([
		['\u200bABCDEF\u200b0123456789\ufeff', ' “alice” '],
		['"ABCDEF0123456789"', 'alice\u00a0'],
		['\u202aABCDEF0123456789\u202c', '\u2066alice\u2069'],
		['ABCDEF\u00ad0123456789', "'alice'"],
	])('takes off what came along with %j and %j', (apiToken, username) => {
		const copied = { ...withToken, apiToken, username };
		expect(readCpanelCredential(copied)).toEqual(readCpanelCredential(withToken));
		expect(readWhmCredential({ ...ofWhm, apiToken }).apiToken).toBe('ABCDEF0123456789');
	});

	it.each([
		[
			'a letter of another alphabet',
			'\u0410BCDEF',
			'“\u0410”, a letter that is not Latin (U+0410)',
		],
		['a wide letter', 'ABCDE\uff26', '“\uff26” (U+FF26)'],
		['a quote in the middle', 'ABC”DEF', '“”” (U+201D)'],
		['a control character', 'ABC\u0007DEF', 'a control character (U+0007)'],
	])('is told which character is wrong: %s', (_, value, named) => {
		for (const changes of [{ apiToken: value }, { username: value }]) {
			const { message } = thrownBy(() => readCpanelCredential({ ...withToken, ...changes }));
			expect(message).toContain(named);
			expect(message).not.toContain('BC');
		}
	});

	it('keeps every character of a password', () => {
		const password = '\u200b“pass\u00a0w\u043erd”\u202e \n';
		expect(readCpanelCredential({ ...withPassword, password })).toMatchObject({ password });
	});

	it('takes digits for a text', () => {
		expect(readCpanelCredential({ ...withPassword, password: 1234 })).toMatchObject({
			password: '1234',
		});
		expect(readCpanelCredential({ ...withToken, apiToken: 4711 })).toMatchObject({
			apiToken: '4711',
		});
	});

	it('forgives blanks around the name and the token', () => {
		const padded = { ...withToken, username: ' alice\n', apiToken: '\tABCDEF0123456789 ' };
		expect(readCpanelCredential(padded)).toEqual(readCpanelCredential(withToken));
	});

	it.each([
		[true, true],
		[false, false],
		['true', true],
		[' Yes ', true],
		[1, true],
		['0', false],
		['off', false],
		['', false],
		[null, false],
		[undefined, false],
	])('accepts unverified certificates for %p: %p', (stored, accepted) => {
		const changed = { allowUnauthorizedCerts: stored };
		expect(readCpanelCredential({ ...withToken, ...changed }).allowUnauthorizedCerts).toBe(
			accepted,
		);
		expect(readWhmCredential({ ...ofWhm, ...changed }).allowUnauthorizedCerts).toBe(accepted);
	});

	it.each<[string, StoredCpanelCredential, RegExp]>([
		['nothing at all', {}, /“Server” is empty/],
		['no server', { ...withToken, server: undefined }, /“Server” is empty/],
		['a server that is a list', { ...withToken, server: ['a', 'b'] }, /“Server” contains a list/],
		[
			'a switch that is neither on nor off',
			{ ...withToken, allowUnauthorizedCerts: 'perhaps' },
			/“Ignore SSL Issues” is neither on nor off/,
		],
		[
			'an unknown way to sign in',
			{ ...withToken, authentication: 'token' },
			/“Authentication” of the credential has an unknown value/,
		],
		[
			'a way to sign in that is no text',
			{ ...withToken, authentication: true },
			/“Authentication” contains a boolean/,
		],
		['plain HTTP', { ...withToken, server: 'http://cpanel.example.com' }, /unencrypted/],
		['the port of WHM', { ...withToken, server: 'cpanel.example.com:2087' }, /the port of WHM/],
		['no user', { ...withToken, username: ' ' }, /“Username” is empty/],
		['a user that is nothing', { ...withToken, username: null }, /“Username” is empty/],
		['a user that is true', { ...withToken, username: true }, /“Username” contains a boolean/],
		['a user with a colon', { ...withToken, username: 'alice:x' }, /“Username” contains/],
		[
			'a user with a line break',
			{ ...withToken, username: 'alice\r\nX: y' },
			/“Username” contains/,
		],
		['a user with a NUL', { ...withToken, username: 'alice\u0000' }, /“Username” contains/],
		['no token', { ...withToken, apiToken: ' ' }, /“API Token” is empty/],
		[
			'a token that is no text',
			{ ...withToken, apiToken: { a: 1 } },
			/“API Token” contains an object/,
		],
		[
			'a token with a line break',
			{ ...withToken, apiToken: 'ABC\r\nX: y' },
			/“API Token” contains/,
		],
		[
			'a token with its scheme',
			{ ...withToken, apiToken: 'cpanel ABC' },
			/contains more than a token/,
		],
		[
			'a token with its user',
			{ ...withToken, apiToken: 'alice:ABC' },
			/contains more than a token/,
		],
		['a token of WHM', { ...withToken, apiToken: 'whm root:ABC' }, /contains a WHM token/],
		['no password', { ...withPassword, password: '' }, /“Password” is empty/],
		[
			'a password that was rounded',
			{ ...withPassword, password: 2 ** 60 },
			/“Password” is a number that is too long/,
		],
		[
			'a code for a secret',
			{ ...withPassword, totpSecret: '123456' },
			/“Two-Factor Secret” is not/,
		],
	])('is refused with %s', (_case, stored, message) => {
		const error = thrownBy(() => readCpanelCredential(stored));
		expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
		expect(error.message + error.hint).not.toContain('ABC');
		expect(error.message + error.hint).not.toContain('123456');
	});
});

describe('a credential of WHM', () => {
	it('has a token, and a port of its own', () => {
		expect(readWhmCredential({ ...ofWhm, apiToken: ' ABCDEF0123456789\n' })).toEqual({
			server: { name: 'server.example.com', port: 2087, origin: 'https://server.example.com:2087' },
			username: 'root',
			apiToken: 'ABCDEF0123456789',
			allowUnauthorizedCerts: false,
		});
	});

	it.each<[string, StoredWhmCredential, RegExp, RegExp]>([
		['nothing at all', {}, /“Server” is empty/, /host name/],
		['plain HTTP', { ...ofWhm, server: 'http://s.example' }, /unencrypted/, /https/],
		['the port of cPanel', { ...ofWhm, server: 's.example:2083' }, /the port of cPanel/, /2087/],
		['no user', { ...ofWhm, username: '' }, /“Username” is empty/, /WHM/],
		['no token', { ...ofWhm, apiToken: '' }, /“API Token” is empty/, /WHM under Development/],
		['more than a token', { ...ofWhm, apiToken: 'whm root:ABC' }, /more than a token/, /from WHM/],
		['a token of cPanel', { ...ofWhm, apiToken: 'cpanel a:ABC' }, /cPanel token/, /“cPanel API”/],
		[
			'a whole header of cPanel',
			{ ...ofWhm, apiToken: 'Authorization: cpanel a:ABC' },
			/cPanel token/,
			/“cPanel API”/,
		],
	])('is refused with %s', (_case, stored, message, hint) => {
		const error = thrownBy(() => readWhmCredential(stored));
		expect(error).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
		expect(error.hint).toMatch(hint);
		expect(error.message + error.hint).not.toContain('ABC');
	});
});
