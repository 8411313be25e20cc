/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date.
 *
 * @param now milliseconds since the epoch, to measure a date against
 * @returns milliseconds, 0 for a date that has passed; undefined for anything else
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	// `Date` would read far more than an HTTP date, and much of it in the time zone of n8n
	const date = /^[a-z]+, .+ GMT$/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
