import {
	ANNA_PASSWORD,
	loginStep,
	passwordCredential,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from './harness/cpanel';
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

// what is told of each refusal stands in contract/accounts
describe.each(EVERY_WAY)('a sign-in that is refused: %s', (_, way) => {
	test.each(['createWebmailSessionForMailUser', 'createWebmailSessionForSelf', 'createTempUser'])(
		'costs %s one request, and every item is told why',
		async (operation) => {
			const server = cpsrvd();
			const chain = await runChainBy(way, server, {
				items: fifty,
				credential: way.credential(server, way.wrong),
				steps: [sessions({ operation }, 'continueRegularOutput')],
			});

			expect(server.journal.entries).toHaveLength(1);
			expect(server.locked('alice')).toBe(false);
			const output = chain.output(0) ?? [];
			expect(output).toHaveLength(50);
			const [told, ...others] = new Set(output.map(({ json }) => json.error));
			expect(others).toEqual([]);
			expect(told).toMatch(/did not accept/);
		},
	);
});

test.each<[string, keyof typeof ALL_WAYS, (server: Cpsrvd) => void, RegExp, number]>([
	[
		'a code that a page asks for after the sign-in',
		'a session',
		useSecondFactor,
		/asks for a two-factor code/,
		// the sign-in, the call, and the end of the session
		3,
	],
	[
		'a code that is missing, without naming it',
		'a session',
		(server) => {
			useSecondFactor(server);
			Object.assign(server.switches, { secondFactorMissing: 'refused', secondFactorNamed: false });
		},
		/did not accept the sign-in.+“Two-Factor Secret”/s,
		1,
	],
	[
		'a password on a host that accepts none on calls',
		'a password',
		({ switches }) => (switches.loginOnly = true),
		/“Session Sign-In”/,
		1,
	],
])('%s is told once for fifty items', async (_, name, prepare, message, requests) => {
	const way = ALL_WAYS[name] as Way;
	prepare(cpsrvd());
	const chain = await runChain({
		items: fifty,
		credential: way.credential(cpsrvd()),
		steps: [sessions({}, 'continueRegularOutput')],
	});
	expect(cpsrvd().journal.entries).toHaveLength(requests);
	const told = new Set(chain.output(0)?.map(({ json }) => json.error));
	expect([...told]).toEqual([expect.stringMatching(message)]);
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
});

test.each<[string, Partial<Switches>, RegExp]>([
	['nothing', { emptyBody: true }, /did not answer the sign-in like cPanel/],
	['a time-out', { neverAnswer: true }, /did not send a complete response within/],
	['a reset', { reset: 'before-answer' }, /closed before the response was complete/],
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
});

describe('the wrong server', () => {
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
