import {
	ANNA_PASSWORD,
	loginStep,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from './harness/cpanel';
import { EVERY_WAY, TWO_WAYS, callsTo, runChainBy } from './harness/ways';
import { runChain } from '../engine/engine';
import type { Step } from '../engine/engine';

const cpsrvd = useCpsrvd();

/** Webmail on a port of its own: found only by who takes the `hostname` of the answer. */
const linked = useCpsrvd({ webmailPort: 0 });

/** Signing in is one thing and how cPanel answers is another: two ways meet all of its answers. */
const worlds = EVERY_WAY.flatMap(([name, way]) =>
	TWO_WAYS.some(([other]) => other === name)
		? (['flat', 'nested'] as const).flatMap((envelope) =>
				(['null', 'given'] as const).map((hostname) => [name, envelope, hostname, way] as const),
			)
		: [[name, 'flat', 'null', way] as const],
);

describe.each(worlds)(
	'with %s, the %s envelope and hostname %s',
	(_way, envelope, hostname, way) => {
		const server = () => (hostname === 'null' ? cpsrvd() : linked());
		const host = () => (hostname === 'null' ? server().address : server().switches.hostname);
		const run = async (session: Step, ...more: Step[]) => {
			const { switches, address, webmailPort } = server();
			switches.envelope = envelope;
			if (hostname === 'given') switches.hostname = `${address}:${webmailPort}`;
			return await runChainBy(way, server(), { steps: [session, ...more] });
		};

		test.each([
			['createWebmailSessionForMailUser', {}, 'GET', 'anna@example.com'],
			[
				'createWebmailSessionForMailUserCheckPassword',
				{ password: ANNA_PASSWORD },
				'POST',
				'anna@example.com',
			],
			['createWebmailSessionForSelf', {}, 'GET', undefined],
		])('%s returns a session that logs in', async (operation, parameters, method, email) => {
			const chain = await run(sessionStep({ operation, ...parameters }), loginStep());

			expect(chain.thrown).toEqual([]);
			const [item] = chain.output(0) ?? [];
			expect(item?.json).toEqual({
				session: expect.stringMatching(/^alice:\w{16}:CREATE_WEBMAIL_SESSION_\w+,[0-9a-f]{32}$/),
				token: expect.stringMatching(/^\/cpsess\d{10}$/),
				hostname: server().switches.hostname,
				host: host(),
				...(email !== undefined && { email }),
			});
			// in the order of use, with what is often null at the end
			expect(Object.keys(item?.json ?? {})).toEqual([
				...(email === undefined ? [] : ['email']),
				...['host', 'session', 'token', 'hostname'],
			]);
			expect(item?.pairedItem).toEqual({ item: 0 });
			expect(chain.output(1)?.[0]?.json).toMatchObject({ loggedIn: true, host: host() });
			const [call, ...more] = callsTo(server());
			expect(more).toEqual([]);
			expect(call).toMatchObject({ method, status: 200, port: way.port });
			expect(call?.headers[way.proof.header]).toMatch(way.proof.like);
			const login = server().journal.entries.at(-1);
			expect(login).toMatchObject({ method: 'POST', status: 307, port: 'webmail' });
			expect(login?.headers.authorization).toBeUndefined();
		});

		test('createTempUser opens a session and returns the user', async () => {
			const chain = await run(sessionStep({ operation: 'createTempUser', sessionSource: 'new' }));

			expect(chain.thrown).toEqual([]);
			const inWebmail = way.sessionAt === 'webmail';
			expect(chain.output(0)?.[0]?.json).toEqual({
				created: 1,
				session_temp_user: expect.stringMatching(/^cpses_/),
				sessionUrl: expect.stringMatching(/\/cpsess\d{10}$/),
				cookie: expect.stringContaining(inWebmail ? 'webmailsession=' : 'cpsession='),
				host: inWebmail ? host() : `${server().address}:2083`,
			});
			const origin = inWebmail ? server().webmailOrigin : server().cpanelOrigin;
			expect(chain.output(0)?.[0]?.json.sessionUrl).toContain(`${origin}/cpsess`);
		});
	},
);

test('another port of the same host is told of', async () => {
	const { address } = cpsrvd();
	cpsrvd().switches.hostname = `${address}:2443`;
	const moved = await runChain({ credential: tokenCredential(cpsrvd()), steps: [sessionStep()] });
	expect(moved.output(0)?.[0]?.json.host).toBe(`${address}:2443`);
	expect(moved.hints).toEqual([expect.stringContaining(`is on ${address}:2443`)]);

	cpsrvd().switches.hostname = `${address}:2096`;
	const usual = await runChain({ credential: tokenCredential(cpsrvd()), steps: [sessionStep()] });
	expect(usual.hints).toEqual([]);
});

test('a token without its slash still logs in, and stays as cPanel sent it', async () => {
	cpsrvd().switches.tokenWithoutSlash = true;
	const chain = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep(), loginStep()],
	});

	const json = chain.output(0)?.[0]?.json;
	expect(json?.token).toMatch(/^cpsess\d{10}$/);
	expect(chain.output(1)?.[0]?.json.loggedIn).toBe(true);
});

test('locale and remote address are sent in the form cPanel wants', async () => {
	const chain = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [
			sessionStep({
				remoteAddress: ' ::ffff:203.0.113.7 ',
				options: { locale: typed('pt-BR') },
			}),
		],
	});

	expect(chain.output(0)).toHaveLength(1);
	expect(cpsrvd().journal.entries[0]?.query).toEqual({
		domain: 'example.com',
		login: 'anna',
		locale: 'pt_br',
		remote_address: '203.0.113.7',
	});
	expect(chain.hints).toEqual([]);
});

test('an IPv6 address is passed on, with a hint', async () => {
	const chain = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ remoteAddress: '2001:db8::7' })],
	});

	expect(cpsrvd().journal.entries[0]?.query.remote_address).toBe('2001:db8::7');
	expect(chain.hints).toEqual([expect.stringContaining('IPv4')]);
});

test.each([
	['anna@example.com', ''],
	['anna@Example.COM', 'example.com'],
	["o'neil+news", 'example.com'],
	['jürgen', 'example.com'],
	['orders@shop.example.com', ''],
])('mailbox %s with domain “%s” is found', async (login, domain) => {
	const chain = await runChain({
		items: [{ login }],
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.login }}'), domain: typed(domain) })],
	});
	expect(chain.output(0)?.[0]?.json.email).toBe(
		login.includes('@') ? login.toLowerCase() : `${login}@${domain}`,
	);
});

describe('a temporary database user', () => {
	test('comes from the output of a login that went before', async () => {
		const chain = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep({ operation: 'createWebmailSessionForSelf' }),
				loginStep(),
				sessionStep({ operation: 'createTempUser', sessionSource: 'existing' }),
			],
		});

		expect(chain.thrown).toEqual([]);
		const login = chain.output(1)?.[0]?.json;
		expect(chain.output(2)?.[0]?.json).toMatchObject({
			created: 1,
			session_temp_user: expect.stringMatching(/^cpses_/),
			sessionUrl: login?.sessionUrl,
			cookie: login?.cookie,
		});
		const call = cpsrvd().journal.entries.at(-1);
		expect(call?.path).toMatch(/^\/cpsess\d+\/execute\/Session\/create_temp_user$/);
		expect(call?.headers.authorization).toBeUndefined();
		expect(call?.headers.cookie).toContain('webmailsession=');
	});

	test.each(['absent', 'null'] as const)(
		'is not created twice in a session, which is an answer (name %s)',
		async (tempUserLater) => {
			cpsrvd().switches.tempUserLater = tempUserLater;
			const existing = { operation: 'createTempUser', sessionSource: 'existing' };
			const chain = await runChain({
				credential: tokenCredential(cpsrvd()),
				steps: [
					sessionStep({ operation: 'createWebmailSessionForSelf' }),
					loginStep(),
					sessionStep(existing),
					sessionStep(existing),
				],
			});
			expect(chain.output(3)?.[0]?.json).toMatchObject({ created: 0, session_temp_user: null });
		},
	);
});

test('three mailboxes go in and three come out logged in, without a typed expression', async () => {
	const chain = await runChain({
		items: ['anna', 'ben', 'carol'].map((mailbox) => ({ mailbox })),
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.mailbox }}') }), loginStep()],
	});

	expect(chain.output(1)?.map(({ json }) => json.loggedIn)).toEqual([true, true, true]);
	expect(chain.output(1)?.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
	expect(chain.output(0)?.map(({ json }) => json.email)).toEqual(
		['anna', 'ben', 'carol'].map((mailbox) => `${mailbox}@example.com`),
	);
	expect(chain.credentialReads).toBe(1);
});
