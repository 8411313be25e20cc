import type { Browser } from 'playwright-core';

import { builtInPage } from '../../unit/builtInPage';
import { parseHost } from '../../../nodes/shared/cpanel/input/host';
import { startCpsrvd } from '../../cpsrvd';
import type { Cpsrvd } from '../../cpsrvd';
import { launchChromium } from './chromium';
import { startPageServer } from './pageServer';
import type { PageServer } from './pageServer';
import { arrival, beginVisit, logins } from './visit';
import type { Visit } from './visit';

/** What might end an attribute, a script or a line, and what might be taken for code or an entity. */
const HOSTILE = {
	session: `a"b'c\`>&quot;&#39;</form></script><script>alert('session')</script>\n\r\n\r${'😀'}\u2028`,
	gotoUri: `/x"><img src=x onerror=alert('gotoUri')>?a=1&amp;b=%22&c=+#${'é'}`,
	locale: `'"><svg onload=alert('locale')><!--</title>`,
};

/** A form sends every end of a line as CR LF. That is the browser's doing, and the same for everybody. */
const asSent = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

describe('a login page with hostile values', () => {
	let cpsrvd: Cpsrvd;
	let pages: PageServer;
	let browser: Browser;
	let visit: Visit;

	beforeAll(async () => {
		cpsrvd = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
		pages = await startPageServer();
		browser = await launchChromium();
	});
	beforeEach(() => cpsrvd.reset());
	afterEach(async () => await visit.context.close());
	afterAll(async () => {
		await browser?.close();
		await pages?.stop();
		await cpsrvd?.stop();
	});

	it.each([
		['post', true],
		['post', false],
		['get', true],
		['get', false],
	] as const)(
		'by %s, with scripts: %s, runs none and sends them unchanged',
		async (method, scripts) => {
			const host = parseHost(`${cpsrvd.address}:${cpsrvd.webmailPort}`, 2096, 'Host');
			pages.html = builtInPage({ host, token: '/cpsess0123456789', ...HOSTILE }, method);
			visit = await beginVisit(browser, { javaScriptEnabled: scripts });
			await visit.page.goto(pages.url);
			if (!scripts) await visit.page.click('button');
			await arrival(visit.page);

			expect(visit.noise.dialogs).toEqual([]);
			expect(visit.noise.errors).toEqual([]);
			expect(visit.noise.requests).toHaveLength(2);
			const [login, ...others] = logins(cpsrvd);
			expect(others).toEqual([]);
			expect(login?.headers).not.toHaveProperty('referer');
			expect(method === 'post' ? login?.form : login?.query).toEqual({
				session: asSent(HOSTILE.session),
				goto_uri: HOSTILE.gotoUri,
				locale: HOSTILE.locale,
			});
		},
	);
});
