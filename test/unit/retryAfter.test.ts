import { parseRetryAfter } from '../../nodes/shared/http/readResponse';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

describe('Retry-After', () => {
	it.each([
		['0', 0],
		['30', 30_000],
		[' 5 ', 5_000],
		['Thu, 15 Jan 2026 12:00:20 GMT', 20_000],
		['Thu, 15 Jan 2026 11:59:00 GMT', 0],
		['Thursday, 15-Jan-26 12:01:00 GMT', 60_000],
	])('“%s” asks for %i milliseconds', (header, milliseconds) => {
		expect(parseRetryAfter(header, NOW)).toBe(milliseconds);
	});

	it.each([undefined, '', '-5', '1.5', '5s', 'soon', 'Thu, tomorrow GMT', '2026-01-15'])(
		'asks for nothing when it is %s',
		(header) => {
			expect(parseRetryAfter(header, NOW)).toBeUndefined();
		},
	);
});
