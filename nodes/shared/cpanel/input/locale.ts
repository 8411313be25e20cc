import { badInput } from '../../errors';
import { findDisallowed, cleanPasted, withPlainHyphens } from './characters';

/**
 * Puts a locale into cPanel's form: lower case, `_` between language and region (`pt-BR` becomes `pt_br`;
 * protocol.md, 2).
 * A server may have locales of its own, so the form is checked and not the name.
 *
 * @returns undefined for an empty text: cPanel then takes the account's own locale
 * @throws {CpanelError} of kind `input`
 */
export function normalizeLocale(text: string): string | undefined {
	const locale = withPlainHyphens(cleanPasted(text)).toLowerCase().replaceAll('-', '_');
	if (locale === '') return undefined;
	// codes of languages have two or three letters; cPanel marks some of its own with an i
	if (!/^[a-z]{1,3}(_[a-z0-9]{1,8})*$/.test(locale)) {
		throw badInput(
			'“Locale” is not a locale',
			`${reason(locale)}Enter a language code, with a region if needed: en, de, pt_br.`,
		);
	}
	return locale;
}

/** What is wrong with this one, as a sentence, where that can be told. */
function reason(locale: string): string {
	if (/[,;]/.test(locale)) return 'It contains several languages, as a browser sends them. ';
	if (/^[a-z]{4,}$/.test(locale)) return 'It is a word, not a code. ';
	const odd = findDisallowed(locale, /[a-z0-9_]/);
	return odd === undefined ? '' : `It contains ${odd}. `;
}
