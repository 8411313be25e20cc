import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { waitFor } from '../harness/wait';
import { compare, type Comparison } from './comparePictures';

const FOLDER = resolve(__dirname, '../../../docs/pictures');
/** Where a picture is put that is not as it should be. */
const FOUND = join(tmpdir(), 'n8n-nodes-cpanel-session-pictures');

/** How long a page may take until nothing moves any more, in milliseconds. */
const PATIENCE = 60_000;

/** A part of the window, in its pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Takes a picture of a page, and compares it with the one of that name in `docs/pictures`: a reader is to see
 * what there is. Where `E2E_PICTURES` is 1 the new picture takes the place of one that it differs from.
 *
 * @param part finds out which part of the window is wanted
 * @throws where the picture in `docs/pictures` shows something else, with the place of the new one
 */
export async function savePicture(
	page: Page,
	name: string,
	part: () => Promise<Box>,
): Promise<void> {
	const file = join(FOLDER, `${name}.png`);
	const kept = existsSync(file) ? await readFile(file) : undefined;
	const take = async (): Promise<Buffer> =>
		await page.screenshot({ clip: rounded(await part()), animations: 'disabled' });

	// what a node shows where the mouse happens to be is not what it is about
	await page.mouse.move(0, 0);
	let taken = await take();
	let comparison: Comparison | undefined;
	try {
		// a page that has just been loaded may still be on its way to what it will look like
		await waitFor(`the picture ${name}`, PATIENCE, async () => {
			taken = await take();
			comparison = kept && compare(kept, taken);
			return comparison?.isSame || undefined;
		});
		return;
	} catch {
		// it stays different
	}
	if (process.env['E2E_PICTURES'] === '1') {
		await writeFile(file, taken);
		return;
	}
	await mkdir(FOUND, { recursive: true });
	const found = join(FOUND, `${name}.png`);
	await writeFile(found, taken);
	if (comparison?.picture) await writeFile(join(FOUND, `${name}.diff.png`), comparison.picture);
	throw new Error(
		`docs/pictures/${name}.png is not what there is to see: ${comparison?.verdict ?? 'there is none'}. ` +
			`See ${found}; with E2E_PICTURES=1 in the environment the tests put the new one in its place.`,
	);
}

/** Where an element is. */
export async function boxOf(element: Locator): Promise<Box> {
	const box = await element.boundingBox();
	if (!box) throw new Error('There is nothing to be seen of it.');
	return box;
}

/** A part that begins and ends between two pixels has a size that depends on who rounds it. */
function rounded({ x, y, width, height }: Box): Box {
	const [left, top] = [Math.round(x), Math.round(y)];
	return {
		x: left,
		y: top,
		width: Math.round(x + width) - left,
		height: Math.round(y + height) - top,
	};
}
