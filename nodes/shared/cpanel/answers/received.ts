import { isRecord } from './json';

/** Names under which cPanel gives out what opens something. */
const SECRET_FIELDS = /session|token|cookie|passw|secret|url/i;

/** An answer that makes something has a handful of fields. */
const MOST_FIELDS = 50;

/**
 * What came in an answer and is as secret as what was sent: a session that was just made, and its token. A server may
 * repeat it in its own words beside it.
 */
export function receivedSecrets(data: unknown): string[] {
	if (!isRecord(data)) return [];
	return Object.entries(data)
		.slice(0, MOST_FIELDS)
		.flatMap(([name, value]) =>
			typeof value === 'string' && SECRET_FIELDS.test(name) ? partsOf(value) : [],
		);
}

/** A session is `user:secret:TAG,secret`: its parts are worth as much as the whole (protocol.md, 2). */
function partsOf(value: string): string[] {
	const parts = value.split(/[:,/?&=]/).filter((part) => part.length >= 12);
	return [value, ...parts];
}
