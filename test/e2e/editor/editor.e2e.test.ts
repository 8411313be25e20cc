import type { Browser, BrowserContext, Page } from 'playwright-core';

import { SEED } from '../../cpsrvd';
import { launchChromium } from '../browser/chromium';
import { boxOf, savePicture } from '../browser/pictures';
import { finishedExecution, type Execution } from '../harness/executions';
import { linkIn, startMailServer } from '../harness/mailServer';
import { DEFAULT_N8N } from '../harness/prepare';
import { prepared } from '../harness/prepared';
import { waitFor } from '../harness/wait';
import { startWorld, type World } from '../harness/world';
import { accessLinkWorkflow, LINK, MAIL, PEOPLE } from './accessLinkWorkflow';
import { Editor } from './editor';
import { sessionWorkflow } from './sessionWorkflow';

const SESSION = 'cPanel Session';
const LOGIN = 'cPanel Webmail Login';

const { version } = prepared().n8n;
const describeEditor = version === DEFAULT_N8N ? describe : describe.skip;
if (version !== DEFAULT_N8N) {
	process.stdout.write(`The editor is tested in n8n ${DEFAULT_N8N} only, not in ${version}.\n`);
}

describeEditor('in n8n’s editor', () => {
	let world: World;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let editor: Editor;

	beforeAll(async () => {
		world = await startWorld();
		browser = await launchChromium();
		context = await newContext();
		const [name = '', value = ''] = world.n8n.cookie.split('=');
		await context.addCookies([{ name, value, url: world.n8n.origin }]);
	});
	beforeEach(async () => {
		world.server.reset();
		page = await context.newPage();
		editor = new Editor(page, world.n8n);
	});
	afterEach(async () => await page?.close());
	afterAll(async () => {
		await browser?.close();
		await world?.stop();
	});

	async function newContext(): Promise<BrowserContext> {
		return await browser.newContext({ viewport: { width: 1280, height: 800 } });
	}

	/** Opens a new workflow of a trigger and the cPanel Session node. */
	async function openWorkflow({ hasCredential = true } = {}): Promise<void> {
		const credentials = [world.cpanelApi];
		await editor.open(
			await world.n8n.importWorkflow(sessionWorkflow(hasCredential), { credentials }),
		);
	}

	it('lets the owner sign in', async () => {
		const stranger = await newContext();
		await new Editor(await stranger.newPage(), world.n8n).signIn();
		expect(await stranger.cookies()).toMatchObject([{ name: 'n8n-auth' }]);
		await stranger.close();
	});

	it.each([
		['light', 'svg'],
		['dark', 'dark.svg'],
	] as const)('offers both nodes, with icons for the %s theme', async (colorScheme, ending) => {
		await page.emulateMedia({ colorScheme });
		const icons: Record<string, number> = {};
		page.on('response', (response) => {
			const [, file] = /n8n-nodes-cpanel-session.*\/(.*)$/.exec(response.url()) ?? [];
			if (file) icons[file] = response.status();
		});
		await openWorkflow();
		for (const text of ['cpanel', 'webmail']) {
			const found = await editor.search(text);
			await found.getByText(LOGIN).waitFor();
			expect(await found.allTextContents()).toEqual([SESSION, LOGIN]);
		}
		await page.waitForLoadState('networkidle');
		expect(icons).toEqual({
			[`cpanelSession.${ending}`]: 200,
			[`cpanelWebmailLogin.${ending}`]: 200,
		});
	});

	it('tests a credential: red with the reason, green when it is right', async () => {
		await openWorkflow({ hasCredential: false });
		await editor.openNode(SESSION);
		const { credential } = editor;
		await credential.create();
		await credential.fill({ server: world.server.address, username: 'alice', apiToken: 'WRONG' });
		await credential.save();
		await credential.dialog.getByText('More details').click();
		await credential.dialog.getByText('did not accept the credential (HTTP 401)').waitFor();
		// each refusal counts towards a lock-out
		expect(world.server.journal.entries).toMatchObject([{ status: 401 }]);

		await credential.fill({ apiToken: SEED.alice.apiToken });
		await credential.save();
		await page.getByText('Credential saved').waitFor();
		await credential.reopen();
		await credential.dialog.getByText('Connection tested successfully').waitFor();
		// as it looks to people, who have no other credential, and a server with a name
		await credential.rename('cPanel account');
		await credential.fill({ server: 'cpanel.example.com' });
		await editor.dismissNotices();
		await savePicture(page, 'credential', async () => await boxOf(credential.dialog));
	});

	it('lists the domains and the mailboxes, and filters them', async () => {
		await openWorkflow();
		await editor.openNode(SESSION);
		const domain = editor.locator('domain');
		await domain.open();
		await domain.entries.getByText('blog.example.com').waitFor();
		expect(await domain.entries.allInnerTexts()).toEqual([
			'example.com',
			'shop.example.com',
			'example.net',
			'blog.example.com',
		]);
		await domain.filter('shop');
		await domain.choose('shop.example.com');

		const mailbox = editor.locator('login');
		await mailbox.open();
		await mailbox.entries.getByText('orders@shop.example.com').waitFor();
		expect(await mailbox.entries.count()).toBe(1);
		await page.keyboard.press('Escape');

		await domain.open();
		await domain.filter('');
		await domain.choose('example.com');
		await mailbox.open();
		await mailbox.filter('ann');
		await mailbox.choose('anna@example.com');
		expect([await domain.value(), await mailbox.value()]).toEqual([
			'example.com',
			'anna@example.com',
		]);
	});

	it('lists the languages, and filters them', async () => {
		await openWorkflow();
		await editor.openNode(SESSION);
		await editor.addOption('Locale');
		const locale = editor.locator('locale');
		await locale.open();
		await locale.filter('port');
		await locale.entries.getByText('pt_br').click();
		expect(await locale.value()).toContain('pt_br');
	});

	it('lets who may not list anything type instead', async () => {
		world.server.switches.featureOff = ['DomainInfo', 'Email'];
		await openWorkflow();
		await editor.openNode(SESSION);
		const mailbox = editor.locator('login');
		await mailbox.open();
		await mailbox.failure.getByText('You do not have the feature').waitFor();
		await mailbox.failure.getByText('“By Name”').waitFor();
		await page.keyboard.press('Escape');
		await mailbox.type('anna@example.com');
		const execution = await executionOf(async () => await editor.executeStep());
		expect(execution).toMatchObject({ status: 'success', error: undefined });
		expect(execution.json(SESSION)).toMatchObject([{ email: 'anna@example.com' }]);
	});

	it('logs in with two nodes that were only connected', async () => {
		await openWorkflow();
		await editor.openNode(SESSION);
		const [domain, mailbox] = [editor.locator('domain'), editor.locator('login')];
		await domain.open();
		await domain.choose('example.com');
		await mailbox.open();
		await mailbox.choose('anna@example.com');
		await savePicture(page, 'session-node', async () => {
			const [head, fields] = [await boxOf(editor.tab), await boxOf(editor.parameters)];
			const end = await boxOf(editor.addOptionButton);
			const top = head.y - 12;
			return { ...fields, y: top, height: end.y + end.height + 16 - top };
		});
		await editor.closeNode();
		await editor.addBehind(SESSION, LOGIN, 'Log in to webmail');
		await editor.closeNode();

		const execution = await executionOf(async () => await editor.executeWorkflow());
		expect(execution).toMatchObject({ status: 'success', error: undefined });
		expect(execution.json(LOGIN)).toMatchObject([{ loggedIn: true }]);
		await page.getByText('Workflow executed successfully').waitFor();
	});

	it('mails an access link with one node between a list and a mail', async () => {
		const mails = await startMailServer();
		try {
			const { n8n, cpanelApi } = world;
			const credentials = [
				cpanelApi,
				await n8n.createCredential('smtp', 'SMTP account', mails.credential),
				await n8n.createCredential('cpanelAccessLinkApi', 'cPanel Access Link account', {
					address: `${n8n.origin}/webhook/webmail`,
					secret: 'a secret of the tests, long enough to be one',
				}),
			];
			await editor.open(await n8n.importWorkflow(accessLinkWorkflow(), { credentials }));
			const execution = await executionOf(async () => await editor.executeWorkflow());
			expect(execution).toMatchObject({ status: 'success', error: undefined });
			const [link] = execution.json(LINK);
			expect(mails.mails.map(linkIn)).toEqual([link?.url]);
			await page.getByText('Workflow executed successfully').waitFor();
			await savePicture(page, 'workflow', async () => {
				const [first, last] = [await boxOf(editor.node(PEOPLE)), await boxOf(editor.node(MAIL))];
				// between what is written at the lines that come in and go out
				const margin = { left: 30, right: 30, top: 30, bottom: 60 };
				return {
					x: first.x - margin.left,
					y: first.y - margin.top,
					width: margin.left + last.x + last.width - first.x + margin.right,
					height: margin.top + first.height + margin.bottom,
				};
			});
		} finally {
			await mails.stop();
		}
	});

	/** The execution that something starts, after its end. */
	async function executionOf(start: () => Promise<void>): Promise<Execution> {
		const { n8n } = world;
		const before = (await n8n.executions()).length;
		await start();
		const { id } = await waitFor('a new execution', 30_000, async () =>
			(await n8n.executions()).at(before),
		);
		return await finishedExecution(n8n.database, id);
	}
});
