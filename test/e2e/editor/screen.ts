import type { Locator, Page } from 'playwright-core';

import { waitFor } from '../harness/wait';
import { textField } from './editor';

/** How long n8n may take for what somebody did, in milliseconds. */
const PATIENCE = 60_000;

/** More than a form or a list has stops for the keyboard. */
const MOST_STOPS = 40;

/**
 * n8n's editor for somebody who finds everything by the words on it, and who types rather than moves the mouse: Enter
 * takes what is marked, the arrows mark the next, Tab goes to the next field.
 */
export class Screen {
	constructor(
		readonly page: Page,
		private readonly origin: string,
	) {
		page.setDefaultTimeout(PATIENCE);
	}

	/** The panel of an open node. */
	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	/** The form of an open credential. */
	get form(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** The nodes on the canvas. */
	get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	/** Opens n8n in which there is nothing yet, and begins a workflow. */
	async beginFirstWorkflow(): Promise<void> {
		await this.page.goto(`${this.origin}/home/workflows`);
		await this.page.getByTestId('new-workflow-card').click();
		await this.firstStep.waitFor();
	}

	/** Begins a workflow from within another one. */
	async beginWorkflow(): Promise<void> {
		await this.page.getByTestId('universal-add').click();
		await this.page.getByRole('menuitem', { name: 'New workflow', exact: true }).click();
		// the other one is gone
		await this.nodes.waitFor({ state: 'detached' });
		await this.firstStep.waitFor();
	}

	/** Looks for a node to begin an empty workflow with, and takes it: what it offers is shown. */
	async findNode(name: string): Promise<void> {
		await this.firstStep.getByRole('button').click();
		await this.page.locator('[data-test-id=node-creator-search-bar]:focus').waitFor();
		await this.page.keyboard.type(name);
		await waitFor(`the one node that is found as “${name}”`, PATIENCE, async () =>
			(await this.found.count()) === 1 ? true : undefined,
		);
		await this.marked.filter({ has: this.found }).waitFor();
		await this.page.keyboard.press('Enter');
		await this.page.getByTestId('node-creator-search-bar').waitFor({ state: 'detached' });
	}

	/** Marks an entry of what a node offers with the arrows, and takes it. */
	async take(entry: string): Promise<void> {
		await this.marked.waitFor();
		for (let stop = 0; stop < MOST_STOPS; stop += 1) {
			const marked = await this.markedText();
			if (withoutCount(marked) === entry) {
				await this.page.keyboard.press('Enter');
				return;
			}
			await this.page.keyboard.press('ArrowDown');
			const moved = async () => ((await this.markedText()) === marked ? undefined : true);
			await waitFor(`an entry after “${marked}”`, PATIENCE, moved);
		}
		throw new Error(`There is no “${entry}” among what the node offers.`);
	}

	/** Waits for the panel of a node. */
	async panelOf(name: string): Promise<void> {
		await this.panel
			.getByTestId('node-title-container')
			.getByText(name, { exact: true })
			.filter({ visible: true })
			.waitFor();
	}

	/** A field by its name, be it one that has to be filled in or not. */
	field(within: Locator, name: string): Locator {
		const label = this.page.getByText(new RegExp(`^\\s*${escaped(name)}\\s*\\*?\\s*$`));
		return within
			.getByTestId(/^(credential-connection-parameter|input-label)$/)
			.filter({ has: label });
	}

	/** Goes from a field of the form to a later one with the Tab key. */
	async tabTo(name: string): Promise<void> {
		const field = this.field(this.form, name);
		await field.waitFor();
		for (let stop = 0; stop < MOST_STOPS; stop += 1) {
			if ((await field.locator('input:focus').count()) > 0) return;
			await this.page.keyboard.press('Tab');
		}
		throw new Error(`Tab does not lead to “${name}”.`);
	}

	/** Clicks into a field of the form. */
	async clickInto(name: string): Promise<void> {
		await textField(this.field(this.form, name)).click();
	}

	/**
	 * Leaves the last field of the form. n8n takes over what was entered a moment later, and until then says of a field
	 * that was left that it is required.
	 */
	async leaveFields(): Promise<void> {
		await this.page.keyboard.press('Tab');
		await this.form.getByText('This field is required').first().waitFor({ state: 'hidden' });
	}

	/** Shows what a field of the form is explained with, as long as the mouse stays there. */
	async showHint(name: string): Promise<void> {
		const field = this.field(this.form, name);
		await field.hover();
		await field.locator('[data-icon=circle-help]').hover();
	}

	/** What a field of the form holds. */
	async valueOf(name: string): Promise<string> {
		return await textField(this.field(this.form, name)).inputValue();
	}

	/** The text in the column of a table of items that has this name, for the first of them. */
	async inOutput(column: string): Promise<string> {
		const output = this.page.getByTestId('output-panel');
		await output.locator('th').getByText(column, { exact: true }).waitFor();
		const names = await output.locator('th').allInnerTexts();
		const index = names.findIndex((name) => name.trim() === column);
		return (await output.locator('tbody tr').first().locator('td').nth(index).innerText()).trim();
	}

	private get firstStep(): Locator {
		return this.page.getByTestId('canvas-add-button');
	}

	private get found(): Locator {
		return this.page.getByTestId('node-creator-item-name');
	}

	/** The entry that Enter takes, in the list of nodes or in that of what one offers; the head of a group is one. */
	private get marked(): Locator {
		const [entry, active] = ['[data-keyboard-nav-type]', '[class*="_active_"]'];
		return this.page.locator(`${entry}${active}, ${entry} [class*="_category_"]${active}`);
	}

	private async markedText(): Promise<string> {
		return (await this.marked.first().innerText()).trim();
	}
}

/** A group of entries says how many it has. */
function withoutCount(entry: string): string {
	return entry.replace(/ \(\d+\)$/, '');
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
