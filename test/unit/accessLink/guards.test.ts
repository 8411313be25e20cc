import type { INodeProperties } from 'n8n-workflow';

import { discardUploads, readRequest } from '../../../nodes/CpanelWebmailLogin/trigger/exchange';
import { IncidentLog } from '../../../nodes/CpanelWebmailLogin/trigger/IncidentLog';
import { readDomains, readRefused } from '../../../nodes/CpanelWebmailLogin/trigger/settings';
import { signAccessLink, verifyAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../../nodes/shared/accessLink/keys';
import { signToken } from '../../../nodes/shared/accessLink/token';
import { formParameters } from '../../../nodes/shared/n8n/parameters';
import { LINK_SECRET, tokenOf } from '../../contract/accessLinks/links';
import { thrownBy } from '../thrown';

const FIELDS = [{ name: 'refused', displayName: 'Refused' }] as INodeProperties[];

/** A field of the trigger whose text is `raw`, and of which n8n makes `value`. */
function guardOf(raw: unknown, value: unknown = raw): string[] | undefined {
	const getNodeParameter = (_name: string, fallback: unknown, options?: object): unknown => {
		const found = options !== undefined && 'rawExpressions' in options ? raw : value;
		return found === undefined ? fallback : found;
	};
	return formParameters({ getNodeParameter } as never, FIELDS).guard('refused');
}

describe('a field that guards', () => {
	it.each([[''], [undefined]])('is empty only where nothing was entered: %j', (raw) => {
		expect(guardOf(raw)).toBeUndefined();
	});

	it.each<[unknown, unknown, string[]]>([
		['a.example', 'a.example', ['a.example']],
		['a, b\n\nc\r\n', 'a, b\n\nc\r\n', ['a, b', 'c']],
		['={{ $x }}', 'a\nb\n', ['a', 'b']],
		['={{ $x }}', 'a,', ['a,']],
		['={{ $x }}', ['a', 'b, c'], ['a', 'b, c']],
		['={{ $x }}\n{{ $y }}', 'a\nb', ['a', 'b']],
	])('is read line by line: %j → %j', (raw, value, lines) => {
		expect(guardOf(raw, value)).toEqual(lines);
	});

	it.each<[unknown, unknown]>([
		['={{ $x }}', null],
		['={{ $x }}', ''],
		['={{ $x }}', ' \n\t'],
		['={{ $x }}', '\u200b'],
		['={{ $x }}', []],
		['={{ $x }}', ['']],
		['={{ $x }}', ['a', '']],
		['={{ $x }}', ['a', null]],
		['={{ $x }}', {}],
		['={{ $x }}', false],
		['={{ $x }}', ','],
		['=', ''],
		['= ', ' '],
		['{{ $x }}', null],
		[' ', ' '],
		[null, null],
		[[], []],
		['={{ $x }}\n{{ $y }}', '\nb'],
		['={{ $x }}\n{{ $y }}', 'a\n'],
		['={{ $x }}, {{ $y }}', 'a, '],
		['={{ $x }};b', ';b'],
		['=a\n{{ $x }}', 'a\n'],
	])('is refused by name where an expression in it yields nothing: %j → %j', (raw, value) => {
		expect(thrownBy(() => guardOf(raw, value))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining('“Refused”'),
		});
	});
});

describe('Allowed Domains', () => {
	it('allows all where it is empty, and those that it names otherwise', () => {
		expect(readDomains(undefined)).toEqual(new Set());
		expect(readDomains(['example.com, @b.example', 'C.example.'])).toEqual(
			new Set(['example.com', 'b.example', 'c.example']),
		);
	});

	it.each([[[]], [[',']], [['@']], [['anna@example.com']], [['exa mple']]])(
		'refuses %j',
		(lines) => {
			expect(thrownBy(() => readDomains(lines)).message).toContain('“Allowed Domains”');
		},
	);
});

const ID = 'k7m4qx2p9wha';
const LINK = `https://n8n.example.com/webhook/x?t=${tokenOf({ id: ID })}`;

describe('Refused', () => {
	it.each([
		ID,
		ID.toUpperCase(),
		` “${ID}” `,
		LINK,
		`<${LINK}>`,
		`${LINK}&utm_source=mail`,
		`[open](${LINK})`,
	])('takes a link: %s', (line) => {
		expect(readRefused([line])).toEqual({ linkIds: new Set([ID]), mailboxes: new Set() });
	});

	it.each([
		'anna@example.com',
		'ANNA@Example.COM',
		'Anna <anna@example.com>',
		'"Miller, Anna" <anna@example.com>',
		'Miller, Anna <anna@example.com>',
		'anna@example.com (Anna)',
		'mailto:anna@example.com?subject=Hello',
		'<mailto:anna@example.com|anna@example.com>',
		'\u200banna@example.com,',
		'ａｎｎａ@example.com',
	])('takes a mailbox in the forms of the other fields: %s', (line) => {
		expect(readRefused([line])).toEqual({
			linkIds: new Set(),
			mailboxes: new Set(['anna@example.com']),
		});
	});

	it('takes several in a line', () => {
		expect(readRefused([`${ID}, Anna <anna@example.com>; BEN@example.com`, LINK])).toEqual({
			linkIds: new Set([ID]),
			mailboxes: new Set(['anna@example.com', 'ben@example.com']),
		});
	});

	it.each([
		['example.com', 'example.com'],
		['@example.com', '@example.com'],
		['*@example.com', undefined],
		['anna', 'anna'],
		['anna@example.com ben@example.com', 'anna@example.com ben@example.com'],
		['anna@example.com left in May', 'anna@example.com left in May'],
		['anna@example.com # left', 'anna@example.com'],
		[`linkId: ${ID}`, `linkId: ${ID}`],
		['k7m4qx', 'k7m4qx'],
		[`${ID}x`, `${ID}x`],
		['k7m4qx2p9wh?', 'k7m4qx2p9wh?'],
		['https://n8n.example.com/webhook/x', '(address)'],
		['https://n8n.example.com/webhook/x?t=', '(address)'],
		[LINK.slice(0, -1), undefined],
		['undefined', 'undefined'],
		['null', 'null'],
		['[object Object]', undefined],
		[`ben@example.com, example.com`, 'example.com'],
		[`${ID}, Miller, Anna <anna@example.com>`, 'Miller'],
	])('is refused with %j, and says so', (line, named) => {
		const error = thrownBy(() => readRefused([ID, line]));
		expect(error.kind).toBe('input');
		expect(error.message).toContain('“Refused” contains an entry that is not a link ID');
		if (named !== undefined) expect(error.message).toContain(named);
	});

	it('shows no token of a link that it does not understand', () => {
		const token = tokenOf();
		for (const line of [token, `see ${token}`, `${LINK.slice(0, -1)}`]) {
			expect(thrownBy(() => readRefused([line])).message).not.toContain(token.slice(2, 30));
		}
	});
});

describe('the fields of a token that somebody else signed', () => {
	const keyring = readKeyring({ secret: LINK_SECRET });
	const read = (...fields: unknown[]) =>
		verifyAccessLink(signToken(fields, keyring.current), keyring);
	const signed = (mailbox: unknown, ...options: unknown[]) => read(mailbox, ID, 1, 2, ...options);

	it.each([
		['CEO <bob@example.com>', 'bob@example.com'],
		['BOB@Example.com', 'bob@example.com'],
		['bob@bücher.example', 'bob@xn--bcher-kva.example'],
		['mailto:bob@example.com', 'bob@example.com'],
	])('name the mailbox that is opened: %s', (mailbox, parsed) => {
		expect(signed(mailbox)?.mailbox).toBe(parsed);
	});

	it('are what the parsers of the form make of them', () => {
		expect(signed('bob@example.com', ' 4711 ', 'pt-BR', ' /a ')).toMatchObject({
			reference: '4711',
			locale: 'pt_br',
			gotoUri: '/a',
		});
		expect(signed('bob@example.com', '', null, undefined)).toEqual({
			mailbox: 'bob@example.com',
			id: ID,
			issuedAt: 1,
			expiresAt: 2,
		});
	});

	it.each<[string, unknown[]]>([
		['a mailbox without a domain', ['bob']],
		['two mailboxes', ['bob@example.com anna@example.com']],
		['a mailbox with a blank', ['b ob@example.com']],
		['a mailbox and a host', ['bob@example.com/x']],
		['letters of two alphabets', ['bоb@example.com']],
		['a long reference', ['bob@example.com', 'x'.repeat(943)]],
		['a reference of several lines', ['bob@example.com', 'a\nb']],
		['a reference that is a number', ['bob@example.com', 4711]],
		['a reference that is an object', ['bob@example.com', { a: 1 }]],
		['a locale that is none', ['bob@example.com', '', 'de,en;q=0.5']],
		['a locale that is a list', ['bob@example.com', '', ['de']]],
		['another site', ['bob@example.com', '', '', 'https://evil.example/']],
		['a script', ['bob@example.com', '', '', 'javascript:alert(1)']],
		['another site without a scheme', ['bob@example.com', '', '', '//evil.example/']],
		['another site with a backslash', ['bob@example.com', '', '', '/\\evil.example']],
		['a security token', ['bob@example.com', '', '', '/cpsess123/x']],
		['a line end', ['bob@example.com', '', '', '/a\r\nb']],
		['an eighth field', ['bob@example.com', '', '', '/a', 'x']],
	])('are none with %s', (_, [mailbox, ...options]) => {
		expect(signed(mailbox, ...options)).toBeUndefined();
	});

	it.each(['', 'a b', 'a,b', 'a\nb', 'x'.repeat(65), '<b>'])('are none with the id %j', (id) => {
		expect(read('bob@example.com', id, 1, 2)).toBeUndefined();
	});

	it('are read with an id of another make, which a list may have in any case', () => {
		const link = { mailbox: 'bob@example.com', id: 'Order-4711', issuedAt: 1, expiresAt: 2 };
		const token = signAccessLink(link, keyring.current);
		expect(verifyAccessLink(token, keyring)?.id).toBe('Order-4711');
		expect(readRefused([`https://x.example/?t=${token}`]).linkIds).toEqual(new Set(['order-4711']));
	});
});

describe('a form', () => {
	const isCrossSite = (headers: Record<string, string>, ownOrigin?: string): boolean =>
		readRequest({ method: 'POST', headers: { host: 'n8n.example.com', ...headers } }).isCrossSite(
			ownOrigin,
		);

	it.each<[Record<string, string>]>([
		[{ 'sec-fetch-site': 'same-origin' }],
		[{ 'sec-fetch-site': 'none' }],
		[{ 'sec-fetch-site': 'same-origin', origin: 'null' }],
		[{}],
		[{ origin: 'https://n8n.example.com' }],
		[{ origin: 'http://n8n.example.com' }],
		[{ host: 'n8n.example.com:443', origin: 'https://n8n.example.com' }],
		[{ host: 'localhost:5678', origin: 'http://localhost:5678' }],
		[
			{
				host: '127.0.0.1:5678',
				'x-forwarded-host': 'n8n.example.com',
				origin: 'https://n8n.example.com',
			},
		],
		[
			{
				host: 'a',
				'x-forwarded-host': 'n8n.example.com, proxy',
				origin: 'https://n8n.example.com',
			},
		],
	])('is the page’s own: %j', (headers) => expect(isCrossSite(headers)).toBe(false));

	it.each<[Record<string, string>]>([
		[{ 'sec-fetch-site': 'cross-site' }],
		[{ 'sec-fetch-site': 'same-site' }],
		[{ 'sec-fetch-site': 'Cross-Site', origin: 'https://n8n.example.com' }],
		[{ 'sec-fetch-site': 'something-new' }],
		[{ 'sec-fetch-site': '' }],
		[{ 'sec-fetch-site': 'same-origin, cross-site' }],
		[{ origin: 'https://evil.example' }],
		[{ origin: 'https://www.n8n.example.com' }],
		[{ origin: 'https://n8n.example.com.evil.example' }],
		[{ origin: 'https://n8n.example.com:8443' }],
		[{ origin: 'null' }],
		[{ origin: 'nonsense' }],
		[{ origin: 'null:' }],
		[{ origin: 'chrome-extension://n8n.example.com' }],
		[{ origin: 'https://n8n.example.com, https://evil.example' }],
	])('is somebody else’s: %j', (headers) => expect(isCrossSite(headers)).toBe(true));

	it('is the page’s own at the address of the credential, whatever a proxy calls n8n', () => {
		const headers = { host: 'internal:5678', origin: 'https://n8n.example.com' };
		expect(isCrossSite(headers, 'https://n8n.example.com')).toBe(false);
		expect(isCrossSite(headers, 'https://other.example.com')).toBe(true);
	});
});

describe('the log', () => {
	it('gets one line a minute for each trigger, with a count', () => {
		let now = 0;
		const log = new IncidentLog(() => now);
		const lines: string[] = [];
		const ask = (trigger: string): string =>
			log.note(trigger, (incident, count) => void lines.push(`${trigger} ${incident}${count}`));
		const first = ask('a');
		for (let times = 0; times < 99; times += 1) expect(ask('a')).toBe(first);
		const other = ask('b');
		expect(lines).toEqual([`a ${first}`, `b ${other}`]);
		now = 60_000;
		const second = ask('a');
		expect(second).not.toBe(first);
		now = 120_000;
		ask('a');
		expect(lines.slice(2)).toEqual([
			`a ${second} (and 99 more since the last such line)`,
			expect.stringMatching(/^a [2-9A-Z]{6}$/),
		]);
	});

	it('remembers a thousand triggers, and forgets the one that was quiet longest', () => {
		const log = new IncidentLog(() => 0);
		const lines: string[] = [];
		const ask = (trigger: string) => log.note(trigger, () => void lines.push(trigger));
		for (let number = 0; number <= 1000; number += 1) ask(String(number));
		ask('1000');
		ask('0');
		expect(lines).toHaveLength(1002);
	});
});

describe('files that somebody uploads', () => {
	const upload = () => ({ filepath: '/tmp/x', destroy: jest.fn() });

	it('are deleted, one or several in a field', () => {
		const [one, two, three] = [upload(), upload(), upload()];
		discardUploads({ body: { data: { t: 'x' }, files: { a: one, b: [two, three] } } });
		for (const file of [one, two, three]) expect(file.destroy).toHaveBeenCalledTimes(1);
	});

	it.each([
		undefined,
		null,
		'files',
		[],
		{},
		{ files: 'x' },
		{ files: { a: { destroy: true } } },
		{ files: { a: [null] } },
	])('are not looked for in another body: %j', (body) =>
		expect(() => discardUploads({ body })).not.toThrow(),
	);
});
