import {
	chooseLanguage,
	parseLanguage,
	writeMoment,
} from '../../../nodes/CpanelWebmailLogin/page/language';
import { LANGUAGE_NAMES, TEXTS } from '../../../nodes/CpanelWebmailLogin/page/texts';
import type { Texts } from '../../../nodes/CpanelWebmailLogin/page/texts';
import { thrownBy } from '../thrown';

const CODES = Object.keys(TEXTS) as Array<keyof typeof TEXTS>;
/** 2 January 2030, 15:04 in UTC. */
const MOMENT = Date.UTC(2030, 0, 2, 15, 4) / 1000;

describe('the built-in texts', () => {
	it('come in eleven languages', () => {
		expect(CODES).toEqual(['en', 'de', 'es', 'fr', 'pt', 'nl', 'it', 'pl', 'tr', 'ar', 'ja']);
		expect(Object.keys(LANGUAGE_NAMES)).toEqual(CODES);
	});

	it.each(CODES)('are all there in %s, each once, with what is filled in', (code) => {
		const texts = TEXTS[code];
		expect(Object.keys(texts)).toEqual(Object.keys(TEXTS.en));
		const names = Object.keys(texts) as Array<keyof Texts>;
		for (const name of names) {
			expect(texts[name]).toBe(texts[name].trim());
			expect(texts[name]).not.toBe('');
			const filledIn = (text: string): string[] => text.match(/\{\w+\}/g) ?? [];
			expect(filledIn(texts[name])).toEqual(filledIn(TEXTS.en[name]));
			if (code !== 'en') expect(texts[name]).not.toBe(TEXTS.en[name]);
		}
	});
});

describe('the language of a page', () => {
	it.each<[Parameters<typeof chooseLanguage>[0], string]>([
		[{}, 'en'],
		[{ chosen: 'de', locale: 'fr', acceptLanguage: 'it' }, 'de'],
		[{ chosen: undefined, locale: 'fr', acceptLanguage: 'it' }, 'fr'],
		[{ chosen: '', locale: 'pt_br' }, 'pt'],
		[{ locale: 'es_419' }, 'es'],
		[{ locale: 'i_cpanel_snowmen', acceptLanguage: 'nl' }, 'nl'],
		[{ locale: 'zh_cn', acceptLanguage: 'da, sv' }, 'en'],
		[{ acceptLanguage: 'it' }, 'it'],
		[{ acceptLanguage: 'pl-PL,pl;q=0.9,en;q=0.8' }, 'pl'],
		[{ acceptLanguage: 'da, en-GB;q=0.8, tr;q=0.9' }, 'tr'],
		[{ acceptLanguage: 'ja;q=0, de;q=0.1' }, 'de'],
		[{ acceptLanguage: 'JA-jp' }, 'ja'],
		[{ acceptLanguage: '*' }, 'en'],
		[{ acceptLanguage: ';;;q=,=,--' }, 'en'],
		[{ acceptLanguage: 'de;q=nonsense, fr;q=0.1' }, 'fr'],
		[{ acceptLanguage: `${'da,'.repeat(100_000)}fr` }, 'en'],
		[{ chosen: 'constructor', locale: '__proto__' }, 'en'],
	])('is told by %j: %s', (clues, code) => {
		expect(chooseLanguage(clues)).toMatchObject({ code, texts: TEXTS[code as 'en'] });
	});

	it.each(['', ' ', 'auto', 'Auto', '“auto”'])('is left to whoever reads it by “%s”', (text) => {
		expect(parseLanguage(text)).toBeUndefined();
	});

	it.each([
		['de', 'de'],
		['DE-at', 'de'],
		['pt_br', 'pt'],
		[' ja\n', 'ja'],
	])('may be chosen by its code: “%s”', (text, code) => {
		expect(chooseLanguage({ chosen: parseLanguage(text), acceptLanguage: 'nl' }).code).toBe(code);
	});

	it.each(['sv', 'zh-CN', 'German', 'constructor', 'de fr'])(
		'is refused where there are no texts in it: “%s”',
		(text) => {
			expect(thrownBy(() => parseLanguage(text))).toMatchObject({
				kind: 'input',
				message: '“Language” is not a language of the built-in texts',
			});
		},
	);

	it('runs from right to left where it does', () => {
		expect(CODES.filter((chosen) => chooseLanguage({ chosen }).direction === 'rtl')).toEqual([
			'ar',
		]);
	});
});

describe('a date', () => {
	it.each<[Parameters<typeof chooseLanguage>[0], string, RegExp]>([
		[{ acceptLanguage: 'en-US' }, 'UTC', /^January 2, 2030.*3:04.PM UTC$/],
		[{ acceptLanguage: 'en-GB' }, 'UTC', /^2 January 2030.*15:04 UTC$/],
		[{ locale: 'de' }, 'Europe/Berlin', /^2\. Januar 2030.*16:04 MEZ$/],
		[{ locale: 'pt_br' }, 'UTC', /^2 de janeiro de 2030.*15:04/],
		[{ locale: 'ja' }, 'Asia/Tokyo', /^2030年1月3日 0:04/],
		[{ locale: 'ar_sa' }, 'UTC', /٢٠٣٠|2030/],
		[{ locale: 'en' }, 'Mars/Olympus', /UTC$/],
		[{ locale: 'en' }, '', /UTC$/],
		[{ acceptLanguage: 'de-x' }, 'UTC', /^2\. Januar 2030/],
	])('is written for %j in %s', (clues, timeZone, expected) => {
		expect(writeMoment(MOMENT, chooseLanguage(clues), timeZone)).toMatch(expected);
	});
});
