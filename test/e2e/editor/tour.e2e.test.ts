import type { Browser } from 'playwright-core';

import { SEED, type Session } from '../../cpsrvd';
import { launchChromium } from '../browser/chromium';
import { arrival, beginVisit, logins } from '../browser/visit';
import { startWayOut, type Relay } from '../harness/network';
import { DEFAULT_N8N } from '../harness/prepare';
import { prepared } from '../harness/prepared';
import { waitFor } from '../harness/wait';
import { startWorld, type World } from '../harness/world';
import { countEffort, paste, type Effort } from './effort';
import { readTour, type TourStep } from './readmeTour';
import { Screen } from './screen';

/** Half of what it took before there were access links: fifteen nodes, and more than forty clicks. */
const MOST = { nodes: 3, clicks: 20 };

/** As a password manager makes it up. */
const SECRET = 'xT4!vq9_Lm2#Rz8-Wk5$Hd7+Bn3%Yc6=';

/** Where the person is who opens the link: n8n and its editor are at 127.0.0.1. */
const ELSEWHERE = { here: '127.7.7.7', publicly: '203.0.113.7' };

const describeEditor = prepared().n8n.version === DEFAULT_N8N ? describe : describe.skip;

/* Played in an n8n in which there is nothing, by what the README says and no other words. */
describeEditor('the README’s tour to the first link that lasts', () => {
	let world: World;
	let browser: Browser;
	let screen: Screen;
	let effort: Effort;
	let nodes = 0;
	let lastPlayed = 0;
	/** The way to a token, as step 1 says it. */
	let tokenPlace: string;
	/** What the tour ends with. */
	let link: string;

	beforeAll(async () => {
		world = await startWorld();
		await world.n8n.rest.send('DELETE', `/credentials/${world.cpanelApi.id}`);
		browser = await launchChromium();
		const context = await browser.newContext({
			viewport: { width: 1280, height: 800 },
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		const [name = '', value = ''] = world.n8n.cookie.split('=');
		await context.addCookies([{ name, value, url: world.n8n.origin }]);
		effort = await countEffort(context);
		screen = new Screen(await context.newPage(), world.n8n.origin);
	});
	afterAll(async () => {
		await browser?.close();
		await world?.stop();
	});

	const players = [getToken, setUpTrigger, setUpLinks, publish, setUpLogin, makeLink];

	async function getToken(step: TourStep): Promise<void> {
		// cPanel's own screen is not here; what n8n says about it is compared in the next step
		tokenPlace = step.take('italics');
	}

	async function setUpTrigger(step: TourStep): Promise<void> {
		const { page, panel, form } = screen;
		await screen.beginFirstWorkflow();
		const trigger = step.take('bold');
		await screen.findNode(trigger);
		await screen.take(step.take('italics'));
		await screen.panelOf(trigger);

		const first = slots(step.take('italics')).nth(0);
		await first.getByText(step.take('italics'), { exact: true }).click();
		const [server, username, token] = [
			step.take('italics'),
			step.take('italics'),
			step.take('italics'),
		];
		await screen.clickInto(server);
		await page.keyboard.type(world.server.address);
		await screen.tabTo(username);
		await page.keyboard.type(SEED.alice.user);
		await screen.tabTo(token);
		await paste(page, SEED.alice.apiToken);
		await screen.leaveFields();
		await screen.showHint(token);
		await page.getByText(tokenPlace).waitFor();

		await form.getByRole('button', { name: step.take('italics'), exact: true }).click();
		// which it is where the test of the credential was green
		await form.waitFor({ state: 'hidden' });
		expect(world.server.journal.entries).toMatchObject([{ status: 200 }]);
		await panel.waitFor();
	}

	async function setUpLinks(step: TourStep): Promise<void> {
		const { page, panel, form } = screen;
		await panel.getByText(step.take('italics'), { exact: true }).click();
		await panel.getByText(step.take('italics'), { exact: true }).click();
		const shown = panel.locator('.webhook-url');
		await shown.getByText('/webhook/').click();
		const address = (await shown.innerText()).trim();
		await waitFor('the address that n8n copies', 60_000, async () => {
			const copied = await page.evaluate<string>('navigator.clipboard.readText()');
			return copied === address || undefined;
		});

		const second = slots(step.take('italics')).nth(1);
		await second.getByTestId('node-credentials-select').click();
		const offered = page.getByText(step.take('italics'), { exact: true });
		await offered.filter({ visible: true }).click();
		const [addressField, secretField] = [step.take('italics'), step.take('italics')];
		await screen.clickInto(addressField);
		await page.keyboard.press('ControlOrMeta+V');
		await screen.tabTo(secretField);
		await paste(page, SECRET);
		await screen.leaveFields();
		expect([await screen.valueOf(addressField), await screen.valueOf(secretField)]).toEqual([
			address,
			SECRET,
		]);
		await form.getByRole('button', { name: step.take('italics'), exact: true }).click();
		await form.getByText(step.take('italics')).waitFor();
		// closes the form, and the panel behind it
		await page.keyboard.press('Escape');
		await form.waitFor({ state: 'hidden' });
		await panel.waitFor({ state: 'hidden' });
	}

	async function publish(step: TourStep): Promise<void> {
		const { page } = screen;
		nodes += await screen.nodes.count();
		const button = { name: step.take('italics'), exact: true };
		await page.getByRole('button', button).click();
		await page.getByRole('dialog').getByRole('button', button).click();
		const message = page.getByText('Access links now work.');
		await message.waitFor();
		await page.keyboard.press('Escape');
		await message.waitFor({ state: 'hidden' });
		// n8n says so before the address is served
		await waitFor('the webhook', 60_000, async () => {
			const served = await world.n8n.database.query('SELECT "webhookPath" FROM webhook_entity');
			return served.length > 0 || undefined;
		});
	}

	async function setUpLogin(step: TourStep): Promise<void> {
		const { page, panel } = screen;
		await screen.beginWorkflow();
		const login = step.take('bold');
		await screen.findNode(login);
		await screen.take(step.take('italics'));
		await screen.take(step.take('italics'));
		await screen.panelOf(login);
		const mailbox = screen.field(panel, step.take('italics'));
		const address = step.take('code');
		await mailbox.getByText(step.take('code'), { exact: true }).click();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type(address);
		// n8n takes it over a moment after it was typed, and then shows what comes of it
		const result = mailbox.getByTestId(/^parameter-expression-preview/);
		await result.getByText(address, { exact: true }).waitFor();
	}

	async function makeLink(step: TourStep): Promise<void> {
		const { panel } = screen;
		await panel
			.getByRole('button', { name: step.take('italics'), exact: true })
			.first()
			.click();
		link = await screen.inOutput(step.take('code'));
		nodes += await screen.nodes.count();
	}

	/** The places for credentials in the panel of a node. */
	function slots(label: string) {
		const { page, panel } = screen;
		return panel
			.getByTestId('node-credentials-slot')
			.filter({ has: page.getByText(label, { exact: true }) });
	}

	const steps = readTour();

	it('begins with nothing, and has a step for each that is played here', async () => {
		for (const kind of ['workflows', 'credentials']) {
			expect(await world.n8n.rest.send('GET', `/${kind}`)).toEqual([]);
		}
		expect(steps.map(({ number }) => number)).toEqual(players.map((_, index) => index + 1));
	});

	it.each(steps)('step $number can be played by its words', async (step) => {
		// what comes before has been done
		expect(lastPlayed).toBe(step.number - 1);
		const play = players[step.number - 1];
		if (!play) throw new Error(`Nothing here plays step ${step.number} of the README.`);
		await play(step);
		expect(step.left).toEqual([]);
		lastPlayed = step.number;
	});

	it(`takes no more than ${MOST.nodes} nodes and ${MOST.clicks} clicks`, async () => {
		expect(lastPlayed).toBe(players.length);
		const { clicks, typed, pasted, keys } = effort;
		process.stdout.write(
			`From nothing to the first link that lasts: ${nodes} nodes, ${clicks} clicks, ${typed} characters typed ` +
				`and ${pasted} pasted, ${keys} other keys\n`,
		);
		for (const count of [nodes, clicks, typed, pasted]) expect(count).toBeGreaterThan(0);
		expect(nodes).toBeLessThanOrEqual(MOST.nodes);
		expect(clicks).toBeLessThanOrEqual(MOST.clicks);
	});

	describe('and the link, from another address than n8n’s,', () => {
		let wayOut: Relay;

		beforeAll(async () => {
			wayOut = await startWayOut(ELSEWHERE.here, ELSEWHERE.publicly);
			world.server.switches.publicAddresses = { [ELSEWHERE.here]: ELSEWHERE.publicly };
		});
		afterAll(async () => await wayOut?.stop());

		/** Opens the link in a browser of its own and presses the button. Returns what the page before it said, too. */
		async function open(): Promise<{ page: string; mailbox: string }> {
			const proxy = { server: `http://127.0.0.1:${wayOut.port}` };
			const { context, page } = await beginVisit(browser, { proxy });
			try {
				await page.goto(link);
				const text = await page.locator('main').innerText();
				await page.click('button');
				return { page: text, mailbox: await arrival(page) };
			} finally {
				await context.close();
			}
		}

		const sessions = (): Session[] => [...world.server.state.sessions];

		it.each(['the first', 'the second'])('ends in the mailbox, %s time', async () => {
			const before = { sessions: sessions().length, logins: logins(world.server).length };
			const opened = await open();
			expect(opened).toMatchObject({ mailbox: 'anna@example.com' });
			expect(opened.page).toContain('anna@example.com');
			expect(logins(world.server)).toHaveLength(before.logins + 1);
			expect(sessions().slice(before.sessions)).toMatchObject([{ address: ELSEWHERE.publicly }]);
		});

		it('depends on that address: the server looks at it', async () => {
			world.server.switches.publicAddresses = {};
			expect(await open()).toMatchObject({
				mailbox: 'login page: Your IP address has changed. Please log in again.',
			});
		});
	});
});
