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
 * @throws {CpanelError} of kind `input` for a secret that is no text, too short, or easily guessed
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
	if (secret === '') return secret;
	if ([...secret].length < MIN_SECRET_LENGTH) {
		throw badInput(`“${field}” has fewer than ${MIN_SECRET_LENGTH} characters`, HINT);
	}
	const weakness = weaknessOf(secret);
	if (weakness !== undefined) throw badInput(`“${field}” ${weakness}`, HINT);
	return secret;
}

/** Of 32 random digits, fewer than one in a million has less; of random letters, none ever has. */
const MIN_DISTINCT = 6;

/** Of 32 random digits, one in a hundred thousand has more neighbors that follow each other; of hexadecimal ones, none. */
const MAX_SEQUENTIAL = 2 / 3;

/** Why somebody could guess a secret that is long enough, as the rest of a sentence; undefined where nobody could. */
function weaknessOf(secret: string): string | undefined {
	// n8n shows `__n8n_BLANK_VALUE_…` in place of a secret, and `__n8n_EMPTY_VALUE_…` in place of none
	if (/^_*n8n_/i.test(secret)) return 'holds what n8n shows in place of a secret';
	const characters = [...secret.toLowerCase()];
	if (new Set(characters).size < MIN_DISTINCT) {
		return `has fewer than ${MIN_DISTINCT} different characters`;
	}
	if (isRepetition(characters)) return 'repeats a shorter text';
	const steps = characters.slice(1).map((character, index) => {
		return (character.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0);
	});
	const sequential = steps.filter((step) => Math.abs(step) <= 1).length;
	return sequential > steps.length * MAX_SEQUENTIAL ? 'is a sequence of characters' : undefined;
}

/** Whether the text is the same one twice or more often, the last time perhaps cut short. */
function isRepetition(characters: string[]): boolean {
	const lengths = Array.from({ length: Math.floor(characters.length / 2) }, (_, at) => at + 1);
	return lengths.some((length) => {
		return characters.every((character, at) => character === characters[at % length]);
	});
}
