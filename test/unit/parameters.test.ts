import type { IExecuteFunctions } from 'n8n-workflow';

import {
	lanesParameter,
	locatorParameter,
	textParameter,
	timeoutParameter,
} from '../../nodes/shared/n8n/parameters';
import { thrownBy } from './thrown';

type ParameterReader = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** A node whose parameters all have this value; those that were not set have their default. */
function nodeWith(value: unknown): { context: ParameterReader; read: jest.Mock } {
	const read = jest.fn((_name: string, _item: number, fallback: unknown) => value ?? fallback);
	return { context: { getNodeParameter: read } as unknown as ParameterReader, read };
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
		const { context, read } = nodeWith(value);
		expect(textParameter(context, 'host', 3)).toBe(text);
		expect(locatorParameter(context, 'domain', 4)).toBe(text);
		expect(read.mock.calls).toEqual([
			['host', 3, ''],
			['domain', 4, '', { extractValue: true }],
		]);
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
		const { context, read } = nodeWith(value);
		expect(timeoutParameter(context, 2)).toBe(milliseconds);
		expect(read).toHaveBeenCalledWith('options.timeout', 2, 30);
	});

	it.each([0, -1, 300.1, Infinity, NaN, 'soon', '', {}])('is not %j', (value) => {
		expect(thrownBy(() => timeoutParameter(nodeWith(value).context, 0))).toMatchObject({
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
	])('of %j is %i, read from the first item', (value, lanes) => {
		const { context, read } = nodeWith(value);
		expect(lanesParameter(context)).toBe(lanes);
		expect(read).toHaveBeenCalledWith('options.maxConcurrency', 0, 5);
	});

	it.each([0, -1, 21, 2.5, NaN, 'many', '', {}])('is not %j', (value) => {
		expect(thrownBy(() => lanesParameter(nodeWith(value).context))).toMatchObject({
			kind: 'input',
			message: '“Max Concurrency” is out of range',
			hint: expect.stringContaining('from 1 to 20'),
		});
	});
});
