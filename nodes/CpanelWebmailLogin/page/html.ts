import { isPrivateHost } from '../../shared/accessLink/linkAddress';
import { cleanPasted } from '../../shared/cpanel/input/characters';
import { pastedAddress } from '../../shared/cpanel/input/host';
import { parseUrl } from '../../shared/cpanel/input/url';
import { badInput } from '../../shared/errors';

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	// a parser turns these into \n, so that the value would not arrive as it was
	'\r': '&#13;',
	'\n': '&#10;',
};

/** A text as it stands in a page, also between the quotes of an attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"'\r\n]/g, (character) => ENTITIES[character] ?? '');
}

/** A text of several lines, each as a paragraph; empty lines are left out. */
export function paragraphs(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== '')
		.map((line) => `<p>${escapeHtml(line)}</p>`)
		.join('\n');
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
	if (url === undefined || !isEncrypted || url.username !== '' || url.password !== '') {
		throw badInput(
			'“Logo URL” is not the address of a picture',
			'Enter an address that starts with https://, such as https://example.com/logo.png.',
		);
	}
	return url;
}

/** The blue of the built-in page. */
export const BUILT_IN_ACCENT = '#1a56c4';

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
			'Choose one, or enter it as six hexadecimal digits: #1a56c4.',
		);
	}
	return `#${digits}`;
}

/**
 * Black or white, whichever can be read better on a color. The contrast is at least 4.58 to 1, whatever the color;
 * WCAG 2.2 wants 4.5.
 *
 * @param color six digits behind a `#`
 */
export function readableOn(color: string): '#000000' | '#ffffff' {
	const luminance = luminanceOf(color);
	return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** Relative luminance as WCAG defines it. */
function luminanceOf(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(color.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
