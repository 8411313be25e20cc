import { createHash } from 'node:crypto';

import { TEXTS } from '../../../nodes/CpanelWebmailLogin/page/texts';
import type { LanguageCode } from '../../../nodes/CpanelWebmailLogin/page/texts';
import type { AccessLink } from '../../../nodes/shared/accessLink/accessLink';
import type { Cpsrvd } from '../../cpsrvd';
import { tokenCredential } from '../../workflow/harness/cpanel';
import { ask } from './ask';
import type { LinkQuestion, RawAnswer } from './ask';
import { expiredToken, LINK_SECRET, tokenOf, VISITOR } from './links';
import type { Place, Published, Told, TriggerSetup } from './place';

/** What a body is: the page with the button, that which logs in, one that refuses, or none at all. */
type Shown = 'button' | 'login' | 'expired' | 'invalid' | 'withdrawn' | 'tooMany' | 'unavailable';

/** One thing that a request may meet, and all that it gets then. */
interface Row {
	methods: Array<LinkQuestion['method']>;
	/** How the trigger is set up, for a link with this id. */
	setup?(server: Cpsrvd, id: string): TriggerSetup;
	/** What is special about the link. */
	link?: Partial<AccessLink>;
	isExpired?: boolean;
	/** What became of its token on its way. */
	mangle?: (token: string) => string;
	headers?: Record<string, string>;
	/** What happens before; so many executions are started by it. */
	before?(stage: { server: Cpsrvd; published: Published; token: string }): Promise<number> | number;
	status: number;
	shows: Shown;
	/** English unless given. */
	language?: LanguageCode;
	/** Of the header, which is not there unless given. */
	retryAfter?: RegExp;
	/** The functions that cPanel is asked for: none unless given, and 'whatever' where that depends on the machine. */
	asked?: string[] | 'whatever';
	/** What the execution is told, at the output of that name; none is started unless given. */
	told?: 'opened' | `notOpened: ${string}`;
	/** What is told of what happened; some sentences of ours unless given. */
	message?: RegExp;
}

const CREATE = 'create_webmail_session_for_mail_user';

const by =
	(parameters: NonNullable<TriggerSetup['parameters']>): Row['setup'] =>
	() => ({ parameters });

/** Something wrong with cPanel, which whoever presses the button is told as little of as possible. */
const wrong = (reason: string, status: number, prepare: (server: Cpsrvd) => void): Row => ({
	methods: ['POST'],
	before: ({ server }) => {
		server.switches.echoSecrets = true;
		prepare(server);
		return 0;
	},
	status,
	shows: 'unavailable',
	asked: [CREATE],
	told: `notOpened: ${reason}`,
});

const forged = (mangle: Row['mangle']): Row => ({
	methods: ['GET', 'HEAD', 'POST'],
	mangle,
	status: 403,
	shows: 'invalid',
});

const notServed = (setup: Row['setup'], reason: string): Record<string, Row> => ({
	[`${reason}: looked at`]: { methods: ['GET', 'HEAD'], setup, status: 403, shows: 'withdrawn' },
	[`${reason}: clicked`]: {
		methods: ['POST'],
		setup,
		status: 403,
		shows: 'withdrawn',
		told: `notOpened: ${reason}`,
	},
});

let wrongTokens = 0;

/** A credential that nobody asked with in another test a moment ago. */
const refusedCredential: Row['setup'] = (server) => ({
	cpanelApi: tokenCredential(server, { apiToken: `REFUSEDTOKEN${(wrongTokens += 1)}` }),
});

/** Everything that a request to the address of access links may get, row by row. */
const ROWS: Record<string, Row> = {
	'a link in order, looked at': { methods: ['GET', 'HEAD'], status: 200, shows: 'button' },
	// n8n turns robots away from its editor
	'a link in order, looked at by a robot': {
		methods: ['GET', 'HEAD'],
		headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
		status: 200,
		shows: 'button',
	},
	'a link in order, with a logo': {
		methods: ['GET', 'HEAD'],
		setup: by({ page: { logoUrl: 'https://cdn.example.com/logo.png' } }),
		status: 200,
		shows: 'button',
	},
	'a link in order': {
		methods: ['POST'],
		status: 303,
		shows: 'button',
		asked: [CREATE],
		told: 'opened',
	},
	// browsers name an origin with every form, and n8n invites whatever origin is named to read along
	'a link in order, with an origin': {
		methods: ['POST'],
		headers: { origin: 'null', 'sec-fetch-site': 'same-origin' },
		status: 303,
		shows: 'button',
		asked: [CREATE],
		told: 'opened',
	},
	'a link in order, handed over by a page': {
		methods: ['POST'],
		setup: by({ handOver: 'page' }),
		status: 200,
		shows: 'login',
		asked: [CREATE],
		told: 'opened',
	},
	'an expired link': {
		methods: ['GET', 'HEAD', 'POST'],
		isExpired: true,
		link: { locale: 'de' },
		headers: { 'accept-language': 'fr' },
		status: 410,
		shows: 'expired',
		language: 'de',
	},
	'an expired link, looked at where that is told': {
		methods: ['HEAD'],
		setup: by({ options: { emitExpired: true } }),
		isExpired: true,
		status: 410,
		shows: 'expired',
	},
	'an expired link, where that is told': {
		methods: ['GET', 'POST'],
		setup: by({ options: { emitExpired: true } }),
		isExpired: true,
		status: 410,
		shows: 'expired',
		told: 'notOpened: expired',
	},
	'no link': forged(() => ''),
	'a forged link': forged(() => tokenOf({}, 'another secret, long enough to be one as well')),
	'an altered link': forged((token) =>
		token.replace(/\.(.)/, (_, first) => `.${first === 'A' ? 'B' : 'A'}`),
	),
	'an incomplete link': forged((token) => token.slice(0, -1)),
	'a link of another version': forged((token) => token.replace(/^1/, '2')),
	...notServed((_, id) => ({ parameters: { refused: id } }), 'linkRefused'),
	...notServed(by({ refused: 'ANNA@example.com' }), 'mailboxRefused'),
	...notServed(by({ allowedDomains: 'example.org' }), 'domainNotAllowed'),
	'a form of another site': {
		methods: ['POST'],
		headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
		status: 200,
		shows: 'button',
	},
	'too many openings': {
		methods: ['POST'],
		setup: by({ options: { mostOpenings: 1 } }),
		async before({ published, token }) {
			expect((await ask(published.url, { method: 'POST', token })).status).toBe(303);
			return 1;
		},
		status: 429,
		shows: 'tooMany',
		retryAfter: /^[1-9]\d{0,2}$/,
	},
	'cPanel refuses': wrong('cpanelRefused', 500, ({ switches }) => {
		switches.featureOff = ['Session'];
	}),
	'cPanel is out of order': wrong('cpanelUnusable', 500, ({ switches }) => {
		switches.executeStatus = 500;
	}),
	'cPanel hangs up': wrong('cpanelUnreachable', 503, ({ switches }) => {
		switches.reset = 'before-answer';
	}),
	'cPanel is busy': {
		...wrong('cpanelBusy', 503, ({ switches }) => {
			switches.busy = { status: 503, retryAfter: '7' };
		}),
		retryAfter: /^7$/,
	},
	'cPanel is too slow': {
		...wrong('cpanelUnreachable', 503, ({ hold }) => hold.place()),
		setup: by({ options: { timeout: 1 } }),
		asked: 'whatever',
	},
	'cPanel is down': {
		methods: ['POST'],
		setup: (server) => ({ cpanelApi: tokenCredential(server, { server: '127.255.0.1:1' }) }),
		status: 503,
		shows: 'unavailable',
		told: 'notOpened: cpanelUnreachable',
	},
	'a refused credential': {
		...wrong('credentialRefused', 500, () => {}),
		setup: refusedCredential,
	},
	'a refused credential, a moment later': {
		...wrong('credentialRefused', 500, () => {}),
		setup: refusedCredential,
		async before({ published, token }) {
			expect((await ask(published.url, { method: 'POST', token })).status).toBe(500);
			return 1;
		},
		asked: [],
	},
	'a credential that became of no use': {
		...wrong('notSetUp', 500, () => {}),
		async before({ server, published }) {
			await published.change({ cpanelApi: tokenCredential(server, { server: '' }) });
			return 0;
		},
		asked: [],
	},
	'a credential that n8n does not hand out': {
		...wrong('notSetUp', 500, () => {}),
		async before({ published }) {
			await published.change({ cpanelApi: undefined });
			return 0;
		},
		asked: [],
		// some versions of n8n say themselves what is wrong with the expression
		message: /^invalid syntax$|^n8n could not read the credential of this node\./,
	},
	'a secret that became of no use': {
		methods: ['GET', 'HEAD', 'POST'],
		async before({ published }) {
			await published.change({ cpanelAccessLinkApi: { secret: 'short' } });
			return 0;
		},
		status: 500,
		shows: 'unavailable',
	},
	'a secret that n8n does not hand out': {
		methods: ['GET', 'HEAD', 'POST'],
		async before({ published }) {
			await published.change({ cpanelAccessLinkApi: undefined });
			return 0;
		},
		status: 500,
		shows: 'unavailable',
	},
};

/** What every answer carries, whatever it is. */
const ALWAYS = {
	'cache-control': ['no-store, no-transform'],
	'referrer-policy': ['no-referrer'],
	'x-robots-tag': ['noindex, nofollow, noarchive'],
	'x-frame-options': ['DENY'],
	'x-content-type-options': ['nosniff'],
	'content-type': ['text/html; charset=utf-8'],
};

/** What servers say about the answer as such; everything else is part of the contract. */
const OF_HTTP = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'vary'];

/** What the link of a row says. */
interface Sealed {
	id: string;
	token: string;
}

let links = 0;

function sealed({ link, isExpired }: Row): Sealed {
	const id = `row${String((links += 1)).padStart(9, '0')}`;
	const content = { id, reference: '4711', ...link };
	return { id, token: isExpired === true ? expiredToken(content) : tokenOf(content) };
}

/** Declares what every request to a published trigger gets, in the place where it is published. */
export function describeEveryAnswer(place: Place): void {
	/** How many executions each trigger has started. */
	const started: Array<{ name: string; published: Published; count: number }> = [];
	/** Every token that was sent, and every session that was made. */
	const secrets = [LINK_SECRET];

	const cases = Object.entries(ROWS).flatMap(([name, row]) =>
		row.methods.map((method) => [`${method}: ${name}`, method, row] as const),
	);

	it.each(cases)('%s', async (name, method, row) => {
		const server = place.server();
		const { id, token } = sealed(row);
		const { parameters = {}, ...credentials } = row.setup?.(server, id) ?? {};
		// a busy machine is no slow cPanel
		const options = { timeout: 300, ...(parameters.options as object | undefined) };
		const published = await place.publish({
			...credentials,
			parameters: { ...parameters, options },
		});
		const before = (await row.before?.({ server, published, token })) ?? 0;
		const { length: askedBefore } = server.journal.entries;

		const sent = row.mangle?.(token) ?? token;
		const answer = await ask(published.url, { method, token: sent, headers: row.headers });
		server.hold.lift();

		expect(answer.status).toBe(row.status);
		expectHeaders(answer, row, server);
		expectBody(answer, method, row, { token, server });
		if (row.asked !== 'whatever') {
			const asked = server.journal.entries.slice(askedBefore);
			expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(row.asked ?? []);
		}
		const count = before + (row.told === undefined ? 0 : 1);
		started.push({ name, published, count });
		const told = await published.told(count);
		if (row.told !== undefined) expectTold(told.at(-1), id, row, answer);
		secrets.push(token, ...sessionsOf(server));
	});

	it('has one text for all that is no link', async () => {
		const { url } = await place.publish();
		const { token } = sealed(ROWS['a link in order'] as Row);
		const bodies = new Set<string>();
		for (const { mangle } of Object.values(ROWS)) {
			if (mangle === undefined) continue;
			for (const method of ['GET', 'POST'] as const) {
				bodies.add((await ask(url, { method, token: mangle(token) })).body);
			}
		}
		expect(bodies.size).toBe(1);
	});

	it('is written down without a secret, a token or a session', async () => {
		expect(secrets.length).toBeGreaterThan(cases.length);
		const told = await Promise.all(
			started.map(async ({ published, count }) => await published.told(count)),
		);
		const recorded = JSON.stringify(told);
		expect(secrets.filter((secret) => recorded.includes(secret))).toEqual([]);
		expect(await place.leaks(secrets)).toEqual([]);
	});

	it('has started nothing else', async () => {
		const last = await place.publish();
		await ask(last.url, { method: 'POST', token: tokenOf() });
		await last.told(1);
		for (const { name, published, count } of started) {
			expect([name, (await published.told(count)).length]).toEqual([name, count]);
		}
		expect(started).toHaveLength(cases.length);
	});
}

/** Exactly what the contract says: n8n adds nothing of its own. */
function expectHeaders({ headers, body }: RawAnswer, row: Row, server: Cpsrvd): void {
	const own = Object.entries(headers).filter(([name]) => !OF_HTTP.includes(name));
	const { 'content-security-policy': policy, ...others } = Object.fromEntries(own);
	expect(others).toEqual({
		...ALWAYS,
		...(row.status === 303 && { location: [loginAt(server)] }),
		...(row.retryAfter && { 'retry-after': [expect.stringMatching(row.retryAfter)] }),
	});
	const logo = (row.setup?.(server, '').parameters?.page as { logoUrl?: string } | undefined)
		?.logoUrl;
	expect(policy).toEqual([
		expect.stringMatching(
			[
				/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /,
				row.shows === 'login' ? /script-src 'sha256-[A-Za-z0-9+/]{43}='; / : /(?:)/,
				logo === undefined ? /(?:)/ : /img-src https:\/\/cdn\.example\.com; /,
				/form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'$/,
			]
				.map(({ source }) => source)
				.join(''),
		),
	]);
	for (const tag of ['style', 'script']) {
		const [, text] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(body) ?? [];
		if (text !== undefined) expect(policy?.[0]).toContain(`${tag}-src '${hashOf(text)}'`);
	}
}

function hashOf(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Where the one session that was made is used. */
function loginAt({ state, webmailOrigin }: Cpsrvd): string {
	const [session] = [...state.sessions];
	expect(session).toMatchObject({ mailbox: 'anna@example.com', address: VISITOR });
	const query = new URLSearchParams({ session: session?.value ?? '' });
	return `${webmailOrigin}${session?.token}/login/?${query.toString()}`;
}

function sessionsOf({ state }: Cpsrvd): string[] {
	return [...state.sessions].flatMap(({ value, token }) => [value, token]);
}

function expectBody(
	{ body }: RawAnswer,
	method: LinkQuestion['method'],
	{ status, shows, language = 'en' }: Row,
	{ token, server }: { token: string; server: Cpsrvd },
): void {
	if (method === 'HEAD' || status === 303) {
		expect(body).toBe('');
		return;
	}
	const texts = TEXTS[language];
	const title = shows === 'button' || shows === 'login' ? texts.title : texts[`${shows}Title`];
	expect(body).toContain(`<html lang="${language}" dir="ltr">`);
	expect(body).toContain(`<h1>${title}</h1>`);
	expect(body.includes('<form')).toBe(shows === 'button' || shows === 'login');
	expect(body.includes('<script')).toBe(shows === 'login');
	expect(body).not.toContain(LINK_SECRET);
	if (shows === 'button') {
		expect(body).toContain('<bdi>anna&#64;example.com</bdi>');
		expect(body).toContain('<form id="login" method="post" action="?">');
		expect(body).toContain(`<input type="hidden" name="t" value="${token}">`);
	} else {
		expect(body).not.toContain(token);
	}
	const [session] = [...server.state.sessions];
	if (shows === 'login') {
		expect(body).toContain(`action="${server.webmailOrigin}${session?.token}/login"`);
		expect(body).toContain(`name="session" value="${session?.value}"`);
	} else {
		for (const secret of sessionsOf(server)) expect(body).not.toContain(secret);
	}
}

/** Exactly what the contract says, at one of the outputs. */
function expectTold(
	told: Told | undefined,
	id: string,
	{ told: what, message: words = /^\S.*\.$/s }: Row,
	{ body }: RawAnswer,
): void {
	const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	const record = {
		email: 'anna@example.com',
		linkId: id,
		reference: '4711',
		issuedAt: moment,
		expiresAt: moment,
		at: moment,
		visitorAddress: VISITOR,
		userAgent: 'A browser',
	};
	if (what === 'opened') {
		expect(told).toEqual([[{ event: 'opened', ...record }], []]);
		return;
	}
	const reason = what?.slice('notOpened: '.length);
	const message = expect.stringMatching(words);
	const incident = expect.stringMatching(/^[2-9A-Z]{6}$/);
	const item = { event: 'notOpened', ...record, reason, message, incident };
	expect(told).toEqual([[], [item]]);
	expect(body).toContain(told?.[1][0]?.incident as string);
}
