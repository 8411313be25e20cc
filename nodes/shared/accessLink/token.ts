import { createHmac, timingSafeEqual } from 'crypto';

import type { Keyring } from './keys';

/** The one version there is. It is signed along, and no token says how it is to be checked. */
const VERSION = '1';

/** Far more than a link with every option has, and few enough for an address that every mail program leaves whole. */
export const MAX_TOKEN_LENGTH = 2000;

/** 32 bytes in base64url. The last of the 43 holds four bits only, so it is never a “-” or a “_”. */
const TOKEN = new RegExp(`^(${VERSION}\\.[A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]{43})$`);

/** What was signed, and by which of the keys. */
export interface VerifiedToken {
	payload: unknown;
	key: Buffer;
}

/**
 * Signs a payload: `1.<payload>.<signature>`, the payload as JSON in base64url, the signature HMAC-SHA256 over
 * `1.<payload>`.
 *
 * @param key see `readKeyring`
 */
export function signToken(payload: object, key: Buffer): string {
	const signed = `${VERSION}.${encode(JSON.stringify(payload))}`;
	return `${signed}.${signatureOf(signed, key)}`;
}

/**
 * JSON in base64url without “-” and “_”. Those stand for six bits that begin with 11111, which ASCII has in four of its
 * characters only, and UTF-8 in many: where there is one, all such characters are written as JSON escapes.
 */
function encode(json: string): string {
	const encoded = Buffer.from(json, 'utf8').toString('base64url');
	if (!/[-_]/.test(encoded)) return encoded;
	const escaped = json.replace(/[>?~\u007f-\uffff]/g, (unit) => {
		return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
	});
	return Buffer.from(escaped, 'utf8').toString('base64url');
}

/**
 * Reads a token. Nothing of it is looked at before its signature is found right, in a time that does not depend on
 * how much of that is right.
 *
 * @param token whatever came with a request: a query can hold lists and objects, too
 * @returns undefined for everything that was not signed with one of the keys just as it is; never throws
 */
export function verifyToken(token: unknown, keyring: Keyring): VerifiedToken | undefined {
	if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return undefined;
	const [, signed, signature] = TOKEN.exec(token) ?? [];
	if (signed === undefined || signature === undefined) return undefined;
	const key = [keyring.current, keyring.previous].find(
		(each) => each !== undefined && isSame(signatureOf(signed, each), signature),
	);
	return key && { payload: parse(signed.slice(VERSION.length + 1)), key };
}

/** What a token says, whoever signed it: for what may be believed of anybody. */
export function unverifiedPayload(token: string): unknown {
	const [, signed = ''] = TOKEN.exec(token) ?? [];
	return parse(signed.slice(VERSION.length + 1));
}

function signatureOf(signed: string, key: Buffer): string {
	return createHmac('sha256', key).update(signed, 'ascii').digest('base64url');
}

/** Texts are compared and not what they stand for: base64url has several spellings of the same bytes. */
function isSame(one: string, other: string): boolean {
	return timingSafeEqual(Buffer.from(one, 'ascii'), Buffer.from(other, 'ascii'));
}

function parse(payload: string): unknown {
	try {
		return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
