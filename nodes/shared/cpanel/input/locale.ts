import { badInput } from '../../errors';

/**
 * Puts a locale into cPanel's form: lower case, `_` between language and region (`pt-BR` becomes `pt_br`;
 * protocol.md, 2).
 * A server may have locales of its own, so the form is checked and not the name.
 *
 * @returns undefined for an empty text: cPanel then takes the account's own locale
 * @throws {CpanelError} of kind `input`
 */
export function normalizeLocale(text: string): string | undefined {
	const locale = text.trim().toLowerCase().replaceAll('-', '_');
	if (locale === '') return undefined;
	if (!/^[a-z]{1,8}(_[a-z0-9]{1,8})*$/.test(locale)) {
		throw badInput(
			'“Locale” is not a locale',
			'Enter a language, with a region if need be: en, de, pt_br.',
		);
	}
	return locale;
}
