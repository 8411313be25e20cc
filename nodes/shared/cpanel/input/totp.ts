import { createHmac } from 'crypto';

import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { findDisallowed, cleanPasted } from './characters';
import { parseUrl } from './host';

/** What authenticator apps and cPanel agree on: SHA-1, a new code of six digits every 30 seconds. */
const STEP_MILLISECONDS = 30_000;
const DIGITS = 6;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Reads a two-factor secret as authenticator apps show it: base32 (RFC 4648), in either case, with or without
 * spaces, hyphens and padding; or the whole address behind the QR code (`otpauth://totp/…?secret=…`).
 *
 * @returns the bytes of the secret; undefined for an empty text: the account has no second factor
 * @throws {CpanelError} of kind `input` for anything that is no base32, and for codes that cPanel does not know
 */
export function parseTotpSecret(text: string): Buffer | undefined {
	const bare = cleanPasted(text);
	const compact = secretIn(bare).replace(/[\s\p{Dash_Punctuation}]/gu, '');
	if (compact === '' && bare === '') return undefined;
	const digits = compact.replace(/=+$/, '').toUpperCase();
	const bytes = /^[A-Z2-7]+$/.test(digits) ? decodeBase32(digits) : undefined;
	if (bytes === undefined) throw noSecret(reason(digits));
	return bytes;
}

/** The secret of an address behind a QR code; another text is returned as it is. */
function secretIn(text: string): string {
	if (!/^otpauth/i.test(text)) return text;
	const url = parseUrl(text);
	if (url?.protocol !== 'otpauth:') {
		throw noSecret('It is the export of an app, or it is incomplete. ');
	}
	const asked = (name: string, usual: string): boolean =>
		(url.searchParams.get(name) ?? usual).toUpperCase() === usual;
	const isUsual =
		url.host.toLowerCase() === 'totp' &&
		asked('algorithm', 'SHA1') &&
		asked('digits', String(DIGITS)) &&
		asked('period', String(STEP_MILLISECONDS / 1000));
	if (!isUsual) {
		throw badInput(
			'“Two-Factor Secret” is for a different kind of code than cPanel’s',
			'cPanel’s codes have six digits, use SHA-1 and change every 30 seconds. Enter the key that cPanel shows next to the QR code.',
		);
	}
	return url.searchParams.get('secret') ?? '';
}

/** What is wrong with this one, as a sentence. A digit of the secret is not named. */
function reason(digits: string): string {
	if (/^\d{6,8}$/.test(digits)) return 'It is a code, which works for 30 seconds only. ';
	const odd = findDisallowed(digits, /[\x21-\x7e]/);
	if (odd !== undefined) return `It contains ${odd}. `;
	return /[^A-Z2-7]/.test(digits)
		? 'It contains a character that no such key has. '
		: 'It is incomplete. ';
}

function noSecret(why: string): CpanelError {
	return badInput(
		'“Two-Factor Secret” is not the secret of an authenticator app',
		`${why}Enter the key that cPanel shows next to the QR code: letters from A to Z and digits from 2 to 7. The app generates its six digits from it.`,
	);
}

/**
 * The code that an authenticator app shows at a time (TOTP, RFC 6238).
 *
 * @param now milliseconds since 1970
 */
export function totpCode(secret: Buffer, now: number): string {
	return hotpCode(secret, Math.floor(now / STEP_MILLISECONDS));
}

/** The code for a value of a counter (HOTP, RFC 4226). */
export function hotpCode(secret: Buffer, counter: number, digits = DIGITS): string {
	const message = Buffer.alloc(8);
	message.writeBigUInt64BE(BigInt(counter));
	const digest = createHmac('sha1', secret).update(message).digest();
	const offset = digest.readUInt8(digest.length - 1) & 0xf;
	const number = digest.readUInt32BE(offset) & 0x7fffffff;
	return String(number % 10 ** digits).padStart(digits, '0');
}

/** @returns undefined where the number of digits leaves no whole byte */
function decodeBase32(digits: string): Buffer | undefined {
	const bits = [...digits].map((digit) => BASE32.indexOf(digit).toString(2).padStart(5, '0'));
	const bytes = bits.join('').match(/.{8}/g) ?? [];
	// of eight digits, 1, 3 and 6 are never used
	if ([1, 3, 6].includes(digits.length % 8)) return undefined;
	return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}
