import { trimPasted } from '../../shared/cpanel/input/characters';
import { badInput } from '../../shared/errors';
import { LANGUAGE_NAMES, RIGHT_TO_LEFT, TEXTS } from './texts';
import type { LanguageCode, Texts } from './texts';

/** The language of a page. */
export interface Language {
	code: LanguageCode;
	direction: 'ltr' | 'rtl';
	texts: Texts;
	/** As `Intl` takes it, with the reader's own region where that is known: `pt-BR` writes dates otherwise than `pt-PT`. */
	locale: string;
}

/**
 * Reads the language that was chosen for a page: its code, with or without a region.
 *
 * @returns undefined where it is left to whoever reads the page
 * @throws {CpanelError} of kind `input` for one that there are no texts in
 */
export function parseLanguage(text: string): string | undefined {
	const chosen = trimPasted(text);
	if (chosen === '' || chosen.toLowerCase() === 'auto') return undefined;
	if (languageOf(chosen) !== undefined) return chosen;
	throw badInput(
		'“Language” is not a language of the built-in texts',
		`Enter one of ${Object.keys(LANGUAGE_NAMES).join(', ')}, or choose “Automatic” and enter your own texts.`,
	);
}

/**
 * Chooses the language of a page: the first of these that there are texts in; English when there is none.
 *
 * @param clues.chosen what was chosen for the page
 * @param clues.locale that of a link or a session, in cPanel's form
 * @param clues.acceptLanguage what the browser sent as `Accept-Language`
 */
export function chooseLanguage({
	chosen,
	locale,
	acceptLanguage,
}: {
	chosen?: string;
	locale?: string;
	acceptLanguage?: string;
}): Language {
	const wanted = [chosen, locale, ...byPreference(acceptLanguage)].map((tag) => tag ?? '');
	return wanted.map(languageOf).find((language) => language !== undefined) ?? languageFor('en');
}

/** A date and its time as people who read this language write it, with the name of the time zone. */
export function writeMoment(seconds: number, { locale }: Language, timeZone: string): string {
	return new Intl.DateTimeFormat(locale, {
		calendar: 'gregory',
		year: 'numeric',
		month: 'long',
		day: 'numeric',
		hour: 'numeric',
		minute: '2-digit',
		timeZoneName: 'short',
		timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
	}).format(seconds * 1000);
}

function languageOf(tag: string): Language | undefined {
	const canonical = tag.trim().replaceAll('_', '-');
	const code = canonical.split('-')[0]?.toLowerCase() ?? '';
	return isLanguageCode(code) ? languageFor(code, canonical) : undefined;
}

function languageFor(code: LanguageCode, tag: string = code): Language {
	return {
		code,
		direction: RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr',
		texts: TEXTS[code],
		locale: isLocale(tag) ? tag : code,
	};
}

function isLanguageCode(code: string): code is LanguageCode {
	return Object.hasOwn(LANGUAGE_NAMES, code);
}

/** Longer than any list that a browser sends. */
const MAX_LIST_LENGTH = 1000;

/** The tags of `Accept-Language` by their weights; those with the same weight in their order. */
function byPreference(acceptLanguage = ''): string[] {
	return acceptLanguage
		.slice(0, MAX_LIST_LENGTH)
		.split(',')
		.map((part) => {
			const [tag = '', weight] = part.split(/;\s*q=/i);
			return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
		})
		.filter(({ weight }) => weight > 0)
		.sort((one, other) => other.weight - one.weight)
		.map(({ tag }) => tag);
}

function isLocale(tag: string): boolean {
	try {
		return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
	} catch {
		return false;
	}
}

function isTimeZone(timeZone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
	} catch {
		return false;
	}
}
