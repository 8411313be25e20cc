import {
	normalizeSecurityToken,
	parseSecurityToken,
	securityTokenOf,
} from '../../nodes/shared/cpanel/input/loginTicket';
import { thrownBy } from './thrown';

describe('a security token', () => {
	it.each([
		['/cpsess2462418786', '/cpsess2462418786'],
		['cpsess2462418786', '/cpsess2462418786'],
		[' /cpsess0\n', '/cpsess0'],
		['/cpsess0123456789', '/cpsess0123456789'],
	])('is read from %j', (text, token) => {
		expect(normalizeSecurityToken(text)).toBe(token);
		expect(parseSecurityToken(text)).toBe(token);
	});

	it.each(['\u200b/cpsess24\u200b62418786', '“/cpsess2462418786”', '"cpsess2462418786"'])(
		'is read from %j, as it was copied',
		(text) => {
			expect(parseSecurityToken(text)).toBe('/cpsess2462418786');
		},
	);

	const OTHERS = [
		'/cpsess',
		'/CPSESS1',
		'//cpsess1',
		'/cpsess1/',
		'/cpsess1/login',
		'/cpsess1/../x',
		'/cpsess1?x',
		'/cpsess1#x',
		'/cpsess1@evil.example',
		'/cpsess1\n2',
		'/cpsess１',
		'/cpsess-1',
		'/cpsess1e9',
		'/x/cpsess1',
		'https://mail.example.com/cpsess1',
		'@evil.example/cpsess1',
		'.evil.example/cpsess1',
		`/cpsess${'1'.repeat(21)}`,
	];

	it.each(OTHERS)('is not %j', (text) => {
		expect(normalizeSecurityToken(text)).toBeUndefined();
		expect(thrownBy(() => parseSecurityToken(text))).toMatchObject({
			kind: 'input',
			message: '“Token” is not a security token of cPanel',
		});
	});

	it('is missing in an empty text', () => {
		expect(thrownBy(() => parseSecurityToken(' ')).message).toBe('“Token” is empty');
	});

	it.each([
		['/cpsess123', '/cpsess123'],
		['/cpsess123/webmail/jupiter/index.html', '/cpsess123'],
		['/cpsess123?x=1', '/cpsess123'],
		['/cpsess123#x', '/cpsess123'],
		['/cpsess123x/y', undefined],
		['/x/cpsess123', undefined],
		['//cpsess123', undefined],
		['cpsess123', undefined],
		['', undefined],
	])('starts the path %j: %j', (path, token) => {
		expect(securityTokenOf(path)).toBe(token);
	});
});
