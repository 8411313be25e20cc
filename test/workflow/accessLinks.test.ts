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

/** The functions that cPanel was asked for. */
function asked(): string[] {
	return cpsrvd().journal.entries.map(({ path }) => path.split('/').at(-1) ?? '');
}

type HeaderFields = Record<string, string>;

const CREATE = 'create_webmail_session_for_mail_user';

describe('looking at a link', () => {
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

	it('opens nothing for a form of another site: the page is shown again', async () => {
		const trigger = await publish();
		const answer = await press(trigger, tokenOf(), { 'sec-fetch-site': 'cross-site' });
		expect(answer.status).toBe(200);
		expect(answer.body).toContain('<button');
		// without it the form would hide its origin, as pages of others can
		expect(answer.body).toContain('<meta name="referrer" content="same-origin">');
		expect(asked()).toEqual([]);
		expect(trigger.executions).toEqual([]);
		const foreign: HeaderFields[] = [
			{ 'sec-fetch-site': 'same-site' },
			{ origin: 'https://evil.example' },
		];
		for (const headers of foreign) {
			expect((await press(trigger, tokenOf(), headers)).status).toBe(200);
		}
		expect(asked()).toEqual([]);
		const own: HeaderFields[] = [
			{ 'sec-fetch-site': 'same-origin' },
			{ 'sec-fetch-site': 'none' },
			{ origin: new URL(trigger.url).origin },
		];
		for (const headers of own) {
			expect((await press(trigger, tokenOf(), headers)).status).toBe(303);
		}
	});

	it('is not done by a POST to the address of the link itself', async () => {
		const trigger = await publish();
		const response = await fetch(`${trigger.url}?t=${tokenOf()}`, { method: 'POST' });
		expect(response.status).toBe(403);
		expect(asked()).toEqual([]);
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
		['no token', '?'],
		['an empty token', '?t='],
		['padded', `?t=${good}%3D`],
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
		expect(answer.body).toBe((await look(trigger, 'another one')).body);
		expect(answer.body).not.toContain('anna');
		expect(asked()).toEqual([]);
		expect(trigger.executions).toEqual([]);
	});

	it('is none for what its way added: the page is shown, and its form has the clean one', async () => {
		const trigger = await publish();
		for (const query of [
			`t=${good}.`,
			`amp;t=${good}&t=x`,
			`t=3D${good.slice(0, 70)}%0D%0A${good.slice(70)}?utm_source=x`,
		]) {
			const response = await fetch(`${trigger.url}?${query}`);
			expect([query, response.status]).toEqual([query, 200]);
			expect(await response.text()).toContain(`name="t" value="${good}"`);
		}
		const answer = await press(trigger, ` ${good.slice(0, 70)}\r\n${good.slice(70)}.`);
		expect(answer.status).toBe(303);
	});

	it.each<[string, string | undefined, string]>([
		['nothing', undefined, 'text/plain'],
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
		[
			'by its id among others',
			{ refused: 'h3nz8vcr5tya\n K7M4QX2P9WHA \n\nother@example.com' },
			'linkRefused',
		],
		[
			'by the whole link',
			{ refused: `https://x.example/?t=${tokenOf({ id: 'k7m4qx2p9wha' })}` },
			'linkRefused',
		],
		['by its mailbox and a name', { refused: 'Miller, Anna <anna@example.com>' }, 'mailboxRefused'],
		[
			'by its mailbox in other letters',
			{ refused: 'ben@example.com, ANNA@Example.COM' },
			'mailboxRefused',
		],
		[
			'by its domain, in a list',
			{ allowedDomains: ['example.org', 'shop.example.com'] },
			'domainNotAllowed',
		],
	])('%s: 403', async (_, parameters, reason) => {
		const published = await trigger(parameters);
		const pressed = await press(published, tokenOf({ id: 'k7m4qx2p9wha' }));
		expect(pressed.status).toBe(403);
		expect(published.executions).toMatchObject([[[], [{ reason }]]]);
		expect(asked()).toEqual([]);
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

describe('settings that yield nothing later on', () => {
	/** The settings are in order when the trigger is published. */
	async function publishThen(parameters: Record<string, string>): Promise<PublishedTrigger> {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(1);
		const published = await publish({
			parameters: { ...parameters, options: { mostOpenings: 2 } },
		});
		clock.mockRestore();
		return published;
	}

	it.each([
		['allowedDomains', '={{ Date.now() === 1 ? "example.com" : null }}'],
		['refused', '={{ Date.now() === 1 ? "ben@example.com" : "" }}'],
		['refused', '={{ Date.now() === 1 ? "ben@example.com" : "ben" }}'],
	])(
		'open nothing, and start no more executions than those in order: %s %s',
		async (name, text) => {
			const published = await publishThen({ [name]: text });
			const token = tokenOf();
			expect((await look(published, token)).status).toBe(500);
			for (let times = 0; times < 5; times += 1) {
				expect((await press(published, token)).status).toBe(500);
				expect((await press(published, token, { 'sec-fetch-site': 'cross-site' })).status).toBe(
					500,
				);
			}
			expect(asked()).toEqual([]);
			const reasons = published.executions.map(([, items]) => items?.[0]?.reason);
			// the default of “Most Openings”: that cannot be read either
			expect(reasons).toEqual(Array(5).fill('notSetUp'));
			for (let times = 0; times < 20; times += 1) await press(published, token);
			expect(published.executions).toHaveLength(10);
		},
	);
});

describe('what goes wrong', () => {
	async function notOpened(published: PublishedTrigger, token = tokenOf()): Promise<Answer> {
		const answer = await press(published, token);
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

	it('something that nobody thought of: 500, and told without its words', async () => {
		const published = await publish();
		jest.spyOn(OpeningCounter.prototype, 'open').mockImplementationOnce(() => {
			throw new TypeError(`Cannot read ${LINK_SECRET}`);
		});
		expect((await notOpened(published)).status).toBe(500);
		expect(reasonOf(published)).toBe('unexpected');
		expect(asked()).toEqual([]);
	});

	it('the secret is of no use: 500 for all, nothing recorded, and the log says why', async () => {
		const published = await publish();
		published.credentials.cpanelAccessLinkApi = { secret: 'short' };
		for (const answer of [await look(published, tokenOf()), await press(published, tokenOf())]) {
			expect(answer.status).toBe(500);
			const [, code] = /([2-9A-Z]{6})</.exec(answer.body) ?? [];
			expect(published.log.some((line) => line.includes(String(code)))).toBe(true);
		}
		for (let times = 0; times < 50; times += 1) await look(published, '');
		expect(published.log).toEqual([
			expect.stringContaining('“Secret” has fewer than 32 characters'),
		]);
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
			expect((await press(published, tokenOf())).status).toBe(500);
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
		expect((await press(published, tokenOf())).status).toBe(500);
		published.credentials.cpanelApi = tokenCredential(cpsrvd());
		expect((await press(published, tokenOf())).status).toBe(303);
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

	it.each<[string, Record<string, string>, string]>([
		['does not come', {}, 'came without the header “X-Client”'],
		['names no address', { 'x-client': 'unknown' }, 'The header “X-Client”'],
	])('is said to be missing where the header that was chosen %s', async (_, headers, message) => {
		const trigger = await publish({
			parameters: { visitorAddress: 'header', visitorAddressHeader: 'X-Client' },
		});
		for (let click = 0; click < 2; click += 1) {
			expect((await press(trigger, tokenOf(), headers)).status).toBe(303);
		}
		for (const [[item] = []] of trigger.executions) {
			expect(item).toMatchObject({
				visitorAddress: '',
				visitorAddressProblem: expect.stringContaining(message),
			});
		}
		expect(trigger.executions).toHaveLength(2);
		expect(trigger.log).toEqual([expect.stringContaining(message)]);
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
	// that each field is refused by name stands in unit/anyInput
	it.each<[string, Parameters<typeof publish>[0], RegExp]>([
		['a short secret', { cpanelAccessLinkApi: { secret: 'short' } }, /“Secret” has fewer/],
		['no server', { cpanelApi: { server: '' } }, /“Server” is empty/],
		[
			'an expression that found no domain',
			{ parameters: { allowedDomains: '={{ [] }}' } },
			/“Allowed Domains” (contains|holds) no/,
		],
		...['null', 'undefined', '""', '[].join(",")', '$vars.domains', '{}.domain', '[""]'].flatMap(
			(expression): Array<[string, Parameters<typeof publish>[0], RegExp]> => [
				[
					`domains that are ${expression}`,
					{ parameters: { allowedDomains: `={{ ${expression} }}` } },
					/“Allowed Domains” contains/,
				],
				[
					`refused that is ${expression}`,
					{ parameters: { refused: `={{ ${expression} }}` } },
					/“Refused” contains/,
				],
			],
		),
		['a refused domain', { parameters: { refused: 'example.com' } }, /“Refused” .*“example\.com”/],
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

describe('publishing with a credential', () => {
	const logOf = async (address: unknown, parameters = {}): Promise<string[]> => {
		const cpanelAccessLinkApi = { secret: LINK_SECRET, address: address as string };
		return (await publish({ cpanelAccessLinkApi, parameters })).log;
	};

	it.each([
		['https://n8n.example.com/webhook/open-my-mailbox', {}],
		['https://n8n.example.com/x/webhook/open-my-mailbox/', {}],
		['https://n8n.example.com/webhook/a/mine', { path: 'a/mine' }],
		['https://n8n.example.com/webhook/mine', { path: '/mine/' }],
		['nonsense', {}],
		[undefined, {}],
	])(
		'whose address ends with the path of the trigger says nothing: %s',
		async (address, parameters) => {
			expect(await logOf(address, parameters)).toEqual([]);
		},
	);

	it.each([
		['https://n8n.example.com/webhook/another', {}],
		['https://n8n.example.com/webhook/not-open-my-mailbox', {}],
		['https://mail.example.com/', {}],
		['https://n8n.example.com/webhook/open-my-mailbox', { path: 'mine' }],
		['https://n8n.example.com/webhook/b/mine', { path: 'a/mine' }],
	])('warns where it does not: %s', async (address, parameters) => {
		expect(await logOf(address, parameters)).toEqual([
			expect.stringMatching(/does not end with the path of this trigger .*credential of its own/),
		]);
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
		const { body } = await look(published, tokenOf({ locale: 'de' }));
		expect(body).toContain('<html lang="ja" dir="ltr">');
		expect(body).toContain('<h1>Welcome &amp; &lt;hello&gt;</h1>');
		expect(body).toContain('<p>First line</p>\n<p>Second &quot;line&quot;</p>');
		expect(body).toContain('type="submit">Go</button>');
		expect(body).toContain('<img src="https://cdn.example.com/logo.png?a=1&amp;b=2" alt="">');
		expect(body).toContain('background:#ffcc00;color:#000000');
		expect(body).not.toContain('anna@example.com');
	});

	it('is the built-in one where an expression gives something of no use later on', async () => {
		const published = await publish({
			parameters: { page: { accentColor: '={{ $now.toMillis() > 0 ? "#123456" : "" }}' } },
		});
		expect((await look(published, tokenOf())).body).toContain('background:#123456');
	});
});
