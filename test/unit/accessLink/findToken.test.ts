import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { verifyAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { findToken } from '../../../nodes/shared/accessLink/findToken';
import { deriveKey } from '../../../nodes/shared/accessLink/keys';
import { growth, IN_PROPORTION } from '../growth';
import { VECTORS, VECTOR_SECRET } from './vectors';

const KEYRING = { current: deriveKey(VECTOR_SECRET) };
const TOKEN = VECTORS[0]?.token ?? '';
/** Has both signs that are no letters, which links made elsewhere may have. */
const ODD_TOKEN = signed(Buffer.from('["a~~?b@example.com","x",1,2]').toString('base64url'));
const LINK = `https://n8n.example.com/webhook/abc?t=${TOKEN}`;

/** What stands behind a link when a program takes it for a part of that, as it is sent. */
const BEHIND = [
	...[
		'.',
		',',
		';',
		':',
		'!',
		'?',
		'...',
		').',
		')',
		']',
		'}',
		'>',
		'>.',
		'"',
		"'",
		'`',
		'|',
		'\\',
		'*',
		'**',
		'~',
		'~~',
		'/',
		'$',
		'@',
	],
	...[
		'%22',
		'%27',
		'%3E',
		'%3C',
		'%29',
		'%5D',
		'%7D',
		'%2C',
		'%3B',
		'%60',
		'%7C',
		'%5C',
		'%2A%2A',
		'%2E',
		'%2F',
	],
	...[
		'&gt;',
		'%26gt%3B',
		'&amp;gt;',
		'&quot;',
		'%26quot%3B',
		'%26%2339%3B',
		'&nbsp;',
		'%26nbsp%3B',
		'%26%23160%3B',
		'%26%23xA0%3B',
	],
	...[
		'%E2%80%9D',
		'%E2%80%99',
		'%E2%80%9C',
		'%C2%BB',
		'%C2%AB',
		'%E2%80%A6',
		'%E3%80%82',
		'%EF%BC%89',
	],
	...[
		'%E2%80%8B',
		'%C2%A0',
		'%EF%BB%BF',
		'%E2%80%8E',
		'%E2%80%8D',
		'%C2%AD',
		'%E2%81%A0',
		'%E2%80%AF',
	],
	...[
		'%20',
		'+',
		'%09',
		'%0D%0A',
		'%0A',
		'%2520',
		'%250D%250A',
		'%25252E',
		'%25E2%2580%258B',
		'%2',
		'%',
	],
	...[
		'%20Click%20here',
		'+to+open+it',
		'%0D%0ABest%20regards',
		'%3Cbr%3E',
		'%3C%2Fa%3E',
		'">link',
		'%22%3Elink',
	],
	...[
		'](',
		'](https://n8n.example.com)',
		')%20or',
		'%5D(',
		']%5B1%5D',
		'=20',
		'=0D=0A',
		'=C2=A0',
		'=E2=80=8B',
		'%3D20',
	],
	...[
		'?utm_source=mail',
		'&utm_source=mail',
		'%3Futm_source%3Dmail',
		'&amp;utm_source=mail',
		'%26utm_source%3Dmail',
		'%26amp%3Butm_source=mail',
	],
	...[
		'%23top',
		'#top',
		'%23:~:text=x',
		'?fbclid=IwAR0',
		'&t=',
		'&t=1',
		'&t=12345',
		'&T=x',
		'&amp;t=x',
		'/?mc_eid=1',
	],
	...[
		LINK,
		`%20${encodeURIComponent(LINK)}`,
		`%0A${LINK}`,
		`&t=${TOKEN}`,
		`&amp;t=${TOKEN}`,
		`?t=${TOKEN}`,
	],
];

/** What stands where a line was wrapped, as it is sent. */
const INSIDE = [
	...[
		'%20',
		'+',
		'%0D%0A',
		'%0A',
		'%0D',
		'%0D%0A%20',
		'%0D%0A%09',
		'%09',
		'%2520',
		'%250D%250A',
		'%250A',
	],
	...[
		'%3D%0D%0A',
		'=%0D%0A',
		'=%0A',
		'%3D%250D%250A',
		'%3D%20',
		'%0D%0A%3E%20',
		'%0A%3E%3E%20',
		'%20%3E%20',
	],
	...[
		'%E2%80%8B',
		'%C2%A0',
		'%C2%AD',
		'%EF%BB%BF',
		'%E2%81%A0',
		'%E2%80%8D',
		'%25E2%2580%258B',
		'%25C2%25A0',
	],
	...[
		'%3Cwbr%3E',
		'%3Cwbr%2F%3E',
		'%3Cbr%3E%0D%0A',
		'%26%238203%3B',
		'%26%23x200B%3B',
		'%26shy%3B',
		'%5C%0A',
		'=0D=0A',
		'=20',
	],
];

/** How the name of the field and the first character of the token arrive. */
const BEFORE = [
	...[
		't=',
		'T=',
		'amp;t=',
		'amp;amp;t=',
		't[]=',
		't[0]=',
		't%5B%5D=',
		'%74=',
		't%3D',
		't=3D',
		't%3D3D',
		't==',
		't=%3D',
	],
	...[
		't=%20',
		't=+',
		't=%0D%0A',
		't=%E2%80%8B',
		't=%22',
		't=%3C',
		't=%E2%80%9C',
		't=%3D%0D%0A',
		't=%3D3D',
		't=t%3D',
		't=?t=',
	],
	...[
		'utm_source=mail&t=',
		'&t=',
		'&amp;t=',
		'&&t=',
		'x=1?t=',
		't=&t=',
		't=12345&t=',
		't=1&amp;t=',
		't=x.y.z&t=',
	],
	...[
		`t=${encodeURIComponent('https://n8n.example.com/webhook/abc?t=')}`,
		`url=${encodeURIComponent('https://n8n.example.com/webhook/abc?t=')}`,
	],
];

const found = (sent: string): string | undefined => findToken(queryOf(sent));

describe('the token of a link', () => {
	it.each(BEHIND)('is found before %j', (behind) => {
		expect(found(`t=${TOKEN}${behind}`)).toBe(TOKEN);
	});

	it.each(INSIDE)('is found where %j wraps it', (inside) => {
		for (const at of [
			1,
			2,
			7,
			60,
			TOKEN.indexOf('.', 2),
			TOKEN.indexOf('.', 2) + 1,
			TOKEN.length - 1,
		]) {
			expect(found(`t=${TOKEN.slice(0, at)}${inside}${TOKEN.slice(at)}`)).toBe(TOKEN);
		}
	});

	it.each(BEFORE)('is found behind %j', (before) => {
		expect(found(before + TOKEN)).toBe(TOKEN);
	});

	it.each<[string, string]>([
		['its dots encoded', TOKEN.replaceAll('.', '%2E')],
		['its dots encoded twice', TOKEN.replaceAll('.', '%252E')],
		['its dots escaped for Markdown', TOKEN.replaceAll('.', '%5C.')],
		['each character encoded', hex(TOKEN)],
		['each character encoded twice', hex(hex(TOKEN))],
	])('is found with %s', (_, sent) => expect(found(`t=${sent}`)).toBe(TOKEN));

	it('is found in any mixture of them, and with every sign that a token may have', () => {
		const pick = (list: string[]) => fc.constantFrom(...list);
		const cut = fc.integer({ min: 1, max: Math.min(TOKEN.length, ODD_TOKEN.length) - 1 });
		fc.assert(
			fc.property(
				fc.constantFrom(TOKEN, ODD_TOKEN),
				pick(BEFORE),
				fc.uniqueArray(cut, { maxLength: 4 }),
				fc.array(pick(INSIDE), { minLength: 4, maxLength: 4 }),
				pick(BEHIND),
				(token, before, cuts, wraps, behind) => {
					const ends = [0, ...cuts.sort((one, other) => one - other), token.length];
					const sent = ends
						.slice(1)
						.map((end, index) => token.slice(ends[index], end) + (wraps[index] ?? ''));
					const wrapped = sent.join('').slice(0, -(wraps[cuts.length] ?? '').length || undefined);
					expect(found(before + wrapped + behind.replaceAll(TOKEN, token))).toBe(token);
				},
			),
			{ numRuns: 2000 },
		);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a text', TOKEN],
		['another name', { x: TOKEN }],
		['a list', [TOKEN]],
		['no field', {}],
		['a number', { t: 1 }],
		['an inherited field', Object.create({ t: TOKEN })],
		['an object', { t: { t: TOKEN } }],
		['a list in a list', { t: [[TOKEN]] }],
		['too much around it', { t: TOKEN + ' '.repeat(20_000) }],
	])('is not found in %s', (_, fields) => expect(findToken(fields)).toBeUndefined());

	it.each<[string, string]>([
		['a letter behind', `${TOKEN}A`],
		['a digit behind', `${TOKEN}1`],
		['a hyphen behind', `${TOKEN}-`],
		['an underscore behind', `${TOKEN}_`],
		['an encoded letter behind', `${TOKEN}%41`],
		['a letter as a character reference behind', `${TOKEN}%26%2365%3B`],
		['a letter in quoted-printable behind', `${TOKEN}=41`],
		['a letter before', `x${TOKEN}`],
		['a digit before', `2${TOKEN}`],
		['no end', TOKEN.slice(0, -1)],
		['no end, and a full stop', `${TOKEN.slice(0, -1)}.`],
		['a blank in place of its end', `${TOKEN.slice(0, -1)}%20`],
		['no beginning', TOKEN.slice(1)],
		['a part too few', TOKEN.split('.').slice(0, 2).join('.')],
		['a part too many', TOKEN.replace('.', '..')],
		['another version', TOKEN.replace('1', '2')],
		['padding', `${TOKEN}=`],
		['encoded padding', `${TOKEN}%3D`],
		['a padded payload', TOKEN.replace(/\.(?=[^.]*$)/, '=.')],
		['a sign inside that nothing on the way adds', `${TOKEN.slice(0, 9)}*${TOKEN.slice(9)}`],
	])('is not made of one with %s', (_, altered) => expect(accepts(`t=${altered}`)).toBe(false));

	it('is never made right by leaving a letter, a digit or a sign of its own out, or putting one in', () => {
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		for (let at = 0; at <= TOKEN.length; at += 1) {
			if (at < TOKEN.length)
				expect(accepts(`t=${TOKEN.slice(0, at)}${TOKEN.slice(at + 1)}`)).toBe(false);
			for (const letter of letters) {
				const inserted = TOKEN.slice(0, at) + letter + TOKEN.slice(at);
				const replaced = TOKEN.slice(0, at) + letter + TOKEN.slice(at + 1);
				expect([inserted, accepts(`t=${inserted}`)]).toEqual([inserted, false]);
				if (replaced !== TOKEN)
					expect([replaced, accepts(`t=${replaced}`)]).toEqual([replaced, false]);
			}
		}
	});

	it.each(['1.', '%25', '&#0;', '=3D', 't=1.a', '1 . ', '<wbr', ' >'])(
		'is looked for in proportion to the length of what comes: %j over and over',
		(part) => {
			// a query that is too long for one field may have many
			const fields = (length: number): Record<string, string> =>
				Object.fromEntries(
					Array.from({ length: length / 8192 }, (_, index) => [
						index,
						part.repeat(8192 / part.length),
					]),
				);
			expect(growth((length) => findToken({ t: Object.values(fields(length)) }))).toBeLessThan(
				IN_PROPORTION,
			);
		},
	);
});

/** Whether anything that is found opens the mailbox. */
function accepts(sent: string): boolean {
	return verifyAccessLink(found(sent), KEYRING) !== undefined;
}

function signed(payload: string): string {
	const hmac = createHmac('sha256', KEYRING.current).update(`1.${payload}`);
	return `1.${payload}.${hmac.digest('base64url')}`;
}

function hex(text: string): string {
	return Array.from(
		text,
		(character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
	).join('');
}

/** As Express reads a query: names that come twice and names with brackets make lists and objects. */
function queryOf(sent: string): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	for (const part of (sent.split('#')[0] ?? '').split('&')) {
		const [, rawName = '', rawValue = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
		const [name, value] = [rawName, rawValue].map(decoded) as [string, string];
		const [, outer] = /^(\w+)\[\d*\]$/.exec(name) ?? [];
		if (outer !== undefined) fields[outer] = [value];
		else if (name in fields) fields[name] = [fields[name], value].flat();
		else if (part !== '') fields[name] = value;
	}
	return fields;
}

/** As qs does: what cannot be decoded stays as it is. */
function decoded(text: string): string {
	const withBlanks = text.replaceAll('+', ' ');
	try {
		return decodeURIComponent(withBlanks);
	} catch {
		return withBlanks;
	}
}
