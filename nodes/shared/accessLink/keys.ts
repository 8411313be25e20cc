import { hkdfSync } from 'crypto';

import { trimInvisible } from '../cpanel/input/characters';
import { asText } from '../cpanel/input/values';
import { badInput } from '../errors';

/** As long as the key that is made of it can be strong: 32 random letters and digits are worth 190 bits. */
export const MIN_SECRET_LENGTH = 32;

/** Keeps the key apart from any other that somebody may make of the same secret. */
const LABEL = 'cpanel-access-link/1';

const KEY_BYTES = 32;

/** What signs access links and checks them. */
export interface Keyring {
	/** Signs, and checks. */
	current: Buffer;
	/** Checks only: that of the secret before the last change. */
	previous?: Buffer;
}

/**
 * Makes the keys of the two secrets of the credential. What nobody sees around a secret is not part of it.
 *
 * @throws {CpanelError} of kind `input` for a secret that is no text or too short
 */
export function readKeyring(stored: { secret?: unknown; previousSecret?: unknown }): Keyring {
	const previous = readSecret(stored.previousSecret, 'Previous Secret');
	const current = readSecret(stored.secret, 'Secret');
	if (current === '') throw badInput('“Secret” is empty', HINT);
	return { current: deriveKey(current), ...(previous !== '' && { previous: deriveKey(previous) }) };
}

/**
 * HKDF with SHA-256, no salt and a fixed label (RFC 5869): 32 bytes.
 *
 * @param secret taken as UTF-8
 */
export function deriveKey(secret: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', LABEL, KEY_BYTES));
}

const HINT = `Enter at least ${MIN_SECRET_LENGTH} random characters in the access link credential, for example from a password manager.`;

function readSecret(value: unknown, field: string): string {
	const secret = trimInvisible(asText(value, field));
	if (secret !== '' && [...secret].length < MIN_SECRET_LENGTH) {
		throw badInput(`“${field}” has fewer than ${MIN_SECRET_LENGTH} characters`, HINT);
	}
	return secret;
}
