import type { Browser } from 'playwright-core';

import { parseHost } from '../../../nodes/shared/cpanel/input/host';
import { loginLink } from '../../../nodes/shared/cpanel/login/login';
import { SEED, startCpsrvd } from '../../cpsrvd';
import type { Cpsrvd } from '../../cpsrvd';
import { BROWSER_TROUBLES } from '../troubleshooting/inBrowser';
import { launchChromium } from './chromium';
import { arrival, beginVisit } from './visit';

describe('a login link, opened in Chromium', () => {
	let cpsrvd: Cpsrvd;
	let browser: Browser;

	beforeAll(async () => {
		cpsrvd = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
		browser = await launchChromium();
	});
	beforeEach(() => cpsrvd.reset());
	afterAll(async () => {
		await browser?.close();
		await cpsrvd?.stop();
	});

	/** Opens a link to Anna's mailbox, and returns what it leads to. */
	async function opened(arrange: (typeof BROWSER_TROUBLES)[number]['arrange']): Promise<string> {
		const made = cpsrvd.state.sessions.create({
			service: 'webmail',
			account: SEED.alice.user,
			mailbox: 'anna@example.com',
			opened: 'api',
			address: '127.0.0.1',
			locale: 'en',
		});
		arrange(cpsrvd, made);
		const host = parseHost(`${cpsrvd.address}:${cpsrvd.webmailPort}`, 2096, 'Host');
		const visit = await beginVisit(browser);
		try {
			await visit.page.goto(loginLink({ host, token: made.token, session: made.value }));
			return await arrival(visit.page);
		} finally {
			await visit.context.close();
		}
	}

	it('leads to the mailbox where nothing is in its way', async () => {
		expect(await opened(() => {})).toBe('anna@example.com');
	});

	it.each(BROWSER_TROUBLES)('shows “$shown”', async ({ shown, arrange }) => {
		expect(await opened(arrange)).toBe(`login page: ${shown}`);
	});
});
