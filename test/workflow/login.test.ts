import type { Switches } from '../cpsrvd';
import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';
import { letAMinutePass } from './harness/minutes';
import { runChain } from '../engine/engine';
import type { ChainRun } from '../engine/engine';

const cpsrvd = useCpsrvd();

async function sessionAndLogin(switches: Partial<Switches> = {}): Promise<ChainRun> {
	Object.assign(cpsrvd().switches, switches);
	return await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep(), loginStep()],
	});
}

/** Opens the mailbox as a browser with that cookie would. */
async function open(url: unknown, cookie: unknown): Promise<{ status: number; body: string }> {
	const { Agent, request } = await import('undici');
	const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
	try {
		const response = await request(String(url), {
			dispatcher,
			headers: { cookie: String(cookie) },
		});
		return { status: response.statusCode, body: await response.body.text() };
	} finally {
		await dispatcher.close();
	}
}

const logins = () => cpsrvd().journal.entries.filter(({ port }) => port === 'webmail');

test.each([301, 307] as const)(
	'a redirect with %i is a login, and is not followed',
	async (loginStatus) => {
		const chain = await sessionAndLogin({ loginStatus });

		const json = chain.output(1)?.[0]?.json;
		expect(json).toEqual({
			loggedIn: true,
			url: expect.stringMatching(/^https:\/\/[^/]+\/cpsess\d{10}\/webmail\/jupiter\/index\.html\?/),
			sessionUrl: expect.stringMatching(/^https:\/\/[\d.]+:2096\/cpsess\d{10}$/),
			cookie: expect.stringMatching(/^webmailsession=anna%40example\.com/),
			host: cpsrvd().address,
		});
		expect(logins()).toHaveLength(1);
		const page = await open(json?.url, json?.cookie);
		expect(page.status).toBe(200);
		expect(page.body).toContain('anna@example.com');
	},
);

test('each item says for itself whether the certificate may be one that nobody knows', async () => {
	const chain = await runChain({
		items: [{ trust: true }, { trust: false }, { trust: 'yes' }, { trust: 0 }],
		credential: tokenCredential(cpsrvd()),
		steps: [
			sessionStep({}, 'continueRegularOutput'),
			loginStep(
				{ options: { allowUnauthorizedCerts: '={{ $("Items").item.json.trust }}' } },
				'continueRegularOutput',
			),
		],
	});

	expect(chain.output(1)?.map(({ json }) => json.loggedIn ?? json.error)).toEqual([
		true,
		expect.stringMatching(/^The certificate of .* was refused: it is self-signed/),
		true,
		expect.stringMatching(/^The certificate of .* was refused: it is self-signed/),
	]);
	expect(logins()).toHaveLength(2);
});

test('the session travels in the body of a POST and in no URL', async () => {
	const chain = await sessionAndLogin();
	const { session, token } = chain.output(0)?.[0]?.json ?? {};
	expect(logins()).toMatchObject([
		{ method: 'POST', url: `${token as string}/login`, query: {}, form: { session } },
	]);
});

test.each([
	['colon and comma', 'alice:1:2,3'],
	['an address', 'anna@example.com'],
	['percent signs', '100%25%3a'],
	['plus signs and spaces', 'a + b  c'],
	['letters beyond ASCII', 'jürgen–日本語'],
	['an ampersand and equals', 'a&b=c;d'],
])('a session with %s arrives as it is', async (_, sessionUser) => {
	const chain = await sessionAndLogin({ sessionUser });

	const session = chain.output(0)?.[0]?.json.session as string;
	expect(session.startsWith(`${sessionUser}:`)).toBe(true);
	expect(logins()[0]?.form.session).toBe(session);
	expect(chain.output(1)?.[0]?.json.loggedIn).toBe(true);
});

test('the page to go to and the locale are sent along', async () => {
	const chain = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [
			sessionStep(),
			loginStep({
				options: {
					allowUnauthorizedCerts: true,
					gotoUri: '/3rdparty/roundcube/index.php?_task=mail',
					locale: 'pt-BR',
				},
			}),
		],
	});

	expect(logins()[0]?.form).toMatchObject({
		goto_uri: '/3rdparty/roundcube/index.php?_task=mail',
		locale: 'pt_br',
	});
	const json = chain.output(1)?.[0]?.json;
	expect(json?.url).toBe(`${json?.sessionUrl as string}/3rdparty/roundcube/index.php?_task=mail`);
	expect(json?.cookie).toContain('session_locale=pt_br');
});

describe('a login that is refused', () => {
	test('because the session expired says so', async () => {
		const first = await runChain({ credential: tokenCredential(cpsrvd()), steps: [sessionStep()] });
		cpsrvd().clock.advance(16 * 60_000);
		const chain = await runChain({
			items: first.output(0)?.map(({ json }) => json),
			steps: [loginStep()],
		});
		expect(chain.thrown).toMatchObject([{ message: 'The session expired before it was used' }]);
	});

	test('because the session is for another address says so, and names the option', async () => {
		const chain = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({ remoteAddress: '203.0.113.7' }), loginStep()],
		});
		expect(chain.thrown).toMatchObject([
			{
				message: expect.stringContaining('a different address'),
				description: expect.stringContaining('“Remote Address”'),
			},
		]);
	});

	test('because n8n is locked out says so', async () => {
		const items = Array.from({ length: 5 }, (_, index) => ({
			host: cpsrvd().address,
			token: '/cpsess0000000001',
			session: `nobody:${index}`,
		}));
		// five refusals lock the address; a node stops after three, so it takes two executions, a minute apart
		for (const batch of [items.slice(0, 3), items.slice(3)]) {
			await runChain({ items: batch, steps: [loginStep({}, 'continueRegularOutput')] });
			letAMinutePass();
		}
		const chain = await runChain({ items: items.slice(0, 1), steps: [loginStep()] });
		expect(cpsrvd().locked('127.0.0.1')).toBe(true);
		expect(chain.thrown).toMatchObject([{ message: expect.stringContaining('locked') }]);
	});
});

test('a login is never sent twice, even when its connection dies', async () => {
	const chain = await sessionAndLogin({
		reset: 'before-answer',
		when: ({ port }) => port === 'webmail',
	});
	expect(chain.thrown).toMatchObject([
		{ message: expect.stringContaining('closed before the response') },
	]);
	expect(logins()).toHaveLength(1);
});

test('items of several mailboxes keep to their own session', async () => {
	const mailboxes = ['anna', 'ben', 'carol', 'anna', 'ben'];
	const chain = await runChain({
		items: mailboxes.map((mailbox) => ({ mailbox })),
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.mailbox }}') }), loginStep()],
	});

	const opened = await Promise.all(
		(chain.output(1) ?? []).map(async ({ json }) => (await open(json.url, json.cookie)).body),
	);
	expect(opened.map((body) => /<title>Webmail - (\w+)@/.exec(body)?.[1])).toEqual(mailboxes);
});
