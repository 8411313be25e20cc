import type { BrowserContext, Page } from 'playwright-core';

/** What somebody has to do with their hands. */
export interface Effort {
	clicks: number;
	/** Characters that were typed; what was pasted is none. */
	typed: number;
	pasted: number;
	/** Keys that leave no character: Tab, Enter, the arrows, and combinations such as Control and V. */
	keys: number;
}

/** Counts what the mouse and the keyboard do in all pages of a context, as the pages themselves see it. */
export async function countEffort(context: BrowserContext): Promise<Effort> {
	const effort: Effort = { clicks: 0, typed: 0, pasted: 0, keys: 0 };
	await context.exposeBinding('countEffort', (_, kind: keyof Effort, by: number) => {
		effort[kind] += by;
	});
	// text, since the types of browsers are not those of Node.js
	await context.addInitScript(`
		addEventListener('pointerdown', (event) => {
			if (event.isTrusted) countEffort('clicks', 1);
		}, true);
		addEventListener('beforeinput', (event) => {
			// what is pasted comes with an event of its own
			if (!event.isTrusted || !event.data || event.inputType === 'insertFromPaste') return;
			countEffort('typed', [...event.data].length);
		}, true);
		addEventListener('paste', (event) => {
			if (event.isTrusted) countEffort('pasted', [...event.clipboardData.getData('text')].length);
		}, true);
		addEventListener('keydown', ({ isTrusted, key, ctrlKey, metaKey }) => {
			if (!isTrusted || ['Control', 'Meta', 'Shift', 'Alt'].includes(key)) return;
			if (key.length > 1 || ctrlKey || metaKey) countEffort('keys', 1);
		}, true);
	`);
	return effort;
}

/** Pastes a text where the cursor is, as a person does who has copied it somewhere. */
export async function paste(page: Page, text: string): Promise<void> {
	await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	await page.keyboard.press('ControlOrMeta+V');
}
