import type { IExecuteFunctions } from 'n8n-workflow';

import {
	formParameters,
	itemParameters,
	lanesParameter,
	timeoutParameter,
} from '../../nodes/shared/n8n/parameters';
import type { ParameterReader } from '../../nodes/shared/n8n/parameters';
import { thrownBy } from './thrown';

/** An item whose parameters all have this value; those that were not set have their default. */
function itemWith(value: unknown): { item: ParameterReader; read: jest.Mock } {
	const read = jest.fn((_name: string, _item: number, fallback: unknown) => value ?? fallback);
	const context = { getNodeParameter: read } as unknown as IExecuteFunctions;
	return { item: itemParameters(context, 3), read };
}

describe('a text parameter', () => {
	it.each([
		['abc', 'abc'],
		[' a ', ' a '],
		['', ''],
		[7, '7'],
		[0, '0'],
		[undefined, ''],
		[null, ''],
		[true, ''],
		[{ a: 1 }, ''],
		[['a'], ''],
	])('reads %j as %j', (value, text) => {
		const { item, read } = itemWith(value);
		expect(item.text('host')).toBe(text);
		expect(item.locator('domain')).toBe(text);
		expect(read.mock.calls).toEqual([
			['host', 3, ''],
			['domain', 3, '', { extractValue: true }],
		]);
	});

	it('of the form in the editor is read without an item', () => {
		const read = jest.fn(() => 'abc');
		const form = formParameters({ getNodeParameter: read });
		expect([form.text('host'), form.locator('domain')]).toEqual(['abc', 'abc']);
		expect(read.mock.calls).toEqual([
			['host', ''],
			['domain', '', { extractValue: true }],
		]);
	});
});

describe('a switch', () => {
	it.each([
		[true, true],
		[false, false],
		[undefined, false],
	])('that is %j is read as %j', (value, isOn) => {
		expect(itemWith(value).item.switch('options.allowUnauthorizedCerts')).toBe(isOn);
	});
});

describe('the timeout', () => {
	it.each([
		[undefined, 30_000],
		[1, 1_000],
		['5', 5_000],
		[0.25, 250],
		[300, 300_000],
	])('of %j seconds', (value, milliseconds) => {
		const { item, read } = itemWith(value);
		expect(timeoutParameter(item)).toBe(milliseconds);
		expect(read).toHaveBeenCalledWith('options.timeout', 3, 30);
	});

	it.each([0, -1, 300.1, Infinity, NaN, 'soon', '', {}])('is not %j', (value) => {
		expect(thrownBy(() => timeoutParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: '“Timeout” is out of range',
			hint: expect.stringContaining('at most 300'),
		});
	});
});

describe('the number of lanes', () => {
	it.each([
		[undefined, 5],
		[1, 1],
		['7', 7],
		[20, 20],
	])('of %j is %i', (value, lanes) => {
		const { item, read } = itemWith(value);
		expect(lanesParameter(item)).toBe(lanes);
		expect(read).toHaveBeenCalledWith('options.maxConcurrency', 3, 5);
	});

	it.each([0, -1, 21, 2.5, NaN, 'many', '', {}])('is not %j', (value) => {
		expect(thrownBy(() => lanesParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: '“Max Concurrency” is out of range',
			hint: expect.stringContaining('from 1 to 20'),
		});
	});
});
