import { OpeningCounter } from '../../../nodes/shared/accessLink/OpeningCounter';

const MINUTE = 60_000;

describe('the counter of openings', () => {
	let now: number;
	let counter: OpeningCounter;

	beforeEach(() => {
		now = 0;
		counter = new OpeningCounter(() => now, 100);
	});

	it('lets a link be opened so many times in ten minutes, and says how long to wait then', () => {
		expect([1, 2, 3].map(() => counter.open('link', 3))).toEqual([0, 0, 0]);
		now = 4 * MINUTE;
		expect(counter.open('link', 3)).toBe(6 * MINUTE);
		now = 10 * MINUTE - 1;
		expect(counter.open('link', 3)).toBe(1);
		now = 10 * MINUTE;
		expect(counter.open('link', 3)).toBe(0);
	});

	it('forgets openings that are longer ago', () => {
		for (const minute of [0, 11, 12, 25]) {
			now = minute * MINUTE;
			expect(counter.open('link', 2)).toBe(0);
		}
		now = 26 * MINUTE;
		expect(counter.open('link', 1)).toBe(9 * MINUTE);
	});

	it('has a clock of its own that goes on', () => {
		const own = new OpeningCounter();
		expect(own.open('link', 1)).toBe(0);
		const wait = own.open('link', 1);
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(10 * MINUTE);
	});

	it('does not count what it did not let through', () => {
		counter.open('link', 1);
		for (now = 1; now < 10 * MINUTE; now += MINUTE) counter.open('link', 1);
		now = 10 * MINUTE;
		expect(counter.open('link', 1)).toBe(0);
	});

	it('counts each link for itself', () => {
		expect(counter.open('one', 1)).toBe(0);
		expect(counter.open('other', 1)).toBe(0);
		expect(counter.open('one', 1)).toBeGreaterThan(0);
	});

	it('goes by the limit of now', () => {
		for (let i = 0; i < 5; i += 1) counter.open('link', 10);
		expect(counter.open('link', 2)).toBeGreaterThan(0);
		expect(counter.open('link', 6)).toBe(0);
	});

	it('forgets the links that were quiet longest, beyond its bounds', () => {
		counter.open('busy', 2);
		for (let i = 0; i < 99; i += 1) counter.open(`link ${i}`, 1);
		counter.open('busy', 2);
		counter.open('one more', 1);
		expect(counter.open('link 0', 1)).toBe(0);
		expect(counter.open('busy', 2)).toBeGreaterThan(0);
	});
});
