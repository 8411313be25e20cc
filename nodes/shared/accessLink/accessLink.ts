import { randomInt } from 'crypto';

import type { Keyring } from './keys';
import { verifyToken, signToken } from './token';

/** What an access link says. It contains no session: whoever checks it makes one. */
export interface AccessLink {
	/** Full address, as `Mailbox.email` has it. */
	mailbox: string;
	/** Twelve letters and digits, by which the link can be named without being shown. */
	id: string;
	/** Seconds since 1970. */
	issuedAt: number;
	/** Seconds since 1970; from this moment on the link is good no more. */
	expiresAt: number;
	/** What its maker wants back with the click. */
	reference?: string;
	/** In cPanel's form, `pt_br`. */
	locale?: string;
	/** Page of Webmail that opens after the login. */
	gotoUri?: string;
}

/** Letters and digits that nobody takes for each other, in either case: no 0, 1, i, l or o. */
const CODE_CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Random letters and digits, for a code that people type off or read out. */
export function randomCode(length: number): string {
	return Array.from({ length }, () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)]).join('');
}

/** Just below sixty bits: among a million links, two are alike once in a million and a half times. */
const ID_LENGTH = 12;

/** A random id for a new link. */
export function newLinkId(): string {
	return randomCode(ID_LENGTH);
}

/**
 * The token of an access link. Its payload is a list, which is the shortest: people see the whole of it in a mail.
 *
 * @example
 * signAccessLink({ mailbox: 'anna@example.com', id: 'k7m4qx2p9wha', issuedAt: 1767225600, expiresAt: 1767484800 }, key);
 * // 1.WyJhbm5hQGV4YW1wbGUuY29tIiwi…
 *
 * @param key see `readKeyring`
 */
export function signAccessLink(link: AccessLink, key: Buffer): string {
	const { mailbox, id, issuedAt, expiresAt, reference, locale, gotoUri } = link;
	const options = [reference ?? '', locale ?? '', gotoUri ?? ''];
	while (options.at(-1) === '') options.pop();
	return signToken([mailbox, id, issuedAt, expiresAt, ...options], key);
}

/**
 * Reads the token of an access link; whether that has expired is for the caller to say.
 *
 * @param token whatever came with a request
 * @returns undefined for everything else; never throws
 */
export function verifyAccessLink(token: unknown, keyring: Keyring): AccessLink | undefined {
	const payload = verifyToken(token, keyring)?.payload;
	if (!Array.isArray(payload)) return undefined;
	const [mailbox, id, issuedAt, expiresAt, reference, locale, gotoUri] = payload as unknown[];
	if (!isText(mailbox) || !isText(id) || !isTime(issuedAt) || !isTime(expiresAt)) return undefined;
	return {
		mailbox,
		id,
		issuedAt,
		expiresAt,
		...(isText(reference) && { reference }),
		...(isText(locale) && { locale }),
		...(isText(gotoUri) && { gotoUri }),
	};
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** A moment that a date can hold, in seconds. */
function isTime(value: unknown): value is number {
	return Number.isInteger(value) && !Number.isNaN(new Date((value as number) * 1000).getTime());
}
