import type { INodeProperties } from 'n8n-workflow';

import { isPrivateHost } from '../../shared/accessLink/linkAddress';
import { cleanPasted } from '../../shared/cpanel/input/characters';
import { parseHost, parseUrl, pastedAddress } from '../../shared/cpanel/input/host';
import { badInput } from '../../shared/errors';
import { parseLanguage } from './language';
import { BUILT_IN_ACCENT } from './renderPage';
import type { PageChoices } from './renderPage';
import { LANGUAGE_NAMES } from './texts';

const accentColor: INodeProperties = {
	displayName: 'Accent Color',
	name: 'accentColor',
	type: 'color',
	default: BUILT_IN_ACCENT,
	description: 'Color of the button. Its text is black or white, whichever is easier to read.',
};

const button: INodeProperties = {
	displayName: 'Button',
	name: 'button',
	type: 'string',
	default: '',
	placeholder: 'e.g. Open Webmail',
	description: 'Text of the button. If empty, the page uses the built-in text.',
};

const expiredText: INodeProperties = {
	displayName: 'Expired Text',
	name: 'expiredText',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	description:
		'Text of the page when the link has expired. If empty, the page uses the built-in text with the date.',
};

const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto' },
		...Object.entries(LANGUAGE_NAMES)
			.map(([value, name]) => ({ name, value }))
			.sort((one, other) => one.name.localeCompare(other.name, 'en')),
	],
	default: 'auto',
	description: 'Language of the built-in texts and of dates',
};

const logoUrl: INodeProperties = {
	displayName: 'Logo URL',
	name: 'logoUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/logo.png',
	description: 'Address of a picture above the heading. The page loads nothing else.',
};

const showMailbox: INodeProperties = {
	displayName: 'Show Mailbox',
	name: 'showMailbox',
	type: 'boolean',
	default: true,
	description:
		'Whether the page shows the address of the mailbox, so that people notice if it is not theirs',
};

const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	description: 'Text above the button. If empty, the page uses the built-in text.',
};

const title: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Welcome to Example Hosting',
	description: 'Heading of the page. If empty, the page uses the built-in heading.',
};

/** What a page says and how it looks: the same names wherever there is a page. */
function pageField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Page',
		name: 'page',
		type: 'collection',
		placeholder: 'Add text or style',
		default: {},
		options,
	};
}

/** For the page of Create Page. */
export const loginPageField = pageField([accentColor, button, language, logoUrl, text, title]);

/** For the pages of access links. */
export const accessPageField = pageField([
	accentColor,
	button,
	expiredText,
	language,
	logoUrl,
	showMailbox,
	text,
	title,
]);

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

/**
 * Reads the address of a logo.
 *
 * @returns undefined for an empty text
 * @throws {CpanelError} of kind `input` for anything but an address over TLS, or one of a private network
 */
export function parseLogoUrl(text: string): URL | undefined {
	const address = pastedAddress(text);
	if (address === '') return undefined;
	const url = /^https?:\/\//i.test(address) ? parseUrl(address) : undefined;
	const isEncrypted = url?.protocol === 'https:' || isPrivateHost(url?.hostname ?? '');
	const isPlain = url?.username === '' && url.password === '' && isHost(url.host);
	if (url === undefined || !isEncrypted || !isPlain) {
		throw badInput(
			'“Logo URL” is not the address of a picture',
			'Enter an address that starts with https://, such as https://example.com/logo.png.',
		);
	}
	return url;
}

/** A URL parser takes quotes and semicolons for a part of a name. */
function isHost(host: string): boolean {
	try {
		return parseHost(host, 443, 'Logo URL').name !== '';
	} catch {
		return false;
	}
}

/**
 * Reads the color of the button.
 *
 * @returns six digits behind a `#`; the built-in one for an empty text
 * @throws {CpanelError} of kind `input` for what is no color
 */
export function parseAccentColor(text: string): string {
	const color = cleanPasted(text).toLowerCase();
	if (color === '') return BUILT_IN_ACCENT;
	const [, short, long] = /^#?(?:([\da-f]{3})|([\da-f]{6}))$/.exec(color) ?? [];
	const digits = long ?? short?.replace(/./g, '$&$&');
	if (digits === undefined) {
		throw badInput(
			'“Accent Color” is not a color',
			'Choose a color, or enter six hexadecimal digits, such as #1a56c4.',
		);
	}
	return `#${digits}`;
}
