import { createHash } from 'node:crypto';

import { OpeningCounter } from '../../nodes/shared/accessLink/OpeningCounter';
import { ask } from '../contract/accessLinks/ask';
import { LINK_SECRET, VISITOR, expiredToken, tokenOf } from '../contract/accessLinks/links';
import type { PublishedTrigger } from '../engine/trigger';
import { look, press, useTriggers } from './harness/accessLinks';
import type { Answer } from './harness/accessLinks';
import { passwordCredential, tokenCredential, useCpsrvd } from './harness/cpanel';
import { secretsOf, whmCredential } from './harness/ways';

const cpsrvd = useCpsrvd();
const publish = useTriggers(cpsrvd);

/** What every answer carries, whatever it is. */
function expectGuarded({ headers, body }: Answer, { script = false } = {}): void {
	expect(Object.fromEntries(headers)).toMatchObject({
		'cache-control': 'no-store',
		'referrer-policy': 'no-referrer',
		'x-robots-tag': 'noindex, nofollow, noarchive',
		'x-frame-options': 'DENY',
		'x-content-type-options': 'nosniff',
	});
	const policy = directivesOf(headers.get('content-security-policy') ?? '');
	expect(policy).toEqual({
		'default-src': "'none'",
		'style-src': expect.stringMatching(/^'sha256-[A-Za-z0-9+/]{43}='$/),
		...(script && { 'script-src': expect.stringMatching(/^'sha256-/) }),
		'form-action': "'self' https:",
		'base-uri': "'none'",
		'frame-ancestors': "'none'",
	});
	const [, style] = /<style>([^]*?)<\/style>/.exec(body) ?? [];
	if (style !== undefined) expect(policy['style-src']).toBe(hashOf(style));
	expect(body.includes('<script')).toBe(script);
	expect(body).not.toMatch(/og:|twitter:|\son\w+=|\sstyle=/);
}

function directivesOf(policy: string): Record<string, string> {
	return Object.fromEntries(
		policy.split('; ').map((directive) => {
			const [name = '', ...values] = directive.split(' ');
			return [name, values.join(' ')];
		}),
	);
}

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The functions that cPanel was asked for. */
function asked(): string[] {
	return cpsrvd().journal.entries.map(({ path }) => path.split('/').at(-1) ?? '');
}

const CREATE = 'create_webmail_session_for_mail_user';

describe('looking at a link', () => {
	it.each(['GET', 'HEAD'] as const)(
		'%s: the page with its button, and nothing happens',
		async (method) => {
			const trigger = await publish();
			for (let times = 0; times < 30; times += 1) {
				const answer = await look(trigger, tokenOf(), {}, method);
				expect(answer.status).toBe(200);
				expectGuarded(answer);
				expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
				if (method === 'HEAD') expect(answer.body).toBe('');
			}
			expect(cpsrvd().journal.entries).toEqual([]);
			expect(trigger.executions).toEqual([]);
		},
	);

	it('shows whose mailbox it is and until when, and keeps the token out of the form’s address', async () => {
		const token = tokenOf({ expiresAt: Date.parse('2100-01-02T03:04:00Z') / 1000 });
		const { body } = await look(await publish(), token);
		expect(body).toContain('<bdi>anna@example.com</bdi>');
		expect(body).toMatch(/January [12], 2100/);
		expect(body).toContain(`<input type="hidden" name="t" value="${token}">`);
		expect(body).toContain('<form id="login" method="post" action="?">');
		expect(body).not.toContain(LINK_SECRET);
	});

	it('is the same as often as one likes: looking is not counted', async () => {
		const trigger = await publish({ parameters: { options: { mostOpenings: 1 } } });
		const token = tokenOf();
		for (let times = 0; times < 20; times += 1) {
			expect((await look(trigger, token)).status).toBe(200);
		}
		expect((await press(trigger, token)).status).toBe(303);
	});
});

describe('pressing the button', () => {
	it('makes a session for the visitor, records it, and sends the browser on', async () => {
		const trigger = await publish();
		const token = tokenOf({ reference: '4711', id: 'k7m4qx2p9wha' });
		const answer = await press(trigger, token, { 'user-agent': 'A browser' });

		expect(answer.status).toBe(303);
		expectGuarded(answer);
		expect(answer.body).toBe('');
		const [session] = [...cpsrvd().state.sessions];
		expect(session).toMatchObject({ mailbox: 'anna@example.com', address: VISITOR });
		const location = new URL(answer.headers.get('location') ?? '');
		expect(location.origin).toBe(cpsrvd().webmailOrigin);
		expect(location.pathname).toBe(`${session?.token}/login/`);
		expect(location.searchParams.get('session')).toBe(session?.value);
		expect(asked()).toEqual([CREATE]);

		expect(trigger.executions).toEqual([
			[
				[
					{
						event: 'opened',
						email: 'anna@example.com',
						linkId: 'k7m4qx2p9wha',
						reference: '4711',
						issuedAt: expect.stringMatching(/^\d{4}-.*Z$/),
						expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
						at: expect.stringMatching(/^\d{4}-.*Z$/),
						visitorAddress: VISITOR,
						userAgent: 'A browser',
					},
				],
				[],
			],
		]);
		const recorded = JSON.stringify(trigger.executions);
		for (const secret of [...secretsOf(cpsrvd()), token, LINK_SECRET, trigger.url]) {
			expect(recorded).not.toContain(secret);
		}
	});

	it('works again until the link expires, each time with a session of its own', async () => {
		const trigger = await publish();
		const token = tokenOf();
		const locations = [await press(trigger, token), await press(trigger, token)].map(
			({ headers }) => headers.get('location'),
		);
		expect(new Set(locations).size).toBe(2);
		expect(trigger.executions).toHaveLength(2);
	});

	it('passes on what the link and the trigger say of the login', async () => {
		const trigger = await publish({
			parameters: {
				options: { gotoUri: '/of/the/trigger', webmailHost: 'webmail.example.com:443' },
			},
		});
		const of = async (token: string): Promise<URL> =>
			new URL((await press(trigger, token)).headers.get('location') ?? '');
		const plain = await of(tokenOf());
		expect(plain.searchParams.get('goto_uri')).toBe('/of/the/trigger');
		expect(plain.host).toBe('webmail.example.com');
		const own = await of(tokenOf({ gotoUri: '/of/the/link', locale: 'de' }));
		expect(own.searchParams.get('goto_uri')).toBe('/of/the/link');
		expect(cpsrvd().journal.entries.at(-1)?.query.locale).toBe('de');
	});

	it('hands over by a page with POST, where that is chosen', async () => {
		const trigger = await publish({ parameters: { handOver: 'page' } });
		const answer = await press(trigger, tokenOf());
		expect(answer.status).toBe(200);
		expectGuarded(answer, { script: true });
		const [session] = [...cpsrvd().state.sessions];
		expect(answer.body).toContain(
			`method="post" action="${cpsrvd().webmailOrigin}${session?.token}/login"`,
		);
		expect(answer.body).toContain(`name="session" value="${session?.value}"`);
		expect(trigger.executions).toMatchObject([[[{ event: 'opened' }], []]]);
	});

	it('opens nothing for a form of another site: the page is shown again', async () => {
		const trigger = await publish();
		const answer = await press(trigger, tokenOf(), { 'sec-fetch-site': 'cross-site' });
		expect(answer.status).toBe(200);
		expectGuarded(answer);
		expect(answer.body).toContain('<button');
		expect(asked()).toEqual([]);
		expect(trigger.executions).toEqual([]);
		for (const site of ['same-origin', 'same-site', 'none']) {
			const { status } = await press(trigger, tokenOf(), { 'sec-fetch-site': site });
			expect(status).toBe(303);
		}
	});

	it('is not done by a POST to the address of the link itself', async () => {
		const trigger = await publish();
		const response = await fetch(`${trigger.url}?t=${tokenOf()}`, { method: 'POST' });
		expect(response.status).toBe(403);
		expect(asked()).toEqual([]);
	});

	it('is answered with 429 and when to come back, after too many', async () => {
		const trigger = await publish({ parameters: { options: { mostOpenings: 2 } } });
		const token = tokenOf();
		await press(trigger, token);
		await press(trigger, token);
		const answer = await press(trigger, token);
		expect(answer.status).toBe(429);
		expectGuarded(answer);
		const wait = Number(answer.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(600);
		expect(asked()).toEqual([CREATE, CREATE]);
		expect(trigger.executions).toHaveLength(2);
		expect((await press(trigger, tokenOf())).status).toBe(303);
	});

	it('lets ten through in ten minutes unless told otherwise', async () => {
		const trigger = await publish();
		const token = tokenOf();
		const statuses: number[] = [];
		for (let times = 0; times < 12; times += 1) statuses.push((await press(trigger, token)).status);
		expect(statuses).toEqual([...Array<number>(10).fill(303), 429, 429]);
	});
});

describe('a link that has expired', () => {
	it.each([
		['GET', look],
		['POST', press],
	] as const)('%s: 410 in the language of the link, and nothing is recorded', async (_, send) => {
		const trigger = await publish();
		const answer = await send(trigger, expiredToken({ locale: 'de' }), {
			'accept-language': 'fr',
		});
		expect(answer.status).toBe(410);
		expectGuarded(answer);
		expect(answer.body).toContain('<html lang="de" dir="ltr">');
		expect(answer.body).toContain('Dieser Link ist abgelaufen');
		expect(answer.body).not.toContain('<form');
		expect(asked()).toEqual([]);
		expect(trigger.executions).toEqual([]);
	});

	it('HEAD: 410 without a body', async () => {
		expect(await look(await publish(), expiredToken(), {}, 'HEAD')).toMatchObject({
			status: 410,
			body: '',
		});
	});

	it('is recorded where that is wanted, as often as a link may be opened', async () => {
		const trigger = await publish({
			parameters: { options: { emitExpired: true, mostOpenings: 2 } },
		});
		const token = expiredToken();
		await look(trigger, token, {}, 'HEAD');
		const { body } = await look(trigger, token);
		await press(trigger, token);
		await look(trigger, token);
		expect(trigger.executions).toHaveLength(2);
		const [incident] = trigger.executions.map(([, items]) => items?.[0]?.incident);
		expect(trigger.executions[0]).toEqual([
			[],
			[expect.objectContaining({ event: 'notOpened', reason: 'expired' })],
		]);
		expect(body).toContain(incident as string);
	});

	it('says what the user wants it to say', async () => {
		const trigger = await publish({ parameters: { page: { expiredText: 'Call <us>' } } });
		expect((await look(trigger, expiredToken())).body).toContain('<p>Call &lt;us&gt;</p>');
	});
});

describe('a link that is none', () => {
	const good = tokenOf();
	const cases: Array<[string, string]> = [
		['nothing', ''],
		['no token', '?'],
		['an empty token', '?t='],
		['rubbish', '?t=rubbish'],
		['cut off', `?t=${good.slice(0, -1)}`],
		['altered', `?t=${good.replace(/\.(.)/, (_, first) => `.${first === 'A' ? 'B' : 'A'}`)}`],
		['of another version', `?t=${good.replace(/^1/, '2')}`],
		[
			'signed with another secret',
			`?t=${tokenOf({}, 'another secret, long enough to be one as well')}`,
		],
		['padded', `?t=${good}%3D`],
		['a list', `?t[]=${good}`],
		['twice', `?t=${good}&t=${good}`],
		['an object', `?t[x]=${good}`],
		['under another name', `?token=${good}`],
		['of a prototype', '?__proto__[t]=x'],
	];

	it.each(cases)('GET %s: 403, one text for all, nothing recorded', async (_, query) => {
		const trigger = await publish();
		const response = await fetch(trigger.url + query);
		const answer = {
			status: response.status,
			headers: response.headers,
			body: await response.text(),
		};
		expect(answer.status).toBe(403);
		expectGuarded(answer);
		expect(answer.body).toBe((await look(trigger, 'another one')).body);
		expect(answer.body).not.toContain('anna');
		expect(asked()).toEqual([]);
		expect(trigger.executions).toEqual([]);
	});

	it.each<[string, string | undefined, string]>([
		['nothing', undefined, 'text/plain'],
		['a list', `t[]=${good}`, 'application/x-www-form-urlencoded'],
		['200 KB', `t=${'A'.repeat(200_000)}`, 'application/x-www-form-urlencoded'],
		['a list of JSON', `["${good}"]`, 'application/json'],
		['a number of JSON', '{"t": 1}', 'application/json'],
		['null of JSON', 'null', 'application/json'],
		['an object of JSON', `{"t": {"t": "${good}"}}`, 'application/json'],
	])('POST %s: 403', async (_, body, type) => {
		const trigger = await publish();
		const response = await fetch(trigger.url, {
			method: 'POST',
			body,
			headers: { 'content-type': type },
		});
		expect(response.status).toBe(403);
		expect(trigger.executions).toEqual([]);
		expect(asked()).toEqual([]);
	});

	it('speaks the language of the browser', async () => {
		const { body } = await look(await publish(), 'x', {
			'accept-language': 'tlh, ar;q=0.9, en;q=0.8',
		});
		expect(body).toContain('<html lang="ar" dir="rtl">');
	});

	it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is n8n’s matter', async (method) => {
		const { status } = await fetch((await publish()).url, { method });
		expect(status).toBe(404);
	});
});

describe('a link that is not served', () => {
	const trigger = async (
		parameters: Record<string, string | string[]>,
	): Promise<PublishedTrigger> => await publish({ parameters });

	it.each<[string, Record<string, string | string[]>, string]>([
		['by its id', { refused: 'k7m4qx2p9wha' }, 'linkRefused'],
		[
			'by its id among others',
			{ refused: 'one\n K7M4QX2P9WHA \n\nother@example.com' },
			'linkRefused',
		],
		['by its mailbox', { refused: 'anna@example.com' }, 'mailboxRefused'],
		[
			'by its mailbox in other letters',
			{ refused: 'ben@example.com, ANNA@Example.COM' },
			'mailboxRefused',
		],
		['by its domain', { allowedDomains: 'example.org' }, 'domainNotAllowed'],
		[
			'by its domain, in a list',
			{ allowedDomains: ['example.org', 'shop.example.com'] },
			'domainNotAllowed',
		],
	])('%s: 403, recorded on a click', async (_, parameters, reason) => {
		const published = await trigger(parameters);
		const token = tokenOf({ id: 'k7m4qx2p9wha' });
		const looked = await look(published, token);
		expect(looked.status).toBe(403);
		expectGuarded(looked);
		expect(published.executions).toEqual([]);

		const pressed = await press(published, token);
		expect(pressed.status).toBe(403);
		expectGuarded(pressed);
		expect(published.executions).toEqual([
			[
				[],
				[
					expect.objectContaining({
						event: 'notOpened',
						email: 'anna@example.com',
						linkId: 'k7m4qx2p9wha',
						reason,
						message: expect.stringMatching(/\.$/),
						incident: expect.stringMatching(/^[2-9A-Z]{6}$/),
					}),
				],
			],
		]);
		expect(pressed.body).toContain(published.executions[0]?.[1]?.[0]?.incident as string);
		expect(asked()).toEqual([]);
	});

	it('starts no more executions than one that is', async () => {
		const published = await publish({
			parameters: { refused: 'anna@example.com', options: { mostOpenings: 2 } },
		});
		const token = tokenOf();
		for (let times = 0; times < 5; times += 1) {
			expect((await press(published, token)).status).toBe(403);
		}
		expect(published.executions).toHaveLength(2);
	});

	it.each([
		'example.com',
		'EXAMPLE.com.',
		'@example.com',
		'example.org\nexample.com',
		'example.org, example.com',
	])('but is where its domain is allowed: %j', async (allowedDomains) => {
		expect((await press(await trigger({ allowedDomains }), tokenOf())).status).toBe(303);
	});
});

describe('what goes wrong', () => {
	async function notOpened(published: PublishedTrigger, token = tokenOf()): Promise<Answer> {
		const answer = await press(published, token);
		expectGuarded(answer);
		const [[opened, items] = []] = published.executions;
		expect(opened).toEqual([]);
		expect(answer.body).toContain(items?.[0]?.incident as string);
		const recorded = JSON.stringify(published.executions);
		for (const secret of [...secretsOf(cpsrvd()), token, LINK_SECRET]) {
			expect(recorded).not.toContain(secret);
			if (secret !== token) expect(answer.body).not.toContain(secret);
		}
		return answer;
	}

	const reasonOf = ({ executions }: PublishedTrigger): unknown => executions[0]?.[1]?.[0]?.reason;

	it.each<[string, () => void, number, string]>([
		['cPanel refuses', () => (cpsrvd().switches.featureOff = ['Session']), 502, 'cpanelRefused'],
		[
			'cPanel has a page of its own',
			() => (cpsrvd().switches.licensePage = true),
			502,
			'cpanelUnusable',
		],
		[
			'cPanel is out of order',
			() => (cpsrvd().switches.executeStatus = 500),
			502,
			'cpanelUnusable',
		],
		[
			'cPanel hangs up',
			() => (cpsrvd().switches.reset = 'before-answer'),
			503,
			'cpanelUnreachable',
		],
	])('%s: %i, and recorded', async (_, prepare, status, reason) => {
		const published = await publish();
		prepare();
		cpsrvd().switches.echoSecrets = true;
		expect((await notOpened(published)).status).toBe(status);
		expect(reasonOf(published)).toBe(reason);
		expect(published.executions[0]?.[1]?.[0]?.message).toEqual(expect.stringMatching(/\. .*\.$/));
	});

	it('the mailbox does not exist any more', async () => {
		const published = await publish();
		const { status } = await notOpened(published, tokenOf({ mailbox: 'nobody@example.com' }));
		expect(status).toBe(502);
		expect(reasonOf(published)).toBe('cpanelRefused');
	});

	it('cPanel asks to be left alone: 503, and when to come back', async () => {
		const published = await publish();
		cpsrvd().switches.busy = { status: 503, retryAfter: '7' };
		const answer = await notOpened(published);
		expect(answer.status).toBe(503);
		expect(answer.headers.get('retry-after')).toBe('7');
		expect(reasonOf(published)).toBe('cpanelBusy');
	});

	it('cPanel is not there', async () => {
		const published = await publish({
			cpanelApi: tokenCredential(cpsrvd(), { server: '127.255.0.1:1' }),
		});
		expect((await notOpened(published)).status).toBe(503);
		expect(reasonOf(published)).toBe('cpanelUnreachable');
	});

	it('cPanel is too slow: 503 after the time that there is for a click', async () => {
		const published = await publish({ parameters: { options: { timeout: 1 } } });
		cpsrvd().hold.place();
		const answer = await notOpened(published);
		cpsrvd().hold.lift();
		expect(answer.status).toBe(503);
		expect(reasonOf(published)).toBe('cpanelUnreachable');
		expect(published.executions[0]?.[1]?.[0]?.message).toContain('within 1 s');
	});

	it.each([
		['cPanel is busy with others for so long: 503', {}, 503],
		['but whoever gives it more time waits longer for a turn', { timeout: 300 }, 303],
	])('%s', async (_, options, status) => {
		const published = await publish({ parameters: { options } });
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const lines: number[] = [];
		const clock = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			if (ms === 40_000 || ms === 600_000) lines.push(ms);
			// that time is over at once
			return ms === 40_000 ? AbortSignal.abort() : timeout(ms);
		});
		cpsrvd().hold.place();
		const click = async () => await ask(published.url, { method: 'POST', token: tokenOf() });
		const first = click();
		await cpsrvd().hold.holds(1);
		const second = click();
		while (lines.length < 2) await new Promise((resolve) => setImmediate(resolve));
		if (status === 503) await second;
		cpsrvd().hold.lift();
		expect((await first).status).toBe(303);
		expect((await second).status).toBe(status);
		clock.mockRestore();
	});

	it('the trigger is set to something of no use', async () => {
		const published = await publish();
		published.credentials.cpanelApi = tokenCredential(cpsrvd(), { server: '' });
		expect((await notOpened(published)).status).toBe(500);
		expect(reasonOf(published)).toBe('notSetUp');
	});

	it('something that nobody thought of: 500, and told without its words', async () => {
		const published = await publish();
		jest.spyOn(OpeningCounter.prototype, 'open').mockImplementationOnce(() => {
			throw new TypeError(`Cannot read ${LINK_SECRET}`);
		});
		expect((await notOpened(published)).status).toBe(500);
		expect(reasonOf(published)).toBe('unexpected');
		expect(asked()).toEqual([]);
	});

	it('the credential is missing', async () => {
		const published = await publish();
		delete published.credentials.cpanelApi;
		expect((await notOpened(published)).status).toBe(500);
	});

	it('the secret is of no use: 500 for all, nothing recorded, and the log says why', async () => {
		const published = await publish();
		published.credentials.cpanelAccessLinkApi = { secret: 'short' };
		for (const answer of [await look(published, tokenOf()), await press(published, tokenOf())]) {
			expect(answer.status).toBe(500);
			expectGuarded(answer);
			const [, code] = /([2-9A-Z]{6})</.exec(answer.body) ?? [];
			expect(published.log.some((line) => line.includes(String(code)))).toBe(true);
		}
		expect(published.log[0]).toContain('“Secret” has fewer than 32 characters');
		expect(published.executions).toEqual([]);
	});
});

describe('a refused credential', () => {
	let wrong = 0;
	/** Nobody asked with it in another test a moment ago. */
	const wrongToken = (): string => `WRONGTOKEN${String((wrong += 1)).padStart(10, '0')}`;

	it('costs one sign-in, whatever is clicked for a minute', async () => {
		const published = await publish({
			cpanelApi: tokenCredential(cpsrvd(), { apiToken: wrongToken() }),
		});
		for (let times = 0; times < 4; times += 1) {
			expect((await press(published, tokenOf())).status).toBe(502);
		}
		expect(cpsrvd().journal.entries).toHaveLength(1);
		expect(published.executions).toHaveLength(4);
		expect(published.executions.map(([, items]) => items?.[0]?.reason)).toEqual(
			Array(4).fill('credentialRefused'),
		);

		const before = performance.now();
		const clock = jest.spyOn(performance, 'now').mockReturnValue(before + 61_000);
		await press(published, tokenOf());
		clock.mockRestore();
		expect(cpsrvd().journal.entries).toHaveLength(2);
	});

	it('is another one as soon as it was changed', async () => {
		const published = await publish({
			cpanelApi: tokenCredential(cpsrvd(), { apiToken: wrongToken() }),
		});
		expect((await press(published, tokenOf())).status).toBe(502);
		published.credentials.cpanelApi = tokenCredential(cpsrvd());
		expect((await press(published, tokenOf())).status).toBe(303);
	});

	it('costs one sign-in also where a hundred click at once', async () => {
		const published = await publish({
			cpanelApi: tokenCredential(cpsrvd(), { apiToken: wrongToken() }),
		});
		const answers = await Promise.all(
			Array.from({ length: 100 }, async () => await press(published, tokenOf())),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(502));
		expect(cpsrvd().journal.entries).toHaveLength(1);
		expect(published.executions).toHaveLength(100);
	});
});

describe('the ways of signing in', () => {
	it('by WHM looks the owner of the domain up', async () => {
		const published = await publish({
			parameters: { authentication: 'whm', allowedDomains: 'example.com' },
			cpanelWhmApi: whmCredential(cpsrvd()),
		});
		expect((await press(published, tokenOf())).status).toBe(303);
		expect(asked()).toEqual(['getdomainowner', 'uapi_cpanel']);
		expect(cpsrvd().journal.entries[1]?.query).toMatchObject({
			'cpanel.user': 'alice',
			remote_address: VISITOR,
		});
	});

	it('by a session signs in and out once per click', async () => {
		cpsrvd().switches.loginOnly = true;
		const published = await publish({
			cpanelApi: { ...passwordCredential(cpsrvd()), authentication: 'session' },
		});
		for (let times = 0; times < 2; times += 1) {
			expect((await press(published, tokenOf())).status).toBe(303);
		}
		const paths = cpsrvd().journal.entries.map(({ path }) => path.replace(/cpsess\d+/, 'cpsess'));
		const click = ['/login/', `/cpsess/execute/Session/${CREATE}`, '/cpsess/logout/'];
		expect(paths).toEqual([...click, ...click]);
	});
});

describe('the address of the visitor', () => {
	const addressSent = (): string | undefined =>
		cpsrvd().journal.entries.at(-1)?.query.remote_address;

	it('is left to cPanel where none is public', async () => {
		const published = await publish();
		await press(published, tokenOf(), { 'x-forwarded-for': '10.0.0.1' });
		expect(addressSent()).toBeUndefined();
		expect(published.executions[0]?.[0]?.[0]?.visitorAddress).toBe('');
	});

	it('is the peer’s without a proxy', async () => {
		const published = await publish({ peer: '::ffff:198.51.100.4' });
		await press(published, tokenOf(), { 'x-forwarded-for': 'unknown' });
		expect(addressSent()).toBe('198.51.100.4');
	});

	it('comes from the header that was chosen', async () => {
		const published = await publish({
			parameters: { visitorAddress: 'header', visitorAddressHeader: 'X-Client' },
		});
		await press(published, tokenOf(), { 'x-client': '192.168.0.7' });
		expect(addressSent()).toBe('192.168.0.7');
	});

	it('is not told where that was chosen', async () => {
		const published = await publish({ parameters: { visitorAddress: 'none' } });
		await press(published, tokenOf());
		expect(addressSent()).toBeUndefined();
		expect(published.executions[0]?.[0]?.[0]?.visitorAddress).toBe('');
	});

	it.each([
		[true, [undefined, '2001:db8::7']],
		[false, ['2001:db8::7']],
	])('of IPv6 is sent, and left out where cPanel refuses it: %s', async (refusesIpv6, sent) => {
		cpsrvd().switches.refusesIpv6 = refusesIpv6;
		const published = await publish();
		const { status } = await press(published, tokenOf(), { 'x-forwarded-for': '2001:db8::7' });
		expect(status).toBe(303);
		const addresses = cpsrvd().journal.entries.map(({ query }) => query.remote_address);
		expect(addresses.reverse()).toEqual(sent);
	});
});

describe('publishing', () => {
	it.each<[string, Parameters<typeof publish>[0], RegExp]>([
		['a short secret', { cpanelAccessLinkApi: { secret: 'short' } }, /“Secret” has fewer/],
		['no server', { cpanelApi: { server: '' } }, /“Server” is empty/],
		['a domain that is none', { parameters: { allowedDomains: 'exa mple' } }, /“Allowed Domains”/],
		[
			'a list of objects',
			{ parameters: { allowedDomains: '={{ [{}] }}' } },
			/“Allowed Domains” holds an object/,
		],
		[
			'an expression that found no domain',
			{ parameters: { allowedDomains: '={{ [] }}' } },
			/“Allowed Domains” holds a list without a domain/,
		],
		['no header', { parameters: { visitorAddress: 'header' } }, /“Header”/],
		[
			'another way to find visitors',
			{ parameters: { visitorAddress: '={{ "guess" }}' } },
			/“Visitor/,
		],
		['another way to hand over', { parameters: { handOver: '={{ "mail" }}' } }, /“Hand Over”/],
		['no openings', { parameters: { options: { mostOpenings: 0 } } }, /“Most Openings”/],
		['no time', { parameters: { options: { timeout: 0 } } }, /“Timeout”/],
		['another server', { parameters: { options: { gotoUri: 'https://evil.example' } } }, /“Go To”/],
		['a host that is none', { parameters: { options: { webmailHost: 'a b' } } }, /“Webmail Host”/],
		['a color that is none', { parameters: { page: { accentColor: 'red;}' } } }, /“Accent Color”/],
		[
			'a logo without TLS',
			{ parameters: { page: { logoUrl: 'http://example.com/x' } } },
			/“Logo URL”/,
		],
		[
			'a language without texts',
			{ parameters: { page: { language: '={{ "sv" }}' } } },
			/“Language” is none/,
		],
		[
			'another authentication',
			{ parameters: { authentication: '={{ "root" }}' } },
			/“Authentication”/,
		],
	])('is refused with %s', async (_, changes, message) => {
		await expect(publish(changes)).rejects.toThrow(message);
		expect(asked()).toEqual([]);
	});

	it('warns of WHM without allowed domains', async () => {
		const whm = { cpanelWhmApi: whmCredential(cpsrvd()) };
		const open = await publish({ parameters: { authentication: 'whm' }, ...whm });
		expect(open.log).toEqual([expect.stringContaining('“Allowed Domains”')]);
		const parameters = { authentication: 'whm', allowedDomains: 'example.com' };
		expect((await publish({ parameters, ...whm })).log).toEqual([]);
	});
});

describe('the page', () => {
	it('is what the user makes of it', async () => {
		const published = await publish({
			parameters: {
				page: {
					title: 'Welcome & <hello>',
					text: 'First line\nSecond "line"',
					button: 'Go',
					logoUrl: 'https://cdn.example.com/logo.png?a=1&b=2',
					accentColor: '#ffcc00',
					language: 'ja',
					showMailbox: false,
				},
			},
		});
		const { body, headers } = await look(published, tokenOf({ locale: 'de' }));
		expect(body).toContain('<html lang="ja" dir="ltr">');
		expect(body).toContain('<h1>Welcome &amp; &lt;hello&gt;</h1>');
		expect(body).toContain('<p>First line</p>\n<p>Second &quot;line&quot;</p>');
		expect(body).toContain('type="submit">Go</button>');
		expect(body).toContain('<img src="https://cdn.example.com/logo.png?a=1&amp;b=2" alt="">');
		expect(body).toContain('background:#ffcc00;color:#000000');
		expect(body).not.toContain('anna@example.com');
		const policy = directivesOf(headers.get('content-security-policy') ?? '');
		expect(policy['img-src']).toBe('https://cdn.example.com');
		const [, style = ''] = /<style>([^]*?)<\/style>/.exec(body) ?? [];
		expect(policy['style-src']).toBe(hashOf(style));
	});

	it('is the built-in one where an expression gives something of no use later on', async () => {
		const published = await publish({
			parameters: { page: { accentColor: '={{ $now.toMillis() > 0 ? "#123456" : "" }}' } },
		});
		expect((await look(published, tokenOf())).body).toContain('background:#123456');
	});
});
