import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import type { Cpsrvd, JournalEntry } from '../../cpsrvd';

/** What a person would never look at, and a test must. */
export interface Noise {
	/** The texts of dialogs that opened. */
	dialogs: string[];
	/** Errors in the console, and those that no script caught. */
	errors: string[];
	/** The addresses of all requests, in order, without those for icons. */
	requests: string[];
}

/** A person who opens pages in a fresh browser profile. */
export interface Visit {
	readonly context: BrowserContext;
	readonly page: Page;
	readonly noise: Noise;
}

/** Begins a visit; the certificates of test servers are accepted. End it by closing its context. */
export async function beginVisit(
	browser: Browser,
	options: BrowserContextOptions = {},
): Promise<Visit> {
	const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
	const page = await context.newPage();
	return { context, page, noise: listen(page) };
}

function listen(page: Page): Noise {
	const noise: Noise = { dialogs: [], errors: [], requests: [] };
	page.on('dialog', (dialog) => {
		noise.dialogs.push(dialog.message());
		void dialog.dismiss();
	});
	page.on('console', (message) => {
		const text = message.text();
		// the status of an answer, such as the 401 of a login page, is no error of the page
		if (message.type() === 'error' && !text.startsWith('Failed to load')) noise.errors.push(text);
	});
	page.on('pageerror', (error) => noise.errors.push(error.message));
	page.on('request', (request) => noise.requests.push(request.url()));
	return noise;
}

/**
 * Waits for a page of Webmail.
 *
 * @returns the mailbox that it shows, or `login page` with what that says
 */
export async function arrival(page: Page): Promise<string> {
	await page.waitForSelector('#mailbox, #login_form');
	const [mailbox] = await page.locator('#mailbox').allTextContents();
	if (mailbox !== undefined) return mailbox;
	return `login page: ${await page.locator('#login-status-message').textContent()}`;
}

/** Presses Back. A page that the browser kept comes back without loading. */
export async function goBack(page: Page): Promise<void> {
	await page.goBack({ waitUntil: 'commit' });
}

/** The logins that a server received. */
export function logins(server: Cpsrvd): JournalEntry[] {
	return server.journal.entries.filter(({ path }) => /\/login\/?$/.test(path));
}
