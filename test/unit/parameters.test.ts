import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	formParameters,
	itemParameters,
	concurrencyParameter,
	timeoutParameter,
} from '../../nodes/shared/n8n/parameters';
import type { ParameterReader } from '../../nodes/shared/n8n/parameters';
import { thrownBy } from './thrown';

const FIELDS: INodeProperties[] = [
	{ displayName: 'Host', name: 'host', type: 'string', default: '' },
	{ displayName: 'Domain', name: 'domain', type: 'resourceLocator', default: '' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 30 },
			{ displayName: 'Max Concurrency', name: 'maxConcurrency', type: 'number', default: 5 },
			{
				displayName: 'Ignore SSL Issues',
				name: 'allowUnauthorizedCerts',
				type: 'boolean',
				default: false,
			},
		],
	},
	{
		displayName: 'People',
		name: 'people',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Person',
				name: 'person',
				values: [{ displayName: 'First Name', name: 'first', type: 'string', default: '' }],
			},
		],
	},
];

/** An item whose parameters all have this value; those that were not set have their default. */
function itemWith(value: unknown): { item: ParameterReader; read: jest.Mock } {
	const read = jest.fn((_name: string, _item: number, fallback: unknown) => value ?? fallback);
	const context = { getNodeParameter: read } as unknown as IExecuteFunctions;
	return { item: itemParameters(context, 3, FIELDS), read };
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
		[['a'], 'a'],
	])('reads %j as %j', (value, text) => {
		const { item, read } = itemWith(value);
		expect(item.text('host')).toBe(text);
		expect(item.locator('domain')).toBe(text);
		expect(read.mock.calls).toEqual([
			['host', 3, ''],
			['domain', 3, '', { extractValue: true }],
		]);
	});

	it.each([
		['host', '“Host” contains an object'],
		['people.person.first', '“First Name” contains an object'],
		['options.unheardOf', '“unheardOf” contains an object'],
		['unheardOf.inside', '“inside” contains an object'],
	])('%s is refused by the name that the form shows', (name, message) => {
		const refusal = { kind: 'input', message: expect.stringContaining(message) };
		const { item } = itemWith({ a: 1 });
		expect(thrownBy(() => item.text(name))).toMatchObject(refusal);
		expect(thrownBy(() => item.joined(name))).toMatchObject(refusal);
		expect(thrownBy(() => item.list(name))).toMatchObject(refusal);
		expect(thrownBy(() => item.locator(name))).toMatchObject(refusal);
		expect(thrownBy(() => item.choice(name, ['a']))).toMatchObject(refusal);
	});

	it('may be several', () => {
		expect(itemWith(['a', 'b']).item.joined('host')).toBe('a, b');
		expect(itemWith('a\nb').item.list('host')).toEqual(['a', 'b']);
	});

	it('may be a locator that is none of the ways the field has', () => {
		expect(itemWith({ __rl: true, mode: 'url', value: 'a' }).item.locator('domain')).toBe('a');
		expect(
			thrownBy(() => itemWith({ __rl: true, value: ['a', 'b'] }).item.locator('domain')).message,
		).toContain('“Domain” contains a list');
		expect(thrownBy(() => itemWith({ value: 'a' }).item.locator('domain')).message).toContain(
			'“Domain” contains an object',
		);
	});

	it('of the form in the editor is read without an item', () => {
		const read = jest.fn(() => 'abc');
		const form = formParameters({ getNodeParameter: read }, FIELDS);
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
		['true', true],
		[undefined, false],
	])('that is %j is read as %j', (value, isOn) => {
		expect(itemWith(value).item.switch('options.allowUnauthorizedCerts')).toBe(isOn);
	});

	it('may be on unless told otherwise', () => {
		expect(itemWith(undefined).item.switch('options.allowUnauthorizedCerts', true)).toBe(true);
		expect(itemWith(0).item.switch('options.allowUnauthorizedCerts', true)).toBe(false);
	});

	it('is refused by name for anything else', () => {
		const { item } = itemWith('perhaps');
		expect(thrownBy(() => item.switch('options.allowUnauthorizedCerts')).message).toBe(
			'“Ignore SSL Issues” is neither on nor off',
		);
	});
});

describe('a choice', () => {
	it.each(['get', ' GET ', ['Get']])('that is %j is found', (value) => {
		expect(itemWith(value).item.choice('host', ['get', 'post'])).toBe('get');
	});

	it.each(['put', '', undefined])('is not %j', (value) => {
		expect(thrownBy(() => itemWith(value).item.choice('host', ['get', 'post']))).toMatchObject({
			kind: 'input',
			message: '“Host” has an unknown value',
		});
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

	it('may have another default', () => {
		expect(timeoutParameter(itemWith(undefined).item, 20)).toBe(20_000);
		expect(timeoutParameter(itemWith(null).item)).toBe(30_000);
	});

	it.each([
		[NaN, '“Timeout” contains a value that is not a number'],
		['soon', '“Timeout” is not a number'],
		['', '“Timeout” is empty'],
		[{}, '“Timeout” contains an object'],
	])('is no number in %j', (value, message) => {
		expect(thrownBy(() => timeoutParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
		});
	});

	it.each([0, -1, 300.1, Infinity])('is not %j', (value) => {
		expect(thrownBy(() => timeoutParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: '“Timeout” is out of range',
			hint: expect.stringContaining('at most 300'),
		});
	});
});

describe('the most requests at once', () => {
	it.each([
		[undefined, 32],
		[1, 1],
		['7', 7],
		[100, 100],
	])('of %j is %i', (value, concurrency) => {
		const { item, read } = itemWith(value);
		expect(concurrencyParameter(item)).toBe(concurrency);
		expect(read).toHaveBeenCalledWith('options.maxConcurrency', 3, 32);
	});

	it.each([NaN, 'many', '', {}])('is no number in %j', (value) => {
		expect(thrownBy(() => concurrencyParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: expect.stringMatching(/^“Max Concurrency” (is|contains) /),
		});
	});

	it.each([0, -1, 101, 2.5])('is not %j', (value) => {
		expect(thrownBy(() => concurrencyParameter(itemWith(value).item))).toMatchObject({
			kind: 'input',
			message: '“Max Concurrency” is out of range',
			hint: expect.stringContaining('from 1 to 100'),
		});
	});
});
