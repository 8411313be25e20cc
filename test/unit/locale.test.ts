import { normalizeLocale } from '../../nodes/shared/cpanel/input/locale';
import { thrownBy } from './thrown';

describe('a locale', () => {
	it.each([
		['en', 'en'],
		['EN', 'en'],
		[' pt-BR ', 'pt_br'],
		['pt_BR', 'pt_br'],
		['zh-Hant-TW', 'zh_hant_tw'],
		['es_419', 'es_419'],
		['i_klingon', 'i_klingon'],
		['“pt\u2011BR”', 'pt_br'],
		['\u200bde\u00a0', 'de'],
		['', undefined],
		[' \n', undefined],
	])('from %j is %j', (text, locale) => {
		expect(normalizeLocale(text)).toBe(locale);
	});

	it.each([
		'en us',
		'en__us',
		'en_',
		'_en',
		'419',
		'en.UTF-8',
		'en&session=x',
		'dé',
		'İ',
		'en\nde',
		'en/../de',
		'german',
		'de-DE,de;q=0.9,en;q=0.8',
		'd\u0435',
		'a'.repeat(9),
		`${'a_'.repeat(100_000)}!`,
	])('is not %j', (text) => {
		expect(thrownBy(() => normalizeLocale(text))).toMatchObject({
			kind: 'input',
			message: '“Locale” is not a locale',
		});
	});

	it.each([
		['German', 'It is a word, not a code.'],
		['de-DE,de;q=0.9', 'It contains several languages'],
		['d\u0435', 'a letter that is not Latin (U+0435)'],
		['de.UTF-8', 'It contains the character “.”.'],
		['de_', 'Enter a language code'],
	])('is told what is wrong with %j', (text, reason) => {
		expect(thrownBy(() => normalizeLocale(text)).hint).toContain(reason);
	});
});
