import { selectors, type Locator, type Page } from 'playwright-core';

import type { RunningN8n, Workflow } from '../harness/n8n';

selectors.setTestIdAttribute('data-test-id');

/** n8n's editor, in the hands of a person. */
export class Editor {
	readonly credential: CredentialForm;

	constructor(
		readonly page: Page,
		private readonly n8n: Pick<RunningN8n, 'origin' | 'owner'>,
	) {
		this.credential = new CredentialForm(page);
	}

	/** Signs in as the owner, by the form. */
	async signIn(): Promise<void> {
		await this.page.goto(`${this.n8n.origin}/signin`);
		await textField(this.page.getByTestId('emailOrLdapLoginId')).fill(this.n8n.owner.email);
		await textField(this.page.getByTestId('password')).fill(this.n8n.owner.password);
		await this.page.getByTestId('form-submit-button').click();
		await this.page.waitForURL((url) => url.pathname !== '/signin');
	}

	/** Shows a workflow. */
	async open({ id }: Pick<Workflow, 'id'>): Promise<void> {
		await this.page.goto(`${this.n8n.origin}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page
			.getByTestId('canvas-node')
			.filter({ has: this.page.getByText(name, { exact: true }) });
	}

	/** The tab of an open node that shows its parameters. */
	get tab(): Locator {
		return this.page.getByTestId('tab-params');
	}

	/** The parameters of an open node. */
	get parameters(): Locator {
		return this.page.getByTestId('node-parameters');
	}

	/** What adds the optional fields of an open node. */
	get addOptionButton(): Locator {
		return this.page.getByTestId('collection-parameter-add');
	}

	/** Looks for nodes in the panel that adds them. */
	async search(text: string): Promise<Locator> {
		const box = this.page.getByTestId('node-creator-search-bar');
		if (!(await box.isVisible())) await this.page.getByTestId('node-creator-plus-button').click();
		await box.fill(text);
		return this.page.getByTestId('node-creator-item-name');
	}

	/** Adds a node behind another one, for one of its actions. It opens by itself. */
	async addBehind(before: string, name: string, action: string): Promise<void> {
		await this.node(before).getByTestId('canvas-handle-plus').click();
		await (await this.search(name)).getByText(name, { exact: true }).click();
		const actions = this.page.getByTestId('node-creator-item-name');
		await actions.getByText(action, { exact: true }).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Closes the panel of a node. */
	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Runs the open node, and those before it. */
	async executeStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** Runs the workflow. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Closes what n8n tells in a corner. */
	async dismissNotices(): Promise<void> {
		const notices = this.page.locator('.el-notification');
		while ((await notices.count()) > 0) {
			await notices.first().locator('.el-notification__closeBtn').click();
			await notices.first().waitFor({ state: 'detached' });
		}
	}

	/** The field of a node that offers a list. */
	locator(parameter: string): ResourceLocator {
		return new ResourceLocator(
			this.page,
			this.page.getByTestId(`resource-locator-${parameter}`).last(),
		);
	}

	/** Adds one of the optional fields. */
	async addOption(name: string): Promise<void> {
		await this.addOptionButton.click();
		await this.page.getByRole('option', { name, exact: true }).click();
	}
}

/** A field whose value is chosen from a list, or typed. */
export class ResourceLocator {
	constructor(
		private readonly page: Page,
		private readonly field: Locator,
	) {}

	/** Opens the list. */
	async open(): Promise<void> {
		await this.field.getByTestId('rlc-input').click();
	}

	/** Types into the search box of the list. */
	async filter(text: string): Promise<void> {
		await visible(textField(this.page.getByTestId('rlc-search'))).fill(text);
	}

	/** The entries of the open list. */
	get entries(): Locator {
		return visible(this.page.getByTestId('rlc-item'));
	}

	/** What stands in the place of a list that cannot be had. */
	get failure(): Locator {
		return visible(this.page.getByTestId('rlc-error-container'));
	}

	/** Chooses an entry of the open list. */
	async choose(name: string): Promise<void> {
		await this.entries.getByText(name, { exact: true }).click();
	}

	/** Types the value in place of choosing it. */
	async type(text: string): Promise<void> {
		await this.field.getByTestId('rlc-mode-selector').click();
		await visible(this.page.getByRole('option', { name: 'By Name' })).click();
		await textField(this.field.getByTestId('rlc-input')).fill(text);
		// n8n takes a text over a moment after it was typed, and until then says that the field is empty
		await this.field.getByTestId('parameter-issues').waitFor({ state: 'detached' });
	}

	/** The value that is shown. */
	async value(): Promise<string> {
		return await textField(this.field.getByTestId('rlc-input')).inputValue();
	}
}

/** The form of a cPanel credential. */
export class CredentialForm {
	readonly dialog: Locator;

	constructor(private readonly page: Page) {
		this.dialog = page.getByTestId('editCredential-modal');
	}

	/** From the panel of a node. */
	async create(): Promise<void> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		await this.dialog.waitFor();
	}

	/** Opens the credential that is chosen in the panel of a node. */
	async reopen(): Promise<void> {
		await this.page.getByTestId('credential-edit-button').click();
		await this.dialog.waitFor();
	}

	/** Fills fields in, by their names. */
	async fill(fields: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) {
			await textField(this.dialog.getByTestId(`parameter-input-${name}`)).fill(value);
		}
	}

	/** Gives it another name. */
	async rename(name: string): Promise<void> {
		const title = this.dialog.getByTestId('credential-name');
		await title.getByTestId('inline-edit-preview').click();
		await title.getByTestId('inline-edit-input').fill(name);
		await this.page.keyboard.press('Enter');
	}

	/** Saves, which tests the credential as well. */
	async save(): Promise<void> {
		await this.dialog.getByTestId('credential-save-button').getByText('Save').click();
	}
}

/** The input of a field: some of n8n's test ids name the input itself, others what is around it. */
export function textField(field: Locator): Locator {
	return field.locator('xpath=descendant-or-self::input').first();
}

function visible(locator: Locator): Locator {
	return locator.filter({ visible: true });
}
