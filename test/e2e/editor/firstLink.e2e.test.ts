import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import { SEED, type Cpsrvd } from '../../cpsrvd';
import { launchChromium } from '../browser/chromium';
import { finishedExecution } from '../harness/executions';
import { DEFAULT_N8N } from '../harness/prepare';
import { prepared } from '../harness/prepared';
import { waitFor } from '../harness/wait';
import { startWorld, type World } from '../harness/world';
import { Editor } from './editor';
import { countEffort, paste, type Effort } from './effort';

const MANUAL = /When clicking/;

/** Half of what it took before there were access links: fifteen nodes, and more than forty clicks. */
const MOST_CLICKS = 20;
const MOST_NODES = 3;

const describeEditor = prepared().n8n.version === DEFAULT_N8N ? describe : describe.skip;

/* An n8n in which nothing is there yet: no workflow, and no credential. */
describeEditor('from nothing to the first access link', () => {
	let world: World;
	let server: Cpsrvd;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let editor: Editor;
	let effort: Effort;

	beforeAll(async () => {
		world = await startWorld();
		({ server } = world);
		await world.n8n.rest.send('DELETE', `/credentials/${world.cpanelApi.id}`);
		browser = await launchChromium();
		context = await browser.newContext({
			viewport: { width: 1280, height: 800 },
			permissions: ['clipboard-read', 'clipboard-write'],
			ignoreHTTPSErrors: true,
		});
		const [name = '', value = ''] = world.n8n.cookie.split('=');
		await context.addCookies([{ name, value, url: world.n8n.origin }]);
		effort = await countEffort(context);
		page = await context.newPage();
		editor = new Editor(page, world.n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await world?.stop();
	});

	const inForm = (name: string): Locator =>
		editor.credential.dialog
			.getByTestId(`parameter-input-${name}`)
			.locator('xpath=descendant-or-self::input')
			.first();

	const focused = (field: Locator): Locator =>
		field.locator('xpath=self::*').and(page.locator(':focus'));

	/** Goes on to a field of the form with the Tab key, as far as that is. */
	async function tabTo(name: string): Promise<void> {
		const field = inForm(name);
		await waitFor(`the field ${name}`, 30_000, async () => {
			if ((await focused(field).count()) > 0) return true;
			await page.keyboard.press('Tab');
			return undefined;
		});
	}

	/** Leaves a field, so that n8n takes over what is in it. */
	async function leaveField(name: string, value: string): Promise<void> {
		await page.keyboard.press('Tab');
		expect(await inForm(name).inputValue()).toBe(value);
	}

	async function type(name: string, text: string): Promise<void> {
		await page.keyboard.type(text);
		await leaveField(name, text);
	}

	/** Types into the search of the panel that adds nodes, and takes the first one found with the Enter key. */
	async function takeNode(text: string): Promise<void> {
		await page.getByTestId('node-creator-search-bar').waitFor();
		await page.keyboard.type(text);
		const found = page.getByTestId('node-creator-item-name');
		await waitFor('the one node', 30_000, async () => (await found.count()) === 1 || undefined);
		await page.keyboard.press('Enter');
	}

	it(`takes no more than ${MOST_NODES} nodes and ${MOST_CLICKS} clicks`, async () => {
		await page.goto(`${world.n8n.origin}/workflow/new`);
		const panel = page.getByTestId('ndv');
		const { credential } = editor;

		// the trigger, and its address
		await page.getByTestId('node-creator-plus-button').click();
		await takeNode('webmail login');
		await page.getByText('On access link opened').waitFor();
		await page.keyboard.press('Enter');
		await panel.getByText('Webhook URLs').click();
		await panel.getByTestId('radio-button-production').click();
		await panel.getByText('/webhook/').click();
		const address = await page.evaluate<string>('navigator.clipboard.readText()');

		// the credential for cPanel; its test is green, so that n8n closes it
		await panel.getByText('Connect to cPanel', { exact: true }).click();
		await credential.dialog.waitFor();
		await inForm('server').click();
		await type('server', server.address);
		await tabTo('username');
		await type('username', SEED.alice.user);
		await tabTo('apiToken');
		await type('apiToken', SEED.alice.apiToken);
		await credential.save();
		await credential.dialog.waitFor({ state: 'hidden' });

		// that for the links; the secret comes from a password manager
		await panel.getByTestId('node-credentials-select').last().click();
		await page.getByTestId('node-credentials-select-item-new').filter({ visible: true }).click();
		await credential.dialog.waitFor();
		await inForm('address').click();
		await paste(page, address);
		await leaveField('address', address);
		await tabTo('secret');
		const secret = 'a secret that a password manager has made: 8Jx2';
		await paste(page, secret);
		await leaveField('secret', secret);
		await credential.save();
		// nothing is published yet, and the form says so
		await credential.dialog.getByText('More details').waitFor();
		await page.keyboard.press('Escape');
		await panel.waitFor({ state: 'hidden' });

		await page.getByTestId('workflow-open-publish-modal-button').click();
		await page.getByTestId('workflow-publish-button').click();
		await page.getByTestId('activation-modal').waitFor();
		await page.keyboard.press('Escape');

		// and the link
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('item-iterator-item').filter({ hasText: 'Add another trigger' }).click();
		await page.getByText('Trigger manually').waitFor();
		await page.keyboard.press('Enter');
		const manual = page.getByTestId('canvas-node').filter({ hasText: MANUAL });
		await manual.getByTestId('canvas-handle-plus').click();
		await takeNode('webmail login');
		await page.getByText('Create an access link').waitFor();
		for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.getByTestId('parameter-input-mailbox').click();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type('anna@example.com');
		const before = (await world.n8n.executions()).length;
		await editor.executeStep();

		const { id } = await waitFor('the execution', 60_000, async () =>
			(await world.n8n.executions()).at(before),
		);
		const execution = await finishedExecution(world.n8n.database, id);
		expect(execution).toMatchObject({ status: 'success', error: undefined });
		const [link] = execution.json('cPanel Webmail Login');
		const nodes = await page.getByTestId('canvas-node').count();
		const measured = { nodes, ...effort };
		process.stdout.write(`From nothing to the first access link: ${JSON.stringify(measured)}\n`);

		// it is one that works
		const visitor = await context.newPage();
		await visitor.goto(link?.url as string);
		await visitor.click('button');
		await visitor.waitForSelector('#mailbox');
		expect(await visitor.locator('#mailbox').textContent()).toBe('anna@example.com');

		expect(nodes).toBeLessThanOrEqual(MOST_NODES);
		expect(measured.clicks).toBeGreaterThan(0);
		expect(measured.clicks).toBeLessThanOrEqual(MOST_CLICKS);
	});
});
