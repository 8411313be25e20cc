import { resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const FOLDER = resolve(__dirname, '../../../docs/pictures');

/** A part of the window, in its pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Takes a picture for the README. Only where `E2E_PICTURES` is 1: other runs leave the repository as
 * it is.
 *
 * @param part finds out which part of the window is wanted
 */
export async function savePicture(
	page: Page,
	name: string,
	part: () => Promise<Box>,
): Promise<void> {
	if (process.env['E2E_PICTURES'] !== '1') return;
	const path = `${FOLDER}/${name}.png`;
	await page.screenshot({ path, clip: await part(), animations: 'disabled' });
}

/** Where an element is. */
export async function boxOf(element: Locator): Promise<Box> {
	const box = await element.boundingBox();
	if (!box) throw new Error('There is nothing to be seen of it.');
	return box;
}
