import { cpanelAccount } from '../../../nodes/shared/cpanel/accounts';
import type { Account } from '../../../nodes/shared/cpanel/accounts';
import type { Channel } from '../../../nodes/shared/cpanel/api/send';
import { createTempUser } from '../../../nodes/shared/cpanel/functions/tempUser';
import { readCpanelCredential } from '../../../nodes/shared/cpanel/input/credentials';
import type { StoredCpanelCredential } from '../../../nodes/shared/cpanel/input/credentials';
import type { HttpTransport } from '../../../nodes/shared/http/HttpTransport';
import { SEED, startCpsrvd } from '../../cpsrvd';
import type { Cpsrvd, JournalEntry, Switches } from '../../cpsrvd';
import { rejectionOf } from '../../unit/thrown';
import { ADAPTERS } from '../adapters';
import { TIMEOUT } from '../support';

/** A way to act as the account `alice`, and what is different about it. */
export interface AccountUnderTest {
	/** @param wrong whether the server is to refuse who signs in */
	open(server: Cpsrvd, wrong?: boolean): Account;
	/** Makes the server one that has this account. */
	prepare?(server: Cpsrvd): void;
	/** Where calls come in. */
	port: JournalEntry['port'];
	/** The path of a call of `Module/function`. */
	path: RegExp;
	/** Requests before the first call. */
	before: number;
	/** Where a session is opened. */
	sessionAt: 'webmail' | 'cpanel';
}

/** What the test of an account works with. */
export interface Setting {
	server: () => Cpsrvd;
	channel: () => Channel;
}

const WHO = { module: 'Variables', function: 'get_user_information', arguments: { name: 'user' } };
const MISSING = {
	module: 'Session',
	function: 'create_webmail_session_for_mail_user',
	arguments: { domain: 'example.com', login: 'nobody' },
};
const CHECK = {
	module: 'Session',
	function: 'create_webmail_session_for_mail_user_check_password',
	arguments: { domain: 'example.com', login: 'anna' },
};

/** An account of a cPanel account, by what its credential says. */
export function accountOf(server: Cpsrvd, stored: StoredCpanelCredential): Account {
	return cpanelAccount(
		readCpanelCredential({ server: server.address, username: 'alice', ...stored }),
	);
}

/** Declares what every account must do, over both transports; `special` adds what only this one does. */
export function describeAccount(
	name: string,
	subject: AccountUnderTest,
	special: (setting: Setting) => void,
): void {
	describe.each(ADAPTERS)(`${name}, over the %s`, (adapter, openTransport) => {
		let cpsrvd: Cpsrvd;
		let transport: HttpTransport;
		let channel: Channel;
		let account: Account;

		beforeAll(async () => {
			cpsrvd = await startCpsrvd();
		});
		beforeEach(() => {
			cpsrvd.reset();
			subject.prepare?.(cpsrvd);
			transport = openTransport({ allowUnauthorizedCerts: true });
			channel = { transport, timeout: TIMEOUT, certificateSwitch: 'somewhere' };
			account = subject.open(cpsrvd);
		});
		afterEach(async () => await transport.close());
		afterAll(async () => await cpsrvd.stop());

		/** The calls, without what comes before them. */
		const calls = (): JournalEntry[] =>
			cpsrvd.journal.entries.filter(({ path }) => subject.path.test(path));
		const awkward = (switches: Partial<Switches>) =>
			Object.assign(cpsrvd.switches, switches, {
				when: ({ path }: JournalEntry) => subject.path.test(path),
			});

		it('calls a function as the account', async () => {
			const { data, metadata, warnings } = await account.call(channel, WHO);

			expect({ data, metadata, warnings }).toEqual({
				data: { user: 'alice' },
				metadata: {},
				warnings: [],
			});
			expect(account.server.name).toBe(cpsrvd.address);
			expect(calls()).toMatchObject([
				{ method: 'GET', port: subject.port, query: { name: 'user' }, rawBody: '', status: 200 },
			]);
			expect(cpsrvd.journal.entries).toHaveLength(subject.before + 1);
		});

		it('hands arguments over unchanged, without those that are undefined', async () => {
			const odd = { login: `o'neil+ö &=#%20"`, locale: undefined, empty: '' };
			await rejectionOf(account.call(channel, { ...MISSING, arguments: odd }));
			const [call] = calls();
			expect(call?.query).toMatchObject({ login: odd.login, empty: '' });
			expect(call?.query).not.toHaveProperty('locale');
		});

		it('hands secret arguments over in a body, with all others, and in no address', async () => {
			const { password } = SEED.alice.mailboxes['anna@example.com'];
			const { data } = await account.call(channel, { ...CHECK, secretArguments: { password } });

			expect(data).toMatchObject({ token: expect.stringMatching(/^\/cpsess\d+$/) });
			const [call] = calls();
			expect(call).toMatchObject({ method: 'POST', form: { ...CHECK.arguments, password } });
			expect(call?.query).toEqual({});
		});

		it('serves several calls at once', async () => {
			const answers = await Promise.all(
				Array.from({ length: 8 }, async () => await account.call(channel, WHO)),
			);
			expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ user: 'alice' })));
			expect(cpsrvd.journal.entries).toHaveLength(subject.before + 8);
		});

		it('tells a refusal in cPanel’s own words, without what was sent in secret', async () => {
			cpsrvd.switches.echoSecrets = true;
			const secretArguments = { password: 'wr0ng: p@ss+w%rd' };
			const error = await rejectionOf(account.call(channel, { ...CHECK, secretArguments }));

			expect(error).toMatchObject({ kind: 'refusal', stopsBatch: false });
			expect(error.details).toMatch(/^cPanel refused Session::create_webmail.+The password is not/);
			expect(error.details).toContain('•••');
			const { headers, form } = calls()[0]!;
			const proof = [headers.authorization, headers.cookie, form.password];
			const code = headers['x-cpanel-otp']?.toString();
			for (const secret of [...proof, code].filter((text) => text !== undefined)) {
				expect(error.message + error.hint + error.details).not.toContain(
					secret.replace(/^\w+ (\w+:)?/, ''),
				);
			}
		});

		it('goes on after a refusal', async () => {
			await rejectionOf(account.call(channel, MISSING));
			expect((await account.call(channel, WHO)).data).toEqual({ user: 'alice' });
		});

		it('tells a refused sign-in as the credential’s, after one request', async () => {
			const error = await rejectionOf(subject.open(cpsrvd, true).call(channel, WHO));

			expect(error).toMatchObject({
				kind: 'credential',
				stopsBatch: true,
				message: expect.stringContaining('did not accept'),
				hint: expect.stringContaining('n8n sent no further request'),
			});
			expect(cpsrvd.journal.entries).toHaveLength(1);
		});

		it('tells a lock', async () => {
			for (let count = 0; count < 5; count += 1) {
				cpsrvd.state.lockout.refused('alice', 'agency');
			}
			const error = await rejectionOf(account.call(channel, WHO));
			expect(error).toMatchObject({
				kind: 'credential',
				message: expect.stringContaining('has locked out this account'),
			});
			expect(cpsrvd.journal.entries).toHaveLength(1);
		});

		it.each<[string, Partial<Switches>, object]>([
			['denied access', { executeStatus: 403 }, { kind: 'credential', stopsBatch: true }],
			['too many requests', { busy: { status: 429 } }, { kind: 'busy', stopsBatch: false }],
			['maintenance', { busy: { status: 503 } }, { kind: 'busy', stopsBatch: false }],
			['an expired license', { licensePage: true }, { kind: 'answer', stopsBatch: false }],
			['nothing', { emptyBody: true }, { kind: 'answer' }],
			['half an answer', { truncatedJson: true }, { kind: 'answer' }],
			['something else', { notUapi: { hello: 'world' } }, { kind: 'answer' }],
			[
				'a redirect',
				{ redirectTo: { origin: 'https://else.example', status: 307 } },
				{ kind: 'answer' },
			],
			['a connection that breaks', { reset: 'mid-answer' }, { kind: 'connection' }],
		])('tells what is no answer for what it is: %s', async (_, switches, expected) => {
			awkward(switches);
			expect(await rejectionOf(account.call(channel, WHO))).toMatchObject(expected);
			expect(calls()).toHaveLength(1);
		});

		it('sends a call once more when its kept connection died', async () => {
			await account.call(channel, WHO);
			const sent = cpsrvd.journal.entries.length;
			cpsrvd.switches.resetKeptConnection = 1;
			expect((await account.call(channel, WHO)).data).toEqual({ user: 'alice' });
			const more = adapter === 'undici' ? 2 : 1;
			expect(cpsrvd.journal.entries).toHaveLength(sent + more);
		});

		it('serves a call that a busy server had turned away, when it is made again', async () => {
			cpsrvd.switches.busy = { status: 503, times: 1 };
			expect(await rejectionOf(account.call(channel, WHO))).toMatchObject({ kind: 'busy' });
			expect((await account.call(channel, WHO)).data).toEqual({ user: 'alice' });
		});

		it('opens a session of the account, which gets a temporary user', async () => {
			const session = await account.openSession(channel);
			const cookie = subject.sessionAt === 'webmail' ? 'webmailsession' : 'cpsession';
			const origin = subject.sessionAt === 'webmail' ? cpsrvd.webmailOrigin : cpsrvd.cpanelOrigin;
			expect(session).toEqual({
				sessionUrl: expect.stringMatching(/\/cpsess\d{10}$/),
				cookie: expect.stringContaining(`${cookie}=alice%3a`),
			});
			expect(session.sessionUrl).toContain(`${origin}/cpsess`);
			expect(await createTempUser(channel, session)).toMatchObject({ created: 1 });
		});

		it('tells a session that cannot be entered as the credential’s: the next could not, either', async () => {
			cpsrvd.switches.loginAnswer = 'preAuth401';
			cpsrvd.switches.when = ({ path }) => path.startsWith('/cpsess');
			expect(await rejectionOf(account.openSession(channel))).toMatchObject({
				kind: 'credential',
				stopsBatch: true,
			});
		});

		it('is closed without a word, whatever happened', async () => {
			await subject.open(cpsrvd).close(channel);
			expect(cpsrvd.journal.entries).toEqual([]);
			const wrong = subject.open(cpsrvd, true);
			await rejectionOf(wrong.call(channel, WHO));
			await wrong.close(channel);
			expect(cpsrvd.journal.entries).toHaveLength(1);
			await account.call(channel, WHO);
			cpsrvd.switches.neverAnswer = true;
			await account.close({ ...channel, timeout: 100 });
		});

		describe('in particular', () => {
			special({ server: () => cpsrvd, channel: () => channel });
		});
	});
}
