import { signInAccount } from '../../../nodes/shared/cpanel/accounts/sessionAccount';
import { readCpanelCredential } from '../../../nodes/shared/cpanel/input/credentials';
import type { PasswordCredential } from '../../../nodes/shared/cpanel/input/credentials';
import type { HttpTransport } from '../../../nodes/shared/http/HttpTransport';
import { SEED, codeOf } from '../../cpsrvd';
import type { Cpsrvd, JournalEntry } from '../../cpsrvd';
import { rejectionOf } from '../../unit/thrown';
import { describeAccount, accountOf } from './accountContract';

const WHO = { module: 'Variables', function: 'get_user_information', arguments: { name: 'user' } };
const SECRET = 'JBSWY3DPEHPK3PXP';

const credentialOf = (server: Cpsrvd, changes = {}) => ({
	server: server.address,
	username: 'alice',
	authentication: 'session',
	password: SEED.alice.password,
	...changes,
});
const isSignIn = ({ path }: JournalEntry) => path === '/login/';
const account = {
	port: 'cpanel',
	path: /^\/cpsess\d+\/execute\//,
	before: 1,
	sessionAt: 'webmail',
} as const;

/** Hands no refusal on before this has come to its end. */
function refusedUntil(end: Promise<unknown>, transport: HttpTransport): HttpTransport {
	return {
		close: async () => {},
		async send(request) {
			const response = await transport.send(request);
			if (response.status !== 200) await end;
			return response;
		},
	};
}

describeAccount(
	'the account for a session',
	{
		...account,
		open: (server, wrong) =>
			accountOf(server, credentialOf(server, wrong ? { password: 'wrong' } : {})),
		prepare: ({ switches }) => (switches.loginOnly = true),
	},
	({ server, channel }) => {
		const open = () => accountOf(server(), credentialOf(server()));
		const signIns = () => server().journal.entries.filter(isSignIn);

		it('signs in once, and calls with cookie and token together', async () => {
			const ours = open();
			await Promise.all([1, 2, 3].map(async () => await ours.call(channel(), WHO)));
			await ours.call(channel(), WHO);

			const [signIn, ...calls] = server().journal.entries;
			expect(signIn).toMatchObject({
				method: 'POST',
				url: '/login/?login_only=1',
				form: { user: 'alice', pass: SEED.alice.password },
			});
			expect(signIn?.form).not.toHaveProperty('tfa_token');
			expect(calls).toHaveLength(4);
			for (const { headers, path } of calls) {
				expect(headers.cookie).toContain('cpsession=alice%3a');
				expect(headers.authorization).toBeUndefined();
				expect(path).toBe(
					`${[...server().state.sessions][0]?.token}/execute/Variables/get_user_information`,
				);
			}
		});

		it('signs in anew when the session has ended, once for all calls, and sends them again', async () => {
			const ours = open();
			await ours.call(channel(), WHO);
			for (const session of server().state.sessions) session.ended = true;
			const answers = await Promise.all(
				Array.from({ length: 6 }, async () => await ours.call(channel(), WHO)),
			);
			expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ user: 'alice' })));
			expect(signIns()).toHaveLength(2);
		});

		it.each([1, 2, 5, 40])(
			'loses no call of 32 in flight at a time to sessions that end after %i calls each',
			async (sessionEndsAfter) => {
				server().switches.sessionEndsAfter = sessionEndsAfter;
				const ours = open();
				let left = 100;
				const caller = async (): Promise<void> => {
					while (left > 0) {
						left -= 1;
						expect((await ours.call(channel(), WHO)).data).toEqual({ user: 'alice' });
					}
				};
				await Promise.all(Array.from({ length: 32 }, caller));
				expect(signIns()).toHaveLength(Math.ceil(100 / sessionEndsAfter));
			},
		);

		it('opens one session for all calls in flight, also for those it hears of later', async () => {
			const ours = open();
			await ours.call(channel(), WHO);
			const [first] = server().state.sessions;
			first!.ended = true;
			const renewed = ours.call(channel(), WHO);
			const late = { ...channel(), transport: refusedUntil(renewed, channel().transport) };
			const calls = Array.from({ length: 31 }, async () => await ours.call(late, WHO));
			await Promise.all([renewed, ...calls]);
			expect(signIns()).toHaveLength(2);
		});

		it('gives up when the new session is refused at once, for all calls in flight', async () => {
			const ours = open();
			await ours.call(channel(), WHO);
			const isOver = { get: () => true, set: () => {} };
			const { sessions } = server().state;
			const create = sessions.create.bind(sessions);
			sessions.create = (options) => {
				const session = create(options);
				Object.defineProperty(session, 'ended', isOver);
				return session;
			};
			for (const session of sessions) session.ended = true;
			try {
				const calls = Array.from({ length: 32 }, async () => await ours.call(channel(), WHO));
				const errors = await Promise.all(calls.map(rejectionOf));
				errors.push(await rejectionOf(ours.call(channel(), WHO)));
				for (const error of errors) {
					expect(error).toMatchObject({
						kind: 'credential',
						message: expect.stringContaining('the session that it had just opened'),
					});
				}
			} finally {
				sessions.create = create;
			}
			expect(signIns()).toHaveLength(2);
		});

		it('does not sign in again after it was refused', async () => {
			const ours = accountOf(server(), credentialOf(server(), { password: 'wrong' }));
			const errors = await Promise.all(
				[1, 2, 3].map(async () => await rejectionOf(ours.call(channel(), WHO))),
			);
			errors.push(await rejectionOf(ours.call(channel(), WHO)));
			expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
			expect(server().journal.entries).toHaveLength(1);
		});

		it('logs out at its end, and no session stays open', async () => {
			const ours = open();
			await ours.call(channel(), WHO);
			await ours.close(channel());
			expect(server().journal.entries.at(-1)).toMatchObject({
				method: 'GET',
				path: expect.stringMatching(/^\/cpsess\d+\/logout\/$/),
				status: 200,
			});
			expect([...server().state.sessions].map(({ ended }) => ended)).toEqual([true]);
		});
	},
);

describeAccount(
	'the account for a session and a second factor',
	{
		...account,
		prepare: (server) => void server.addAccount({ ...SEED.alice, totpSecret: SECRET }),
		open: (server, wrong) =>
			accountOf(
				server,
				credentialOf(server, { totpSecret: SECRET, ...(wrong && { password: 'wrong' }) }),
			),
	},
	({ server, channel }) => {
		it('sends the code of the time with each sign-in', async () => {
			const credential = readCpanelCredential(credentialOf(server(), { totpSecret: SECRET }));
			let now = server().clock.now();
			const ours = signInAccount(credential as PasswordCredential, () => now);
			await ours.call(channel(), WHO);
			server().clock.advance(20 * 60_000);
			now += 20 * 60_000;
			// left alone for so long, the session is over
			await ours.call(channel(), WHO);
			const codes = server()
				.journal.entries.filter(isSignIn)
				.map(({ form }) => form.tfa_token);
			expect(codes).toEqual([codeOf(SECRET, now - 20 * 60_000), codeOf(SECRET, now)]);
		});

		it.each([
			['was missing', '', /asks for a two-factor code$/],
			['was wrong', 'GEZDGNBVGY3TQOJQ', /did not accept the two-factor code$/],
		])('says that the code %s', async (_case, totpSecret, message) => {
			const ours = accountOf(server(), credentialOf(server(), { totpSecret }));
			expect((await rejectionOf(ours.call(channel(), WHO))).message).toMatch(message);
		});
	},
);
