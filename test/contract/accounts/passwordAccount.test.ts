import { passwordAccount } from '../../../nodes/shared/cpanel/accounts/passwordAccount';
import { readCpanelCredential } from '../../../nodes/shared/cpanel/input/credentials';
import type { PasswordCredential } from '../../../nodes/shared/cpanel/input/credentials';
import { SEED, codeOf } from '../../cpsrvd';
import type { Cpsrvd } from '../../cpsrvd';
import { rejectionOf } from '../../unit/thrown';
import { describeAccount, accountOf } from './accountContract';

const WHO = { module: 'Variables', function: 'get_user_information', arguments: { name: 'user' } };
const SECRET = 'JBSWY3DPEHPK3PXP';
const MINUTE = 60_000;

const credentialOf = (server: Cpsrvd, changes = {}) => ({
	server: server.address,
	username: 'alice',
	authentication: 'password',
	password: SEED.alice.password,
	...changes,
});
const askForCode = (server: Cpsrvd) => {
	server.addAccount({ ...SEED.alice, totpSecret: SECRET });
	server.switches.twoFactorPolicy = true;
};
const account = {
	port: 'cpanel',
	path: /^\/execute\//,
	before: 0,
	sessionAt: 'webmail',
} as const;

describeAccount(
	'the account for a password',
	{
		...account,
		open: (server, wrong) =>
			accountOf(server, credentialOf(server, wrong ? { password: 'wrong' } : {})),
	},
	({ server, channel }) => {
		it('sends the password with every call, as HTTP Basic', async () => {
			await accountOf(server(), credentialOf(server())).call(channel(), WHO);
			const [scheme, encoded = ''] =
				server().journal.entries[0]?.headers.authorization?.split(' ') ?? [];
			expect(scheme).toBe('Basic');
			expect(Buffer.from(encoded, 'base64').toString()).toBe(`alice:${SEED.alice.password}`);
		});

		it('says that a code is asked for', async () => {
			askForCode(server());
			const call = accountOf(server(), credentialOf(server())).call(channel(), WHO);
			expect((await rejectionOf(call)).message).toMatch(/asks for a two-factor code$/);
		});

		it('says that a session may be what a host wants', async () => {
			server().switches.loginOnly = true;
			const call = accountOf(server(), credentialOf(server())).call(channel(), WHO);
			expect((await rejectionOf(call)).hint).toContain('“Session Sign-In”');
		});
	},
);

describeAccount(
	'the account for a password and a second factor',
	{
		...account,
		prepare: askForCode,
		open: (server, wrong) =>
			accountOf(
				server,
				credentialOf(server, { totpSecret: SECRET, ...(wrong && { password: 'wrong' }) }),
			),
	},
	({ server, channel }) => {
		it('sends the code of the time with every call', async () => {
			let now = server().clock.now();
			const credential = readCpanelCredential(credentialOf(server(), { totpSecret: SECRET }));
			const ours = passwordAccount(credential as PasswordCredential, () => now);
			await ours.call(channel(), WHO);
			server().clock.advance(10 * MINUTE);
			now += 10 * MINUTE;
			await ours.call(channel(), WHO);
			expect(server().journal.entries.map(({ headers }) => headers['x-cpanel-otp'])).toEqual([
				codeOf(SECRET, now - 10 * MINUTE),
				codeOf(SECRET, now),
			]);
		});

		it('says that a code was not accepted, and why that may be', async () => {
			server().clock.advance(10 * MINUTE);
			const credential = credentialOf(server(), { totpSecret: SECRET });
			const error = await rejectionOf(accountOf(server(), credential).call(channel(), WHO));
			expect(error.message).toMatch(/did not accept the two-factor code$/);
			expect(error.hint).toMatch(/clock/);
		});
	},
);
