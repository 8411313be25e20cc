import { undressAll } from '../../shared/cpanel/input/characters';
import { badInput } from '../../shared/errors';

/** The blue of the built-in page. */
export const BUILT_IN_ACCENT = '#1a56c4';

/**
 * Reads the color of the button.
 *
 * @returns six digits behind a `#`; the built-in one for an empty text
 * @throws {CpanelError} of kind `input` for what is no color
 */
export function parseAccentColor(text: string): string {
	const color = undressAll(text).toLowerCase();
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
