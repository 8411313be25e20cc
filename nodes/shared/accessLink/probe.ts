import { randomBytes } from 'crypto';

import type { Keyring } from './keys';
import { verifyToken, signToken } from './token';

/** A question that only who holds the same secret can answer, for the test of a credential. It names no mailbox. */
export interface Probe {
	token: string;
	/** Whether a text is the answer to this question. */
	isAnsweredBy(text: string): boolean;
}

/** @param keyring of who asks */
export function newProbe(keyring: Keyring): Probe {
	const question = randomBytes(12).toString('hex');
	return {
		token: signToken({ p: question }, keyring.current),
		isAnsweredBy: (text) => fieldOf(verifyToken(text.trim(), keyring)?.payload, 'q') === question,
	};
}

/**
 * The answer to a probe, signed with the same key as the question.
 *
 * @param token whatever came with a request
 * @returns undefined for everything that is no probe; never throws
 */
export function answerProbe(token: unknown, keyring: Keyring): string | undefined {
	const verified = verifyToken(token, keyring);
	const question = fieldOf(verified?.payload, 'p');
	return verified !== undefined && typeof question === 'string'
		? signToken({ q: question }, verified.key)
		: undefined;
}

function fieldOf(payload: unknown, name: 'p' | 'q'): unknown {
	return typeof payload === 'object' && payload !== null && name in payload
		? (payload as Record<typeof name, unknown>)[name]
		: undefined;
}
