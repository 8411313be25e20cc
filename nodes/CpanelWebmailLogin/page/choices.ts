import { parseAccentColor } from './color';
import { parseLanguage } from './language';
import { parseLogoUrl } from './logo';
import type { Look } from './page';

/** What the user chose for a page. A text that is undefined is the built-in one. */
export interface PageChoices {
	look: Look;
	/** Undefined leaves it to whoever reads the page. */
	language?: string;
	title?: string;
	text?: string;
	button?: string;
}

/**
 * Reads what the fields of a page have in common.
 *
 * @param text reads one of them, by its name
 * @throws {CpanelError} of kind `input`
 */
export function readPageChoices(text: (name: string) => string): PageChoices {
	const [title, body, button] = ['title', 'text', 'button'].map((name) => orUndefined(text(name)));
	return {
		look: {
			accentColor: parseAccentColor(text('accentColor')),
			logoUrl: parseLogoUrl(text('logoUrl')),
		},
		language: parseLanguage(text('language')),
		...(title !== undefined && { title }),
		...(body !== undefined && { text: body }),
		...(button !== undefined && { button }),
	};
}

/** A text of blanks alone is none. */
export function orUndefined(text: string): string | undefined {
	return text.trim() === '' ? undefined : text.trim();
}
