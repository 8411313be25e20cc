import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { startProxy, type Relay } from '../harness/network';
import { waitFor } from '../harness/wait';
import { runSteps, unchosen } from '../harness/steps';
import { startWorld, type World } from '../harness/world';
import { launchChromium } from './chromium';
import { clickTimePage } from './clickTimePage';
import { startPageServer, type PageServer } from './pageServer';
import { boxOf, savePicture } from './pictures';
import { arrival, beginVisit, goBack, logins, type Visit } from './visit';

const ANNA = 'anna@example.com';

const PHONE: BrowserContextOptions = {
	viewport: { width: 390, height: 844 },
	isMobile: true,
	hasTouch: true,
};

const WITHOUT_SCRIPTS: BrowserContextOptions = { javaScriptEnabled: false };

const METHODS = ['get', 'post'] as const;
type Method = (typeof METHODS)[number];

/* What people do with the links and pages of the operations that are for somebody who is looking. */
describe('a link that is clicked in Chromium', () => {
	let world: World;
	let proxy: Relay;
	let webmailer: PageServer;
	let browser: Browser;
	let visit: Visit;

	beforeAll(async () => {
		webmailer = await startPageServer();
		world = await startWorld();
		proxy = await startProxy(world.n8n.origin);
		browser = await launchChromium();
	});
	beforeEach(() => world.server.reset());
	afterEach(async () => await visit?.context.close());
	afterAll(async () => {
		await browser?.close();
		await proxy?.stop();
		await world?.stop();
		await webmailer?.stop();
	});

	/** Opens a page of a mail program, which is on another site, and clicks the link there. */
	async function click(link: string, options?: BrowserContextOptions): Promise<void> {
		visit = await beginVisit(browser, options);
		await clickIn(visit.page, link);
	}

	async function clickIn(page: Page, link: string): Promise<void> {
		webmailer.html = `<!doctype html><a href="${link}">Open my mailbox</a>`;
		await page.goto(webmailer.url);
		await page.click('a');
	}

	describe('that makes a session at click time', () => {
		const links = {} as Record<Method, string>;

		beforeAll(async () => {
			for (const method of METHODS) links[method] = await clickTimeLink(method);
		});

		/** Publishes a webhook that answers with the page of Create Page. */
		async function clickTimeLink(method: Method): Promise<string> {
			const path = `open-by-${method}`;
			const workflow = await world.n8n.importWorkflow(clickTimePage(path, method), {
				credentials: [world.cpanelApi],
			});
			await world.n8n.activate(workflow);
			return `http://127.0.0.1:${proxy.port}/webhook/${path}`;
		}

		/** As a proxy does that allows no scripts at all. */
		async function forbidScripts(page: Page): Promise<void> {
			await page.route(/\/webhook\//, async (route) => {
				const response = await route.fetch();
				const headers = response.headers();
				const policy = `${headers['content-security-policy']}, script-src 'none'`;
				await route.fulfill({
					response,
					headers: { ...headers, 'content-security-policy': policy },
				});
			});
		}

		it.each(METHODS)('opens the mailbox by %s, in the top window', async (method) => {
			visit = await beginVisit(browser);
			const answer = visit.page.waitForResponse(/\/webhook\//);
			await clickIn(visit.page, links[method]);
			expect(await arrival(visit.page)).toBe(ANNA);

			expect((await answer).headers()['content-security-policy']).toMatch(/^sandbox /);
			expect(visit.page.frames()).toHaveLength(1);
			expect(visit.page.url()).toMatch(`${world.server.webmailOrigin}/cpsess`);
			expect(visit.page.url()).not.toContain('session=');
			expect(logins(world.server)).toMatchObject([{ method: method.toUpperCase(), status: 307 }]);
			expect(visit.noise).toMatchObject({ dialogs: [], errors: [] });
			// the mail, the page, the login and the mailbox
			expect(visit.noise.requests).toHaveLength(4);
		});

		it.each(METHODS)('opens it by %s and the button, without scripts', async (method) => {
			await click(links[method], WITHOUT_SCRIPTS);
			await visit.page.waitForSelector('button');
			expect(logins(world.server)).toEqual([]);
			await visit.page.click('button');
			expect(await arrival(visit.page)).toBe(ANNA);
			expect(logins(world.server)).toHaveLength(1);
		});

		it.each(METHODS)(
			'opens it by %s and the button, where scripts are forbidden',
			async (method) => {
				visit = await beginVisit(browser);
				await forbidScripts(visit.page);
				await clickIn(visit.page, links[method]);
				await visit.page.waitForSelector('button');
				expect(visit.noise.errors).toEqual([expect.stringContaining("script-src 'none'")]);
				expect(logins(world.server)).toEqual([]);
				await visit.page.click('button');
				expect(await arrival(visit.page)).toBe(ANNA);
				expect(logins(world.server)).toHaveLength(1);
			},
		);

		it('shows a page that fits a phone, with a button for a thumb', async () => {
			await click(links.get, { ...PHONE, ...WITHOUT_SCRIPTS });
			const button = await visit.page.locator('button').boundingBox();
			expect(button?.height).toBeGreaterThanOrEqual(44);
			expect(await visit.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
			await savePicture(visit.page, 'login-page', async () => {
				const { y } = await boxOf(visit.page.locator('main'));
				return { x: 0, y: y - 60, width: 390, height: 260 };
			});
			await visit.page.tap('button');
			expect(await arrival(visit.page)).toBe(ANNA);
		});

		it.each(METHODS)('leaves no page behind by %s: Back leads to the mail', async (method) => {
			await click(links[method]);
			expect(await arrival(visit.page)).toBe(ANNA);
			await goBack(visit.page);
			expect(visit.page.url()).toBe(webmailer.url);
			expect(logins(world.server)).toHaveLength(1);
		});

		it.each(METHODS)('makes a new session by %s for Back and the button', async (method) => {
			await click(links[method], WITHOUT_SCRIPTS);
			await visit.page.click('button');
			expect(await arrival(visit.page)).toBe(ANNA);
			await goBack(visit.page);
			await visit.page.click('button');
			expect(await arrival(visit.page)).toBe(ANNA);
			expect(logins(world.server)).toMatchObject([{ status: 307 }, { status: 307 }]);
		});

		it.each(METHODS)('logs in once by %s, however eager the person is', async (method) => {
			await click(links[method], WITHOUT_SCRIPTS);
			const button = await visit.page.locator('button').boundingBox();
			await visit.context.close();

			const { server } = world;
			server.switches.when = ({ port }) => port === 'webmail';
			server.switches.delay = 1500;
			await click(links[method]);
			await waitFor('the login', 10_000, async () => logins(server).length > 0 || undefined);
			await visit.page.mouse.dblclick((button?.x ?? 0) + 20, (button?.y ?? 0) + 20);
			expect(await arrival(visit.page)).toBe(ANNA);
			expect(logins(server)).toHaveLength(1);
		});

		it.each(METHODS)(
			'passes a hostile session by %s on, and runs nothing of it',
			async (method) => {
				const user = `x"'><img src=x onerror=alert(1)></script><script>alert(2)</script>&quot;${'😀'}`;
				world.server.switches.sessionUser = user;
				await click(links[method]);
				expect(await arrival(visit.page)).toBe(ANNA);
				expect(visit.noise).toMatchObject({ dialogs: [], errors: [] });
				expect(visit.noise.requests).toHaveLength(4);
				const [login] = logins(world.server);
				const { session } = { ...login?.query, ...login?.form };
				expect(session?.slice(0, user.length)).toBe(user);
			},
		);
	});

	describe('that holds a session', () => {
		async function newLink(): Promise<string> {
			const execution = await runSteps(world, [
				{
					type: 'n8n-nodes-cpanel-session.cpanelSession',
					parameters: { login: { __rl: true, mode: 'name', value: ANNA } },
					credentials: unchosen,
				},
				{
					type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
					parameters: { operation: 'createLink' },
				},
			]);
			return execution.json('Node 2')[0]?.url as string;
		}

		it('opens the mailbox once, and shows the login page to whoever comes second', async () => {
			const link = await newLink();
			await click(link);
			expect(await arrival(visit.page)).toBe(ANNA);
			expect(visit.page.url()).not.toContain('session=');
			await goBack(visit.page);
			expect(visit.page.url()).toBe(webmailer.url);
			await visit.context.close();

			await click(link);
			expect(await arrival(visit.page)).toBe(
				'login page: Your session cookie is invalid. Please log in again.',
			);
		});

		it('opens the mailbox on a phone without scripts', async () => {
			await click(await newLink(), { ...PHONE, ...WITHOUT_SCRIPTS });
			expect(await arrival(visit.page)).toBe(ANNA);
		});
	});
});
