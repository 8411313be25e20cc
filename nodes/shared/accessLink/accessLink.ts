import { randomInt } from 'crypto';

import { cleanPasted } from '../cpanel/input/characters';
import { parseGotoUri } from '../cpanel/input/gotoUri';
import { normalizeLocale } from '../cpanel/input/locale';
import { resolveMailbox } from '../cpanel/input/mailbox';
import { linkTarget, parseUrl } from '../cpanel/input/host';
import { badInput } from '../errors';
import type { Keyring } from './keys';
import { TOKEN_FIELD } from './linkAddress';
import { signToken, unverifiedPayload, verifyToken } from './token';

/** What an access link says. It contains no session: whoever checks it makes one. */
export interface AccessLink {
	/** Full address, as `Mailbox.email` has it. */
	mailbox: string;
	/** Twelve letters and digits from `newLinkId`, by which the link can be named without being shown. */
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

/** A token of letters, digits and its two dots: Markdown, shells, HTML and whatever wraps lines do nothing to it. */
const PLAIN = /^[A-Za-z0-9.]+$/;

/**
 * Makes a new link. Its id is drawn until the signature has no sign that messengers read as Markdown or break lines at;
 * each draw comes out so with a probability of (62/64)^42, about one in four.
 *
 * @param key see `readKeyring`
 */
export function newAccessLink(
	link: Omit<AccessLink, 'id'>,
	key: Buffer,
): { id: string; token: string } {
	for (;;) {
		const id = newLinkId();
		const token = signAccessLink({ ...link, id }, key);
		if (PLAIN.test(token)) return { id, token };
	}
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
 * Reads the token of an access link; whether that has expired is for the caller to say. The format is published, so
 * others sign as well: its fields are read by the parsers of the form.
 *
 * @param token whatever came with a request
 * @returns undefined for everything else; never throws
 */
export function verifyAccessLink(token: unknown, keyring: Keyring): AccessLink | undefined {
	return readPayload(verifyToken(token, keyring)?.payload);
}

/**
 * The id in an access link, whoever signed it: to refuse a link it need not be a good one.
 *
 * @param text as people paste a link
 * @returns undefined for what is no access link
 */
export function linkIdIn(text: string): string | undefined {
	const url = parseUrl(linkTarget(cleanPasted(text)));
	const token = /^https?:$/.test(url?.protocol ?? '') ? url?.searchParams.get(TOKEN_FIELD) : null;
	return readPayload(unverifiedPayload(token ?? ''))?.id;
}

/** Those of `newLinkId`, and what others are likely to make: nothing that a list would take apart. */
const ID = /^[\w-]{1,64}$/;

function readPayload(payload: unknown): AccessLink | undefined {
	if (!Array.isArray(payload) || payload.length > MAX_FIELDS) return undefined;
	const [mailbox, id, issuedAt, expiresAt, ...options] = payload as unknown[];
	const [reference, locale, gotoUri] = options.map((option) => option ?? '');
	if (!isText(mailbox) || !isText(id) || !ID.test(id)) return undefined;
	if (!isTime(issuedAt) || !isTime(expiresAt)) return undefined;
	if (![reference, locale, gotoUri].every((text) => text === undefined || isString(text))) {
		return undefined;
	}
	try {
		const read = {
			reference: parseReference((reference as string | undefined) ?? ''),
			locale: normalizeLocale((locale as string | undefined) ?? ''),
			gotoUri: parseGotoUri((gotoUri as string | undefined) ?? ''),
		};
		return {
			mailbox: parseFullAddress(mailbox),
			id,
			issuedAt,
			expiresAt,
			...(read.reference !== '' && { reference: read.reference }),
			...(read.locale !== undefined && { locale: read.locale }),
			...(read.gotoUri !== undefined && { gotoUri: read.gotoUri }),
		};
	} catch {
		return undefined;
	}
}

/** A list with more of them is of another version. */
const MAX_FIELDS = 7;

/**
 * Reads the mailbox of an access link. The link is all there is to tell which, so the domain is part of it.
 *
 * @returns as `Mailbox.email` has it
 * @throws {CpanelError} of kind `input`
 */
export function parseFullAddress(text: string): string {
	if (text.trim() !== '' && !/@|%40/.test(text)) {
		throw badInput(
			'“Mailbox” is not a full address',
			'Enter it with its domain, as in anna@example.com.',
		);
	}
	return resolveMailbox('', text).email;
}

/** Room for the number of an employee or an order, and short enough for a link that mail programs leave whole. */
const MAX_REFERENCE_LENGTH = 64;

/**
 * Reads what the maker of a link wants back with the click.
 *
 * @throws {CpanelError} of kind `input`
 */
export function parseReference(text: string): string {
	const reference = text.trim();
	if ([...reference].length <= MAX_REFERENCE_LENGTH && !/\p{Cc}/u.test(reference)) return reference;
	throw badInput(
		`“Reference” is longer than ${MAX_REFERENCE_LENGTH} characters, or has several lines`,
		'Enter a short text on one line, such as an employee number.',
	);
}

function isString(value: unknown): value is string {
	return typeof value === 'string';
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** A moment that a date can hold, in seconds. */
function isTime(value: unknown): value is number {
	return Number.isInteger(value) && !Number.isNaN(new Date((value as number) * 1000).getTime());
}
