import { readFileSync } from 'node:fs';

import type { AxeResults } from 'axe-core';
import type { INodeParameters } from 'n8n-workflow';
import type { Browser, BrowserContextOptions } from 'playwright-core';

import { TEXTS } from '../../../nodes/CpanelWebmailLogin/page/texts';
import type { LanguageCode } from '../../../nodes/CpanelWebmailLogin/page/texts';
import { signAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../../nodes/shared/accessLink/keys';
import { startLinkWorld, type LinkWorld } from '../harness/linkWorld';
import { triggerNode } from '../harness/accessLinks';
import { linkIn } from '../harness/mailServer';
import type { Workflow } from '../harness/n8n';
import { exampleWorkflow } from '../harness/workflowFile';
import { launchChromium } from './chromium';
import { startPageServer, type PageServer } from './pageServer';
import { arrival, beginVisit, goBack, logins, type Visit } from './visit';

const ANNA = 'anna@example.com';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Every rule of WCAG 2.2 up to AA that axe knows, and its own recommendations. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WITHOUT_SCRIPTS: BrowserContextOptions = { javaScriptEnabled: false };
const SMALL: BrowserContextOptions = { viewport: { width: 320, height: 640 } };
const LANGUAGES = Object.keys(TEXTS) as LanguageCode[];

/* Sealed in place of mailed, where a test needs a link that nobody would mail. */
const SECRET = 'the secret of links for the browser, long enough';
const SECONDS = { issuedAt: 1_760_000_000, expiresAt: 4_000_000_000 };

describe('an access link, opened in Chromium', () => {
	let world: LinkWorld;
	let webmailer: PageServer;
	let browser: Browser;
	let visit: Visit;
	/** From the mail to Anna. */
	let link: string;
	let origins = 0;

	const example = exampleWorkflow('send-a-webmail-link.json');

	beforeAll(async () => {
		webmailer = await startPageServer();
		world = await startLinkWorld();
		browser = await launchChromium();
		const workflow = await world.publish(example, [world.cpanelApi], fromHere());
		const [toAnna] = await world.send(workflow);
		link = linkIn(toAnna);
	});
	beforeEach(() => world.server.reset());
	afterEach(async () => await visit?.context.close());
	afterAll(async () => {
		await browser?.close();
		await world?.stop();
		await webmailer?.stop();
	});

	/** The browser is on this machine, and comes from its first address. */
	function fromHere(parameters: INodeParameters = {}): Record<string, INodeParameters> {
		return { [triggerNode(example).name]: parameters };
	}

	/** Clicks the link in a page of a mail program, which is on another site. */
	async function click(href: string, options?: BrowserContextOptions): Promise<void> {
		visit = await beginVisit(browser, options);
		webmailer.html = `<!doctype html><a href="${href}">Open my mailbox</a>`;
		await visit.page.goto(webmailer.url);
		await visit.page.click('a');
		await visit.page.waitForSelector('main');
	}

	/** Publishes another trigger. @returns makes its links */
	async function publish(parameters: INodeParameters): Promise<(changes?: object) => string> {
		const path = `browser-${(origins += 1)}`;
		const links = await world.n8n.createCredential('cpanelAccessLinkApi', path, {
			address: `${world.proxyOrigin}/webhook/${path}`,
			secret: SECRET,
		});
		const { name } = triggerNode(example);
		const workflow: Workflow = await world.n8n.importWorkflow(example, {
			credentials: [links, world.cpanelApi, world.smtp],
			parameters: {
				[name]: {
					path,
					visitorAddress: 'header',
					visitorAddressHeader: 'X-Forwarded-For',
					...parameters,
				},
			},
		});
		await world.n8n.activate(workflow);
		return (changes = {}) => {
			const content = { mailbox: ANNA, id: `browserlink${origins}`, ...SECONDS, ...changes };
			const token = signAccessLink(content, readKeyring({ secret: SECRET }).current);
			return `${world.proxyOrigin}/webhook/${path}?t=${token}`;
		};
	}

	/** What axe finds wrong with the page, by its rules. */
	async function findings(): Promise<string[]> {
		await visit.page.evaluate(AXE);
		const { violations } = await visit.page.evaluate<AxeResults>(
			`axe.run({ runOnly: ${JSON.stringify(RULES)} })`,
		);
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
	}

	it.each([
		['with scripts', {}],
		['without scripts', WITHOUT_SCRIPTS],
	] as const)(
		'opens the mailbox by its button, %s, and as often as one likes',
		async (_, options) => {
			await click(link, options);
			expect(logins(world.server)).toEqual([]);
			expect(world.server.journal.entries).toEqual([]);
			for (let times = 1; times <= 2; times += 1) {
				await visit.page.click('button');
				expect(await arrival(visit.page)).toBe(ANNA);
				expect(visit.page.url()).not.toContain('session=');
				expect(logins(world.server)).toHaveLength(times);
				await goBack(visit.page);
				await visit.page.waitForSelector('button');
			}
			expect(visit.noise).toMatchObject({ dialogs: [], errors: [] });
		},
	);

	it('runs nothing and loads nothing', async () => {
		await click(link);
		await visit.page.waitForLoadState('networkidle');
		expect(await visit.page.locator('script').count()).toBe(0);
		expect(visit.noise.requests).toEqual([webmailer.url, link]);
		expect(visit.noise.errors).toEqual([]);
	});

	it('works with the keyboard alone, and shows where one is', async () => {
		await click(link);
		await visit.page.keyboard.press('Tab');
		const style = await visit.page.evaluate<{ tag: string; outline: string; width: string }>(
			`(({ tagName: tag }, { outlineStyle: outline, outlineWidth: width }) => ({ tag, outline, width }))(
				document.activeElement, getComputedStyle(document.activeElement))`,
		);
		expect(style).toEqual({ tag: 'BUTTON', outline: 'solid', width: '3px' });
		await visit.page.keyboard.press('Enter');
		expect(await arrival(visit.page)).toBe(ANNA);
	});

	it('hands over by a page, too, which needs no second click but without scripts', async () => {
		const linkOf = await publish({ handOver: 'page' });
		world.server.switches.loginStatus = 302;
		await click(linkOf());
		await visit.page.click('button');
		expect(await arrival(visit.page)).toBe(ANNA);
		await visit.context.close();

		await click(linkOf(), WITHOUT_SCRIPTS);
		await visit.page.click('button');
		await visit.page.locator('form[action*="/login"] button').click();
		expect(await arrival(visit.page)).toBe(ANNA);
		expect(logins(world.server).map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('opens nothing where another site presses the button', async () => {
		visit = await beginVisit(browser);
		const token = new URL(link).searchParams.get('t');
		webmailer.html = `<!doctype html><form method="post" action="${link.split('?')[0]}">
			<input type="hidden" name="t" value="${token}"><button>Win a prize</button></form>`;
		await visit.page.goto(webmailer.url);
		await visit.page.click('button');
		await visit.page.getByText(ANNA).waitFor();
		expect(world.server.journal.entries).toEqual([]);
		// and whoever sees whose mailbox it is may still want it
		await visit.page.click('button');
		expect(await arrival(visit.page)).toBe(ANNA);
	});

	describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
		it('has nothing that axe finds wrong, on any of its pages', async () => {
			const linkOf = await publish({
				refused: 'ben@example.com',
				page: { logoUrl: `${webmailer.url}logo.png` },
				options: { mostOpenings: 1 },
			});
			const pages: Array<[string, string]> = [
				['button', linkOf()],
				['expired', linkOf({ expiresAt: SECONDS.issuedAt + 1 })],
				['invalid', `${linkOf()}x`],
				['withdrawn', linkOf({ mailbox: 'ben@example.com' })],
			];
			for (const [name, href] of pages) {
				await click(href, { ...SMALL, colorScheme });
				expect([name, await findings()]).toEqual([name, []]);
				await visit.context.close();
			}
			world.server.switches.executeStatus = 500;
			for (const name of ['unavailable', 'tooMany']) {
				await click(linkOf(), { ...SMALL, colorScheme });
				await visit.page.click('button');
				await visit.page.waitForSelector('main:not(:has(button))');
				expect([name, await findings()]).toEqual([name, []]);
				await visit.context.close();
			}
		});
	});

	it.each(['#ffff00', '#808080', '#000000', '#ffffff', '#ff0000'])(
		'can be read with a button of %s',
		async (accentColor) => {
			const linkOf = await publish({ page: { accentColor } });
			await click(linkOf());
			expect(await findings()).toEqual([]);
		},
	);

	it.each(LANGUAGES)('speaks %s on 320 pixels, with nothing cut off', async (code) => {
		const linkOf = await publish({});
		await click(linkOf({ locale: code }), { ...SMALL, colorScheme: 'dark' });
		const { page } = visit;
		expect(await page.locator('h1').textContent()).toBe(TEXTS[code].title);
		expect(await page.getAttribute('html', 'lang')).toBe(code);
		expect(await page.getAttribute('html', 'dir')).toBe(code === 'ar' ? 'rtl' : 'ltr');
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
		const button = await page.locator('button').boundingBox();
		expect(button?.height).toBeGreaterThanOrEqual(44);
		expect(button?.x).toBeGreaterThanOrEqual(0);
		expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual(320);
		expect(await page.locator('.note').textContent()).toMatch(/[\d٠-٩]{4}/);
		expect(await findings()).toEqual([]);
	});

	it('shows the logo, from its own server alone', async () => {
		const linkOf = await publish({ page: { logoUrl: `${webmailer.url}logo.svg` } });
		await click(linkOf());
		await visit.page.waitForLoadState('networkidle');
		expect(visit.noise.requests).toContain(`${webmailer.url}logo.svg`);
		expect(visit.noise.errors).toEqual([]);
	});
});
