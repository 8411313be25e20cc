import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PNG } from 'pngjs';

import { compare } from '../e2e/browser/comparePictures';

const ROOT = join(__dirname, '..', '..');
const PICTURES = join(ROOT, 'docs', 'pictures');

type Paint = (x: number, y: number) => number;

/** A picture in grays, from 0 to 255. */
function picture(paint: Paint, { width = 60, height = 40 } = {}): Buffer {
	const png = new PNG({ width, height });
	for (let at = 0; at < width * height; at += 1) {
		const gray = paint(at % width, Math.floor(at / width));
		png.data.set([gray, gray, gray, 255], at * 4);
	}
	return PNG.sync.write(png);
}

/** The stroke of a letter, black on white, with edges that are smoothed so strongly. */
function stroke(edge: number): Paint {
	return (x) => (x > 20 && x < 24 ? 0 : x === 20 || x === 24 ? edge : 255);
}

/** A comma of four pixels by three beside that stroke. */
const withComma: Paint = (x, y) => (x >= 30 && x < 33 && y >= 20 && y < 24 ? 0 : stroke(120)(x, y));

test('two pictures of the same are the same, wherever edges were smoothed a little more', () => {
	expect(compare(picture(stroke(120)), picture(stroke(120)))).toMatchObject({
		isSame: true,
		verdict: '0 pixels differ',
	});
	expect(compare(picture(stroke(120)), picture(stroke(150)))).toMatchObject({ isSame: true });
});

test('a comma makes a difference, and is shown', () => {
	const { isSame, verdict, picture: shown } = compare(picture(stroke(120)), picture(withComma));
	expect(isSame).toBe(false);
	expect(verdict).toMatch(/^\d+ pixels differ$/);
	const red = PNG.sync.read(shown ?? Buffer.alloc(0));
	const at = (21 * red.width + 31) * 4;
	expect([...red.data.subarray(at, at + 3)]).toEqual([255, 0, 0]);
});

test('a picture of another size is another picture', () => {
	const larger = picture(stroke(120), { width: 60, height: 41 });
	expect(compare(picture(stroke(120)), larger)).toEqual({
		isSame: false,
		verdict: 'the sizes differ, 60 × 40 and 60 × 41 pixels',
	});
});

test('every picture of a page in the documents is one that the tests take, and is shown somewhere', () => {
	const taken = filesIn(join(ROOT, 'test', 'e2e'), '.ts').flatMap((text) =>
		[...text.matchAll(/savePicture\(\s*[\w.]+,\s*'([\w-]+)'/g)].map(([, name]) => `${name}.png`),
	);
	const kept = readdirSync(PICTURES).filter((name) => name.endsWith('.png'));
	expect(kept.sort()).toEqual(taken.sort());

	const documents = [
		readFileSync(join(ROOT, 'README.md'), 'utf8'),
		...filesIn(join(ROOT, 'docs'), '.md'),
	].join('\n');
	for (const name of kept) expect(documents).toContain(`pictures/${name}`);
});

/** The texts of the files in a folder and in those below it. */
function filesIn(folder: string, ending: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
