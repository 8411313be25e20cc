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
		'a'.repeat(9),
		`${'a_'.repeat(100_000)}!`,
	])('is not %j', (text) => {
		expect(thrownBy(() => normalizeLocale(text))).toMatchObject({
			kind: 'input',
			message: '“Locale” is not a locale',
		});
	});
});
