import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/**
 * How far a color may be from another one and still count as the same, from 0 to 1. Twice what pixelmatch
 * takes: two versions of a browser blend the edges of the same letter a little differently.
 */
const THRESHOLD = 0.2;

/**
 * So many pixels may differ. The smallest thing that a reader could miss, a comma in small print, is about
 * that large; two pictures of the same page do not differ in a single one on the same machine.
 */
const TOLERATED = 6;

/** What two pictures have in common. */
export interface Comparison {
	isSame: boolean;
	/** What is different, for people. */
	verdict: string;
	/** PNG: the places that differ, in red. Absent where the sizes differ. */
	picture?: Buffer;
}

/** Compares two pictures (PNG) by what people see of them; edges that were smoothed otherwise are no difference. */
export function compare(one: Buffer, other: Buffer): Comparison {
	const [first, second] = [PNG.sync.read(one), PNG.sync.read(other)];
	const { width, height } = first;
	if (width !== second.width || height !== second.height) {
		const sizes = `${width} × ${height} and ${second.width} × ${second.height} pixels`;
		return { isSame: false, verdict: `the sizes differ, ${sizes}` };
	}
	const difference = new PNG({ width, height });
	const pixels = pixelmatch(first.data, second.data, difference.data, width, height, {
		threshold: THRESHOLD,
	});
	return {
		isSame: pixels <= TOLERATED,
		verdict: `${pixels} pixels differ`,
		picture: PNG.sync.write(difference),
	};
}
