import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import {
	newAccessLink,
	newLinkId,
	verifyAccessLink,
	signAccessLink,
} from '../../../nodes/shared/accessLink/accessLink';
import type { AccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { deriveKey, readKeyring } from '../../../nodes/shared/accessLink/keys';
import { answerProbe, newProbe } from '../../../nodes/shared/accessLink/probe';
import { MAX_TOKEN_LENGTH, verifyToken, signToken } from '../../../nodes/shared/accessLink/token';
import { randomNumbers } from '../../attacks/random';
import { forgeries } from './forgeries';
import { VECTORS, VECTOR_SECRET } from './vectors';

const SECRET = 'Vh3kQz8mWc5tYp2xLr7nBd4sGj9fAe6u';
const OTHER_SECRET = 'e7c1a94f0b3d58266a9de2f71c40b85f';
const KEYRING = readKeyring({ secret: SECRET });
const LINK: AccessLink = {
	mailbox: 'anna@example.com',
	id: 'k7m4qx2p9wha',
	issuedAt: 1_767_225_600,
	expiresAt: 1_767_484_800,
};
const TOKEN = signAccessLink(LINK, KEYRING.current);

describe.each(VECTORS)('the published vector “$name”', ({ link, payload, token, key }) => {
	it('is what this implementation makes and reads', () => {
		const current = deriveKey(VECTOR_SECRET);
		expect(current.toString('hex')).toBe(key);
		expect(signAccessLink(link, current)).toBe(token);
		expect(verifyAccessLink(token, { current })).toEqual(link);
	});

	it('is what the recipe makes without this implementation', () => {
		const derived = hkdfSync('sha256', VECTOR_SECRET, '', 'cpanel-access-link/1', 32);
		const signed = `1.${Buffer.from(payload, 'utf8').toString('base64url')}`;
		const hmac = createHmac('sha256', Buffer.from(derived)).update(signed);
		expect(`${signed}.${hmac.digest('base64url')}`).toBe(token);
	});

	it('stands in the documentation', () => {
		const page = readFileSync(join(__dirname, '../../../docs/access-links.md'), 'utf8');
		for (const text of [VECTOR_SECRET, key, payload, token]) expect(page).toContain(text);
	});
});

describe('a token', () => {
	it('survives mails, messengers and shells: letters, digits and its two dots, and short', () => {
		const emoji = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
		const signs = fc.string({ unit: fc.constantFrom(...'?>~_*`-<&=%\u007fÿ¿ü字😀'), minLength: 1 });
		const text = fc.oneof(
			emoji,
			signs,
			fc.constantFrom('anna+x', 'o?k', '???', '~~~', '>>>', '_a_'),
		);
		fc.assert(
			fc.property(text, text, fc.option(text), fc.nat(), (local, reference, gotoUri, time) => {
				const link = {
					mailbox: `${local}@example.com`,
					issuedAt: time,
					expiresAt: time + 1,
					reference,
					...(gotoUri !== null && { gotoUri: `/${gotoUri}` }),
				};
				const { id, token } = newAccessLink(link, KEYRING.current);
				expect(token).toMatch(/^1\.[A-Za-z0-9]+\.[A-Za-z0-9]{43}$/);
				// whether these are mailboxes and paths at all is for the parsers of the form to say
				const options = [reference, '', link.gotoUri ?? ''];
				while (options.at(-1) === '') options.pop();
				expect(verifyToken(token, KEYRING)?.payload).toEqual([
					link.mailbox,
					id,
					time,
					time + 1,
					...options,
				]);
			}),
		);
		const usual = 'https://n8n.example-hosting.com/webhook/6f1a2d0e-3c5b-4a8f-9d7e-0b1c2d3e4f50?t=';
		const { token } = newAccessLink(
			{ ...LINK, mailbox: 'anna.lastname@customer-domain.example' },
			KEYRING.current,
		);
		expect(usual.length + token.length).toBeLessThan(250);
	});

	it('is read with the signs, too, that a link made elsewhere may have', () => {
		const odd = Buffer.from('["a~~?b@example.com","x",1,2]').toString('base64url');
		expect(odd).toMatch(/[-_]/);
		expect(verifyAccessLink(signedBy(KEYRING.current, `1.${odd}`), KEYRING)?.id).toBe('x');
	});

	it('brings everything back that it was made of', () => {
		const full = { ...LINK, reference: 'Ä 4711 😀', locale: 'pt_br', gotoUri: '/3rdparty/?a=b' };
		expect(verifyAccessLink(signAccessLink(full, KEYRING.current), KEYRING)).toEqual(full);
		expect(verifyAccessLink(TOKEN, KEYRING)).toEqual(LINK);
	});

	it('is checked with the previous secret too, and signed with the current one', () => {
		const rotated = readKeyring({ secret: OTHER_SECRET, previousSecret: SECRET });
		expect(verifyAccessLink(TOKEN, rotated)).toEqual(LINK);
		expect(verifyAccessLink(signAccessLink(LINK, rotated.current), KEYRING)).toBeUndefined();
	});

	it('of a secret that was taken away is none any more', () => {
		expect(verifyAccessLink(TOKEN, readKeyring({ secret: OTHER_SECRET }))).toBeUndefined();
	});

	const [version = '', payload = '', signature = ''] = TOKEN.split('.');
	const signedBy = (key: string | Buffer, text: string): string =>
		`${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
	const encoded = (value: unknown): string =>
		Buffer.from(JSON.stringify(value)).toString('base64url');

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['a number', 1],
		['a list with a token', [TOKEN]],
		['an object', { toString: () => TOKEN }],
		['dots', '..'],
		['two parts', `${version}.${payload}`],
		['four parts', `${TOKEN}.${signature}`],
		['no payload', `${version}..${signature}`],
		['no signature', `${version}.${payload}.`],
		['padding', `${TOKEN}=`],
		['a padded payload', `${version}.${payload}=.${signature}`],
		['blanks around', ` ${TOKEN} `],
		['a line end behind', `${TOKEN}\n`],
		['the same bytes in another spelling', respelled(TOKEN)],
		['base64 in place of base64url', TOKEN.replaceAll('-', '+').replaceAll('_', '/') + '+'],
		[
			'the signature in hexadecimal',
			`${version}.${payload}.${Buffer.from(signature, 'base64url').toString('hex')}`,
		],
		['another version', TOKEN.replace(/^1/, '2')],
		['another version, signed', signedBy(KEYRING.current, `2.${payload}`)],
		['a version 01', signedBy(KEYRING.current, `01.${payload}`)],
		['no version', `${payload}.${signature}`],
		['a signature with the raw secret', signedBy(SECRET, `${version}.${payload}`)],
		[
			'a signature over the payload alone',
			`${version}.${payload}.${createHmac('sha256', KEYRING.current).update(payload).digest('base64url')}`,
		],
		['a signature with an empty key', signedBy('', `${version}.${payload}`)],
		[
			'another mailbox under the signature',
			`${version}.${encoded(['ben@example.com', 'x', 1, 9e9])}.${signature}`,
		],
		['200 KB', `${version}.${'A'.repeat(200_000)}.${signature}`],
		['200 KB behind', TOKEN + 'A'.repeat(200_000)],
		['200 KB that are signed', signedBy(KEYRING.current, `${version}.${'A'.repeat(200_000)}`)],
		['a JSON web token', `${encoded({ alg: 'none' })}.${encoded({ m: LINK.mailbox })}.`],
		['NUL', `${TOKEN}\0`],
		['digits of another script', TOKEN.replace('1', '١')],
	])('is not taken for one: %s', (_, token) => {
		expect(verifyAccessLink(token, KEYRING)).toBeUndefined();
		expect(answerProbe(token, KEYRING)).toBeUndefined();
	});

	it('cut short anywhere is none', () => {
		for (let length = 0; length < TOKEN.length; length += 1) {
			expect(verifyAccessLink(TOKEN.slice(0, length), KEYRING)).toBeUndefined();
		}
	});

	it.each<[string, unknown]>([
		['a text', 'm'],
		['null', null],
		['an object', { ...LINK }],
		['an empty list', []],
		['no mailbox', [null, 'x', 1, 2]],
		['an empty mailbox', ['', 'x', 1, 2]],
		['a mailbox that is a list', [['a@b.c'], 'x', 1, 2]],
		['no id', ['a@b.c', undefined, 1, 2]],
		['no expiry', ['a@b.c', 'x', 1]],
		['an expiry that is a text', ['a@b.c', 'x', 1, '2']],
		['an expiry beyond all dates', ['a@b.c', 'x', 1, 9e15]],
	])('signed by us with something else in it is none: %s', (_, content) => {
		expect(
			verifyAccessLink(signToken(content as object, KEYRING.current), KEYRING),
		).toBeUndefined();
	});

	it('signed by us around something that is no JSON is none', () => {
		const text = `1.${Buffer.from('{').toString('base64url')}`;
		expect(verifyAccessLink(signedBy(KEYRING.current, text), KEYRING)).toBeUndefined();
	});

	it('is never accepted forged, and nothing throws', () => {
		for (const forged of forgeries(TOKEN, 10_000)) {
			expect(verifyToken(forged, KEYRING)).toBeUndefined();
		}
	});

	it('is made for an id that nobody can guess, of letters and digits that are not mistaken', () => {
		const ids = Array.from({ length: 1000 }, newLinkId);
		expect(new Set(ids).size).toBe(1000);
		for (const id of ids) expect(id).toMatch(/^[a-hjkmnp-z2-9]{12}$/);
		expect(new Set(ids.join('')).size).toBe(31);
	});

	it('is checked with one secret where there is one', () => {
		expect(Object.keys(readKeyring({ secret: SECRET, previousSecret: ' ' }))).toEqual(['current']);
	});

	it('may have 2,000 characters, and not one more', () => {
		const sealed = (length: number): string => {
			const link = { ...LINK, gotoUri: `/${'a'.repeat(length)}` };
			return signAccessLink(link, KEYRING.current);
		};
		let length = 1000;
		while (sealed(length + 1).length <= MAX_TOKEN_LENGTH) length += 1;
		expect(sealed(length)).toHaveLength(MAX_TOKEN_LENGTH);
		expect(verifyAccessLink(sealed(length), KEYRING)).toBeDefined();
		expect(verifyAccessLink(sealed(length + 1), KEYRING)).toBeUndefined();
	});

	it('may be as long as it has to be, and no longer', () => {
		const padded = (length: number): string =>
			signAccessLink({ ...LINK, gotoUri: `/${'a'.repeat(length)}` }, KEYRING.current);
		expect(verifyAccessLink(padded(1000), KEYRING)?.gotoUri).toHaveLength(1001);
		expect(padded(2000).length).toBeGreaterThan(MAX_TOKEN_LENGTH);
		expect(verifyAccessLink(padded(2000), KEYRING)).toBeUndefined();
	});
});

describe('a probe', () => {
	it('is answered by who has the same secret, and by nobody else', () => {
		const probe = newProbe(KEYRING);
		const answer = answerProbe(probe.token, KEYRING) ?? '';
		expect(probe.isAnsweredBy(answer)).toBe(true);
		expect(probe.isAnsweredBy(`${answer}\n`)).toBe(true);
		expect(answerProbe(probe.token, readKeyring({ secret: OTHER_SECRET }))).toBeUndefined();
	});

	it('is answered by who has its secret as the previous one', () => {
		const probe = newProbe(KEYRING);
		const rotated = readKeyring({ secret: OTHER_SECRET, previousSecret: SECRET });
		expect(probe.isAnsweredBy(answerProbe(probe.token, rotated) ?? '')).toBe(true);
	});

	it('has one answer: not itself, not that to another, not a page', () => {
		const [one, other] = [newProbe(KEYRING), newProbe(KEYRING)];
		expect(one.isAnsweredBy(answerProbe(other.token, KEYRING) ?? '')).toBe(false);
		for (const text of [one.token, '', 'OK', '<!doctype html>']) {
			expect(one.isAnsweredBy(text)).toBe(false);
		}
	});

	it('opens nothing', () => {
		const probe = newProbe(KEYRING);
		expect(verifyAccessLink(probe.token, KEYRING)).toBeUndefined();
		expect(verifyAccessLink(answerProbe(probe.token, KEYRING), KEYRING)).toBeUndefined();
		expect(answerProbe(TOKEN, KEYRING)).toBeUndefined();
	});
});

describe('the secret', () => {
	it.each([
		[{}, '“Secret” is empty'],
		[{ secret: '' }, '“Secret” is empty'],
		[{ secret: '   \n' }, '“Secret” is empty'],
		[{ secret: 'x'.repeat(31) }, '“Secret” has fewer than 32 characters'],
		[{ secret: ` ${'x'.repeat(30)} ` }, '“Secret” has fewer than 32 characters'],
		[{ secret: '😀'.repeat(16) }, '“Secret” has fewer than 32 characters'],
		[{ secret: { of: 'x'.repeat(32) } }, '“Secret” contains an object'],
		[{ secret: true }, '“Secret” contains a boolean'],
		[{ secret: SECRET, previousSecret: 'short' }, '“Previous Secret” has fewer than 32 characters'],
		[{ secret: SECRET, previousSecret: 7 }, '“Previous Secret” has fewer than 32 characters'],
	])('is refused where it is of no use: %j', (stored, message) => {
		expect(() => readKeyring(stored)).toThrow(message);
	});

	it.each<[string, RegExp]>([
		[VECTOR_SECRET, /“Secret” repeats a shorter text/],
		[VECTOR_SECRET.toUpperCase(), /repeats/],
		[`${VECTOR_SECRET}0123`, /repeats/],
		['fedcba9876543210fedcba9876543210', /repeats/],
		['correct horse '.repeat(3), /repeats/],
		['ChangeMe'.repeat(4), /repeats/],
		['x'.repeat(32), /fewer than 6 different characters/],
		['0'.repeat(64), /fewer than 6 different/],
		['😀'.repeat(32), /fewer than 6 different/],
		[`${'a'.repeat(31)}1`, /fewer than 6 different/],
		['AbAbbaaBABabBAbaAbaBbABabaABbabA', /fewer than 6 different/],
		['abcdefghijklmnopqrstuvwxyz012345', /is a sequence of characters/],
		['zyxwvutsrqponmlkjihgfedcba987654', /is a sequence/],
		['aabbccddeeffgghhiijjkkllmmnnoopp', /is a sequence/],
		['__n8n_BLANK_VALUE_e5362baf-c777-4d57-a609-6eaf1f9e87f6', /what n8n shows/],
		['__n8n_EMPTY_VALUE_7b1af746-3729-4c60-9b9b-e08eb29e58da', /what n8n shows/],
		['__N8N_blank_value_of_a_version_to_come_1f2e3d4c', /what n8n shows/],
	])('is refused where it can be guessed, in either field: %s', (secret, message) => {
		expect(() => readKeyring({ secret })).toThrow(message);
		expect(() => readKeyring({ secret: ` ${secret}\n` })).toThrow(message);
		expect(() => readKeyring({ secret: SECRET, previousSecret: secret })).toThrow(
			'“Previous Secret”',
		);
	});

	it('is accepted as chance makes it, of digits alone and of bytes', () => {
		const random = randomNumbers(18);
		for (const alphabet of ['0123456789', '0123456789abcdef', 'abcdefghijklmnopqrstuvwxyz']) {
			for (let times = 0; times < 1000; times += 1) {
				const secret = Array.from({ length: 32 }, () => {
					return alphabet[Math.floor(random() * alphabet.length)];
				}).join('');
				expect(readKeyring({ secret }).current).toHaveLength(32);
			}
		}
	});

	it('is the same with blanks and line ends around it, and another in other letters', () => {
		expect(readKeyring({ secret: `\t\u200b ${SECRET}\ufeff\r\n` }).current).toEqual(
			KEYRING.current,
		);
		expect(readKeyring({ secret: SECRET.toUpperCase() }).current).not.toEqual(KEYRING.current);
		expect(deriveKey(SECRET)).toHaveLength(32);
	});
});

/** Base64url with other bits in the last character, which stand for nothing. */
function respelled(token: string): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	const last = alphabet.indexOf(token.slice(-1));
	const other = token.slice(0, -1) + alphabet[last + 1];
	const bytes = (text: string): Buffer => Buffer.from(text.split('.')[2] ?? '', 'base64url');
	if (!bytes(other).equals(bytes(token))) throw new Error('The bytes are not the same');
	return other;
}
