import { createHmac } from 'crypto';

import { badInput } from '../../errors';

/** What authenticator apps and cPanel agree on: SHA-1, a new code of six digits every 30 seconds. */
const STEP_MILLISECONDS = 30_000;
const DIGITS = 6;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Reads a two-factor secret as authenticator apps show it: base32 (RFC 4648), in either case, with or without
 * spaces, hyphens and padding.
 *
 * @returns the bytes of the secret; undefined for an empty text: the account has no second factor
 * @throws {CpanelError} of kind `input` for anything that is no base32
 */
export function parseTotpSecret(text: string): Buffer | undefined {
	const compact = text.replace(/[\s-]/g, '');
	if (compact === '') return undefined;
	const digits = compact.replace(/=+$/, '').toUpperCase();
	const bytes = /^[A-Z2-7]+$/.test(digits) ? decodeBase32(digits) : undefined;
	if (bytes === undefined) {
		throw badInput(
			'“Two-Factor Secret” is not the secret of an authenticator app',
			'Enter the key that cPanel shows beside the QR code: letters from A to Z and digits from 2 to 7. The six digits of the app are made from it.',
		);
	}
	return bytes;
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
