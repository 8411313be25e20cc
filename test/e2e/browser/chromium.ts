import { join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { prepared } from '../harness/prepared';

/** What keeps Chromium from talking to anybody but the pages under test. */
const QUIET = [
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-quic',
	'--disable-gpu',
];

/**
 * Starts the Chromium of this run, with a profile of its own that ends with it, and with the fonts of this
 * project.
 */
export async function launchChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: prepared().chromium,
		// Chromium refuses its own sandbox to root, as whom containers often run
		chromiumSandbox: process.getuid?.() !== 0,
		args: QUIET,
		env: { ...process.env, FONTCONFIG_FILE: join(__dirname, 'fonts.conf') },
		// people have it, and it decides what they see when they press Back
		ignoreDefaultArgs: ['--disable-back-forward-cache'],
	});
}
