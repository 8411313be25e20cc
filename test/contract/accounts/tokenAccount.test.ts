import { SEED } from '../../cpsrvd';
import { rejectionOf } from '../../unit/thrown';
import { describeAccount, accountOf } from './accountContract';

const WHO = { module: 'Variables', function: 'get_user_information', arguments: { name: 'user' } };

describeAccount(
	'the account for an API token',
	{
		open: (server, wrong) =>
			accountOf(server, { apiToken: wrong ? 'WRONGTOKEN0123456789' : SEED.alice.apiToken }),
		port: 'cpanel',
		path: /^\/execute\//,
		before: 0,
		sessionAt: 'webmail',
	},
	({ server, channel }) => {
		it('sends the token with every call, and needs no second factor', async () => {
			server().addAccount({ ...SEED.alice, totpSecret: 'JBSWY3DPEHPK3PXP' });
			server().switches.twoFactorPolicy = true;
			const account = accountOf(server(), { apiToken: SEED.alice.apiToken });
			await account.call(channel(), WHO);
			await account.call(channel(), WHO);
			for (const { headers } of server().journal.entries) {
				expect(headers.authorization).toBe(`cpanel alice:${SEED.alice.apiToken}`);
				expect(headers['x-cpanel-otp']).toBeUndefined();
			}
		});

		it('says where a token belongs that was created in WHM', async () => {
			const { hint } = await rejectionOf(
				accountOf(server(), { apiToken: 'ROOTTOKEN' }).call(channel(), WHO),
			);
			expect(hint).toContain('created in WHM belongs in a “cPanel WHM API” credential');
		});
	},
);
