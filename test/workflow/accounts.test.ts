import {
	ANNA_PASSWORD,
	loginStep,
	passwordCredential,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from './harness/cpanel';
import { letAMinutePass } from './harness/minutes';
import { NEVER, useDeadlines } from '../contract/deadlines';
import {
	ALL_WAYS,
	EVERY_WAY,
	TWO_WAYS,
	callsTo,
	isLogOut,
	isSignIn,
	runChainBy,
	useSecondFactor,
	whmCredential,
} from './harness/ways';
import type { Way } from './harness/ways';
import { SEED, WHM_SEED } from '../cpsrvd';
import type { Cpsrvd, JournalEntry, Switches } from '../cpsrvd';
import { runChain } from '../engine/engine';
import type { ChainRun, Step } from '../engine/engine';

const cpsrvd = useCpsrvd();
const withMailNode = useCpsrvd({ mailNode: true });
const passDeadlines = useDeadlines();

const fifty = Array.from({ length: 50 }, () => ({ login: 'anna' }));

const sessions = (parameters = {}, onError?: Step['onError']) =>
	sessionStep({ login: typed('={{ $json.login }}'), ...parameters }, onError);

const signInWays = EVERY_WAY.filter(([, { proof }]) => proof.header === 'cookie');

describe('a sign-in that is refused', () => {
	interface Refused {
		way: string;
		credential?: Record<string, string>;
		prepare?: (server: Cpsrvd) => void;
		switches?: Partial<Switches>;
		message: RegExp;
		/** How many requests it takes to find out; one unless given. */
		requests?: number;
	}

	const OTHER_SECRET = 'GEZD GNBV GY3T QOJQ';
	const lockOut = ({ state }: Cpsrvd) => {
		for (let count = 0; count < 5; count += 1) state.lockout.refused('alice');
	};

	test.each<[string, Refused]>([
		[
			'for a wrong password',
			{
				way: 'a session',
				credential: { password: 'wrong' },
				message: /did not accept the sign-in/,
			},
		],
		[
			'for a wrong password, without a word of it',
			{
				way: 'a session',
				credential: { password: 'wrong' },
				switches: { unauthorizedBody: 'empty' },
				message: /did not accept the sign-in \(HTTP 401\)/,
			},
		],
		[
			'for a wrong password, with the login page',
			{
				way: 'a session',
				credential: { password: 'wrong' },
				switches: { loginPageWith200: true },
				message: /did not accept the sign-in \(its login page\)/,
			},
		],
		[
			'for a code that is missing',
			{
				way: 'a session',
				prepare: useSecondFactor,
				switches: { secondFactorMissing: 'refused' },
				message: /asks for a two-factor code/,
			},
		],
		...(['en', 'de', 'ja'] as const).map((pageLanguage): [string, Refused] => [
			`for a code that a page (${pageLanguage}) asks for after the sign-in`,
			{
				way: 'a session',
				prepare: useSecondFactor,
				switches: { pageLanguage },
				message: /asks for a two-factor code/,
				// the sign-in, the call, and the end of the session
				requests: 3,
			},
		]),
		[
			'for a code that is wrong',
			{
				way: 'a session and a second factor',
				credential: { totpSecret: OTHER_SECRET },
				message: /did not accept the two-factor code/,
			},
		],
		[
			'for a code that is missing, without naming it',
			{
				way: 'a session',
				prepare: useSecondFactor,
				switches: { secondFactorMissing: 'refused', secondFactorNamed: false },
				message: /did not accept the sign-in.+“Two-Factor Secret”/s,
			},
		],
		[
			'for a lock',
			{ way: 'a session', prepare: lockOut, message: /has locked this account or the address/ },
		],
		[
			'for a password that is wrong on every call',
			{ way: 'a password', credential: { password: 'wrong' }, message: /did not accept the cred/ },
		],
		[
			'for a code that is missing on every call',
			{ way: 'a password', prepare: useSecondFactor, message: /asks for a two-factor code/ },
		],
		[
			'for a code that is wrong on every call',
			{
				way: 'a password and a second factor',
				credential: { totpSecret: OTHER_SECRET },
				message: /did not accept the two-factor code/,
			},
		],
		[
			'for a password on a host that accepts none on calls',
			{ way: 'a password', switches: { loginOnly: true }, message: /“Session Sign-In”/ },
		],
		[
			'for a token on a host that accepts none',
			{ way: 'an API token', switches: { loginOnly: true }, message: /did not accept the cred/ },
		],
		[
			'for a lock on every call',
			{ way: 'an API token', prepare: lockOut, message: /has locked this account or the address/ },
		],
		[
			'for a token of WHM that is wrong',
			{ way: 'WHM', credential: { apiToken: 'WRONG' }, message: /did not accept the credential/ },
		],
		[
			'for a token of cPanel that was pasted for WHM',
			{
				way: 'WHM',
				credential: { username: 'alice', apiToken: SEED.alice.apiToken },
				message: /did not accept the credential.+belongs in a “cPanel API” credential/s,
			},
		],
		[
			'for a token of WHM that was pasted for cPanel',
			{
				way: 'an API token',
				credential: { username: 'root', apiToken: WHM_SEED.root.apiToken },
				message: /did not accept the credential.+belongs in a “cPanel WHM API” credential/s,
			},
		],
	])('%s is refused once, whatever is asked', async (_, refused) => {
		const way = ALL_WAYS[refused.way] as Way;
		for (const operation of [
			'createWebmailSessionForMailUser',
			'createWebmailSessionForSelf',
			'createTempUser',
		]) {
			const server = cpsrvd();
			server.reset();
			letAMinutePass();
			way.prepare?.(server);
			refused.prepare?.(server);
			Object.assign(server.switches, refused.switches);
			const chain = await runChain({
				items: fifty,
				credential: way.credential(server, refused.credential),
				credentialType: way.credentialType,
				steps: [sessions({ ...way.parameters, operation }, 'continueRegularOutput')],
			});

			expect(server.journal.entries).toHaveLength(refused.requests ?? 1);
			const output = chain.output(0) ?? [];
			expect(output).toHaveLength(50);
			const [told, ...others] = new Set(output.map(({ json }) => json.error));
			expect(others).toEqual([]);
			expect(told).toMatch(refused.message);
			expect(told).not.toMatch(/wrong$|GEZD/);
		}
	});
});

describe('secrets go to their own servers', () => {
	const operations: Step[][] = [
		[sessionStep(), loginStep()],
		[
			sessionStep({
				operation: 'createWebmailSessionForMailUserCheckPassword',
				password: ANNA_PASSWORD,
			}),
			loginStep(),
		],
		[sessionStep({ operation: 'createWebmailSessionForSelf' }), loginStep()],
		[sessionStep({ operation: 'createTempUser', sessionSource: 'new' })],
	];

	test.each(EVERY_WAY)('with %s', async (_, way) => {
		const server = cpsrvd();
		for (const steps of operations) {
			const chain = await runChainBy(way, server, { steps });
			expect(chain.thrown).toEqual([]);
		}

		const { entries } = server.journal;
		const carrying = (secret: string) =>
			entries.filter((entry) => {
				const { headers, url, rawBody } = entry;
				const basic = Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString();
				const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
				const places = [JSON.stringify(headers), basic, url, rawBody];
				return places.some((place) => place.includes(secret) || place.includes(form));
			});
		const ports = (secret: string) => [...new Set(carrying(secret).map(({ port }) => port))];
		const usesPassword = way.credential(server).authentication !== 'apiToken';
		const isWhm = way.credentialType === 'cpanelWhmApi';

		expect(ports(WHM_SEED.agency.apiToken)).toEqual(isWhm ? ['whm'] : []);
		expect(ports(SEED.alice.password)).toEqual(usesPassword && !isWhm ? ['cpanel'] : []);
		expect(ports(SEED.alice.apiToken)).toEqual(isWhm || usesPassword ? [] : ['cpanel']);
		// a mailbox's password goes the way of the call, and no secret goes into an address
		expect(ports(ANNA_PASSWORD)).toEqual([way.port]);
		for (const { url } of entries) {
			for (const secret of [SEED.alice.password, ANNA_PASSWORD, 'session=', 'tfa_token']) {
				expect(url).not.toContain(new URLSearchParams({ secret }).toString().slice(7));
				expect(url).not.toContain(secret);
			}
		}
		// the code of a second factor comes with every use of the password
		const isSecond = _.includes('second factor');
		for (const { headers, form } of carrying(SEED.alice.password)) {
			const code = headers['x-cpanel-otp'] ?? form.tfa_token;
			expect(code).toEqual(isSecond ? expect.stringMatching(/^\d{6}$/) : undefined);
		}
	});
});

describe.each(signInWays)('with %s', (_, way) => {
	test('one sign-in serves all items, and is ended with a log-out', async () => {
		const chain = await runChainBy(way, cpsrvd(), { items: fifty, steps: [sessions()] });

		expect(chain.output(0)).toHaveLength(50);
		const { entries } = cpsrvd().journal;
		expect(entries.filter(isSignIn)).toHaveLength(1);
		expect(entries[0]).toMatchObject({ method: 'POST', url: '/login/?login_only=1' });
		expect(entries).toHaveLength(52);
		expect(isLogOut(entries[51]!)).toBe(true);
		expect(
			[...cpsrvd().state.sessions].filter(({ service }) => service === 'cpanel'),
		).toMatchObject([{ ended: true, opened: 'password' }]);
	});

	test('a session that ends on the way is followed by another, and no item is lost', async () => {
		cpsrvd().switches.sessionEndsAfter = 12;
		const chain = await runChainBy(way, cpsrvd(), { items: fifty, steps: [sessions()] });

		expect(chain.thrown).toEqual([]);
		expect(chain.output(0)).toHaveLength(50);
		const { entries } = cpsrvd().journal;
		// 50 items at 12 calls a session
		expect(entries.filter(isSignIn)).toHaveLength(5);
		expect(entries.filter(isSignIn).every(({ status }) => status === 200)).toBe(true);
		expect(entries.filter(isLogOut)).toHaveLength(1);
		expect(cpsrvd().locked('alice')).toBe(false);
	});

	test('a session that is over before it was used ends the batch, without another sign-in', async () => {
		const { sessions: opened, lockout } = cpsrvd().state;
		const create = opened.create.bind(opened);
		const isOver = { get: () => true, set: () => {} };
		opened.create = (options) => {
			const session = create(options);
			Object.defineProperty(session, 'ended', isOver);
			return session;
		};
		const chain = await runChainBy(way, cpsrvd(), {
			items: fifty,
			steps: [sessions({}, 'continueRegularOutput')],
		}).finally(() => (opened.create = create));

		expect(cpsrvd().journal.entries.filter(isSignIn)).toHaveLength(1);
		expect(callsTo(cpsrvd())).toHaveLength(1);
		expect(lockout.locked('alice')).toBe(false);
		const errors = new Set(chain.output(0)?.map(({ json }) => json.error));
		expect([...errors]).toEqual([
			expect.stringMatching(/did not accept the session that it had just opened/),
		]);
	});

	test('a log-out that fails spoils nothing', async () => {
		cpsrvd().switches.sessionEndsAfter = 1;
		const chain = await runChainBy(way, cpsrvd(), { steps: [sessionStep()] });

		expect(chain.output(0)).toHaveLength(1);
		expect(cpsrvd().journal.entries.at(-1)).toMatchObject({ status: 401 });
		expect(isLogOut(cpsrvd().journal.entries.at(-1)!)).toBe(true);
	});
});

test.each<[string, Partial<Switches>, RegExp]>([
	['nothing', { emptyBody: true }, /did not answer the sign-in as cPanel does/],
	['half of it', { truncatedJson: true }, /did not answer the sign-in as cPanel does/],
	['a time-out', { neverAnswer: true }, /did not answer completely within/],
	['a reset', { reset: 'before-answer' }, /broke before the answer was complete/],
	['too much', { hugeBody: 2 }, /sent more than 1 MiB/],
])('a sign-in that meets %s is not repeated', async (_, switches, message) => {
	const when = (entry: JournalEntry): boolean => {
		if (switches.neverAnswer) setImmediate(passDeadlines);
		return isSignIn(entry);
	};
	Object.assign(cpsrvd().switches, switches, { when });
	const chain = await runChain({
		items: fifty,
		credential: ALL_WAYS['a session']!.credential(cpsrvd()),
		steps: [sessions({ options: { timeout: NEVER } }, 'continueRegularOutput')],
	});

	expect(cpsrvd().journal.entries).toHaveLength(1);
	expect(chain.output(0)).toHaveLength(50);
	const [first, second, third, ...rest] = chain.output(0)?.map(({ json }) => json.error) ?? [];
	expect([first, second, third]).toEqual(Array(3).fill(expect.stringMatching(message)));
	expect(new Set(rest)).toEqual(
		new Set([expect.stringMatching(/^Not sent: 3 requests failed before any was accepted/)]),
	);
});

describe('with WHM', () => {
	const whm = async (steps: Step[], items = [{}], changes = {}): Promise<ChainRun> =>
		await runChain({
			items,
			credential: whmCredential(cpsrvd(), changes),
			credentialType: 'cpanelWhmApi',
			steps: steps.map((step) => ({
				...step,
				parameters: { authentication: 'whm', ...step.parameters },
			})),
		});
	const lookUps = () => callsTo(cpsrvd()).filter(({ path }) => path === '/json-api/getdomainowner');

	test('a domain alone is enough, and its owner is looked up once', async () => {
		const logins = ['anna@example.com', 'orders@shop.example.com', 'ben@example.com'];
		const items = Array.from({ length: 30 }, (_, index) => ({ login: logins[index % 3] ?? '' }));
		const chain = await whm([sessions({ domain: typed('') })], items);

		expect(chain.thrown).toEqual([]);
		expect(chain.output(0)?.map(({ json }) => json.email)).toEqual(items.map(({ login }) => login));
		expect(lookUps().map(({ query }) => query.domain)).toEqual(['example.com', 'shop.example.com']);
		expect(callsTo(cpsrvd())[1]).toMatchObject({
			path: '/json-api/uapi_cpanel',
			query: { 'cpanel.user': 'alice', 'cpanel.module': 'Session', 'api.version': '1' },
		});
	});

	test('an account that is named is not looked up', async () => {
		await whm([sessionStep({ account: typed(' alice ') })]);
		expect(callsTo(cpsrvd()).map(({ query }) => query['cpanel.user'])).toEqual(['alice']);
	});

	test.each(['noUser', 'refused'] as const)(
		'a domain that is nobody’s stops its own items only (%s)',
		async (unknownDomain) => {
			cpsrvd().switches.unknownDomain = unknownDomain;
			const items = [
				'anna@example.com',
				'x@nobodys.example',
				'y@nobodys.example',
				'rob@example.org',
			];
			const chain = await whm(
				[sessions({ domain: typed('') }, 'continueRegularOutput')],
				items.map((login) => ({ login })),
			);

			const errors = chain.output(0)?.map(({ json }) => json.error);
			expect(errors?.[0]).toBeUndefined();
			// what is not the reseller's is nobody's
			for (const error of errors?.slice(1) ?? []) expect(error).toMatch(/nobodys|example\.org/);
			expect(lookUps()).toHaveLength(3);
		},
	);

	test.each([
		['an account', 'createWebmailSessionForSelf', {}],
		['an account', 'createTempUser', { sessionSource: 'new' }],
		['a domain', 'createWebmailSessionForMailUser', { account: typed('example.com') }],
	])('where nothing names %s, nothing is sent: %s', async (_, operation, parameters) => {
		const items = [{}, {}];
		const chain = await whm([sessionStep({ operation, ...parameters })], items);
		expect(chain.thrown).toMatchObject([
			{ message: expect.stringMatching(/^“cPanel Account” is (empty|not the name)/) },
		]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test('a session that exists needs no account', async () => {
		const chain = await whm([
			sessionStep({ operation: 'createWebmailSessionForSelf', account: typed('alice') }),
			loginStep(),
			sessionStep({ operation: 'createTempUser', sessionSource: 'existing' }),
		]);
		expect(chain.output(2)?.[0]?.json.created).toBe(1);
	});

	test('a temporary user comes in a session that WHM made, opened at cPanel without a token', async () => {
		cpsrvd().switches.userSessionHost = 'known-to-itself.invalid';
		await whm([sessionStep({ operation: 'createTempUser', account: typed('alice') })]);

		expect(cpsrvd().journal.entries).toMatchObject([
			{ port: 'whm', path: '/json-api/create_user_session', query: { service: 'cpaneld' } },
			{ port: 'cpanel', method: 'POST', path: expect.stringMatching(/^\/cpsess\d+\/login\/$/) },
			{
				port: 'cpanel',
				path: expect.stringMatching(/^\/cpsess\d+\/execute\/Session\/create_temp/),
			},
		]);
		for (const { headers } of cpsrvd().journal.entries.slice(1)) {
			expect(headers.authorization).toBeUndefined();
		}
	});

	test.each<[string, Partial<Switches>, RegExp]>([
		['a used one', { loginAnswer: 'preAuth401' }, /did not accept the session that WHM had made/],
		['none', { loginAnswer: 'noCookie' }, /did not accept the session that WHM had made/],
		['elsewhere', { loginAnswer: 'redirectElsewhere' }, /a redirect to elsewhere\.example/],
	])('a session that turns out to be %s ends the matter', async (_, switches, message) => {
		Object.assign(cpsrvd().switches, switches);
		const chain = await whm(
			[
				sessionStep(
					{ operation: 'createTempUser', account: typed('alice') },
					'continueRegularOutput',
				),
			],
			[{}, {}],
		);
		expect(chain.output(0)?.[0]?.json.error).toMatch(message);
	});

	test('an account of somebody else is refused, and the others go on', async () => {
		const items = ['bob', 'alice'].map((account) => ({ account, login: 'anna' }));
		const chain = await whm(
			[sessions({ account: typed('={{ $json.account }}') }, 'continueRegularOutput')],
			items,
		);
		expect(chain.output(0)?.[0]?.json.error).toMatch(/^bob is not an account .+“cPanel Account”/s);
		expect(chain.output(0)?.[1]?.json.email).toBe('anna@example.com');
	});

	test('root may act for everybody', async () => {
		const { user: username, apiToken } = WHM_SEED.root;
		const items = ['anna@example.com', 'rob@example.org'].map((login) => ({ login }));
		const chain = await whm([sessions({ domain: typed('') })], items, { username, apiToken });
		expect(chain.output(0)).toHaveLength(2);
	});
});

describe('mail on another server', () => {
	const logInThere = [sessionStep(), loginStep()];

	test.each(TWO_WAYS)('is named in a hint, and logged in to: %s', async (_, way) => {
		const server = withMailNode();
		const { mailNodeAddress = '' } = server;
		server.switches.hostname = mailNodeAddress;
		const chain = await runChainBy(way, server, { steps: logInThere });

		expect(chain.output(0)?.[0]?.json).toMatchObject({
			host: mailNodeAddress,
		});
		expect(chain.hints).toEqual([
			expect.stringMatching(
				new RegExp(`is on ${mailNodeAddress}.+not to ${server.address}.+“Webmail Host”`),
			),
		]);
		expect(chain.output(1)?.[0]?.json.loggedIn).toBe(true);
		expect(server.journal.entries.find(({ port }) => port === 'webmail')).toMatchObject({
			address: mailNodeAddress,
		});
	});

	test('is named once for many items', async () => {
		const server = withMailNode();
		server.switches.hostname = server.mailNodeAddress ?? null;
		const credential = tokenCredential(server);
		const chain = await runChain({ items: fifty, credential, steps: [sessions()] });
		expect(chain.output(0)).toHaveLength(50);
		expect(chain.hints).toHaveLength(1);
	});

	test('gives no hint where the server names itself', async () => {
		cpsrvd().switches.hostname = cpsrvd().address;
		const chain = await runChain({ credential: tokenCredential(cpsrvd()), steps: logInThere });
		expect(chain.hints).toEqual([]);
	});

	test.each(TWO_WAYS)('may be overruled by “Webmail Host”: %s', async (_, way) => {
		const server = withMailNode();
		server.switches.hostname = 'elsewhere.invalid';
		const webmailHost = `${server.mailNodeAddress}:2096`;
		for (const operation of [
			'createWebmailSessionForMailUser',
			'createWebmailSessionForMailUserCheckPassword',
			'createWebmailSessionForSelf',
		]) {
			const options = { webmailHost };
			const chain = await runChainBy(way, server, {
				steps: [sessionStep({ operation, password: ANNA_PASSWORD, options }), loginStep()],
			});
			expect(chain.output(0)?.[0]?.json).toMatchObject({
				hostname: 'elsewhere.invalid',
				host: server.mailNodeAddress,
			});
			expect(chain.hints).toEqual([]);
			expect(chain.output(1)?.[0]?.json.loggedIn).toBe(true);
		}
	});

	test.each([
		' Webmail.Example.com:443 ',
		'https://webmail.example.com:443/cpsess1/webmail/jupiter/index.html',
		'<https://webmail.example.com:443|webmail>',
	])('may be a service subdomain on another port: %s', async (webmailHost) => {
		const options = { webmailHost };
		const chain = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep({ options }),
				{ type: 'cpanelWebmailLogin', parameters: { operation: 'createLink' } },
			],
		});
		expect(chain.output(0)?.[0]?.json.host).toBe('webmail.example.com:443');
		expect(chain.output(1)?.[0]?.json.url).toMatch(
			/^https:\/\/webmail\.example\.com:443\/cpsess\d+\/login\/\?session=/,
		);
	});

	test.each(['http://webmail.example.com', 'webmail.example.com/x', 'a@b', 'a:99999'])(
		'is not sent for when “Webmail Host” is %s',
		async (webmailHost) => {
			const chain = await runChain({
				credential: tokenCredential(cpsrvd()),
				steps: [sessionStep({ options: { webmailHost } })],
			});
			expect(chain.thrown).toMatchObject([{ message: expect.stringContaining('“Webmail Host”') }]);
			expect(cpsrvd().journal.entries).toEqual([]);
		},
	);
});

describe('the wrong server', () => {
	test.each([
		['a cPanel credential with the port of WHM', 'an API token', 2087, /that of WHM/],
		['a WHM credential with the port of cPanel', 'WHM', 2083, /that of cPanel/],
	])('is told before anything is sent: %s', async (_, name, port, message) => {
		const way = ALL_WAYS[name] as Way;
		const server = `${cpsrvd().address}:${port}`;
		const chain = await runChainBy(way, cpsrvd(), {
			credential: way.credential(cpsrvd(), { server }),
			steps: [sessionStep()],
		});
		expect(chain.thrown).toMatchObject([{ message: expect.stringMatching(message) }]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	test.each([
		['an API token', (server: Cpsrvd) => tokenCredential(server)],
		['a password', (server: Cpsrvd) => passwordCredential(server)],
	])('is told from its answer: Webmail’s port, with %s', async (_, credential) => {
		const chain = await runChain({
			credential: { ...credential(cpsrvd()), server: `${cpsrvd().address}:2096` },
			steps: [sessionStep()],
		});
		expect(chain.thrown).toMatchObject([
			{
				message: expect.stringContaining('denies access'),
				description: expect.stringContaining('port (2083)'),
			},
		]);
	});
});

test('an unknown choice of authentication is refused, and nothing is sent', async () => {
	const chain = await runChain({
		items: [{ how: 'smoke signals' }],
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ authentication: '={{ $json.how }}' })],
	});
	expect(chain.thrown).toHaveLength(1);
	expect(cpsrvd().journal.entries).toEqual([]);
});
