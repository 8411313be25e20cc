import {
	foreignJson,
	isRecord,
	parseJson,
	readJson,
	records,
	texts,
} from '../../nodes/shared/cpanel/response/json';
import { response } from './fakeTransport';
import { ours, thrownBy } from './thrown';

const HOST = 'cpanel.example.com:2083';
const read = (body: string, contentType?: string): unknown =>
	readJson(response({ body, contentType, status: 404 }), HOST);
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('JSON', () => {
	it.each<[string, unknown]>([
		['{"a":[1,"x"]}', { a: [1, 'x'] }],
		['\uFEFF {"a":1}', { a: 1 }],
		[' null ', null],
		['7', 7],
	])('is read from %j, whatever it is called', (body, value) => {
		expect(read(body, 'text/html')).toEqual(value);
		expect(parseJson(body)).toEqual(value);
	});

	it.each<[string, string]>([
		['', 'sent an empty response'],
		[' \r\n', 'sent an empty response'],
		['{"a":', 'sent an incomplete response'],
		[' [1,', 'sent an incomplete response'],
		['x{', 'answered with something that is not JSON'],
		['x', 'answered with something that is not JSON'],
		[nested(33), 'sent a response that is nested deeper than any cPanel response'],
	])('is not %j', (body, message) => {
		expect(thrownBy(() => read(body))).toMatchObject({
			kind: 'answer',
			httpStatus: 404,
			message: `${HOST} ${message}`,
		});
		expect(parseJson(body)).toBeUndefined();
	});

	it('begins with a mark of its byte order at most', () => {
		expect(parseJson('{"a":"b\uFEFFc"}')).toEqual({ a: 'b\uFEFFc' });
		expect(parseJson('{\uFEFF}')).toBeUndefined();
	});

	it.each([
		['text/html', ' (text/html)'],
		['TEXT/HTML; charset=utf-8', ' (text/html)'],
		[' application/pdf ', ' (application/pdf)'],
		['text/html-made-up', ''],
		['x text/html', ''],
		['made/up', ''],
		['', ''],
		[undefined, ''],
	])('is told apart by a type that servers have: %j', (contentType, told) => {
		expect(thrownBy(() => read('x', contentType)).message).toBe(
			`${HOST} answered with something${told} that is not JSON`,
		);
	});

	it('of somebody else is told as that', () => {
		expect(ours(foreignJson(HOST, 'WHM', 200))).toMatchObject({
			kind: 'answer',
			httpStatus: 200,
			message: `${HOST} sent JSON that is not a response from WHM`,
		});
	});
});

describe('the depth of JSON', () => {
	it.each([
		['32 levels', nested(32)],
		['many, one after the other', `[${'[],{},'.repeat(100)}1]`],
		['brackets in a text', JSON.stringify(nested(40))],
		['brackets in a text behind a quote', JSON.stringify(`"${nested(40)}`)],
		['brackets in a text behind a backslash', JSON.stringify(`\\"${nested(40)}`)],
		['brackets in a name', JSON.stringify({ ['{'.repeat(40)]: 1 })],
	])('may be that of %s', (_case, text) => {
		expect(parseJson(text)).toEqual(JSON.parse(text));
		expect(read(text)).toEqual(JSON.parse(text));
	});

	it.each([
		['33 lists', nested(33)],
		['33 records', '{"a":'.repeat(33) + '1' + '}'.repeat(33)],
		['33 of both', '{"a":['.repeat(16) + '[1]' + ']}'.repeat(16)],
		['33 behind a text', `["x",${nested(32)}]`],
		['33 behind a text that ends with a backslash', `["\\\\",${nested(32)}]`],
		['a million that are never closed', '['.repeat(1_000_000)],
	])('may not be that of %s', (_case, text) => {
		expect(parseJson(text)).toBeUndefined();
		expect(thrownBy(() => read(text)).message).toContain('nested deeper');
	});
});

describe('the texts of a field', () => {
	it.each<[unknown, string[]]>([
		['x', ['x']],
		[
			['x', 'y'],
			['x', 'y'],
		],
		[
			['x', 1, null, {}, ['y'], 'z'],
			['x', 'z'],
		],
		[null, []],
		[undefined, []],
		[{ a: 'x' }, []],
		[
			['0', '1', '2', '3', '4', '5', '6'],
			['0', '1', '2', '3', '4'],
		],
		[[...Array.from({ length: 49 }, () => 1), 'last'], ['last']],
		[[...Array.from({ length: 50 }, () => 1), 'beyond'], []],
	])('are read from %j', (value, found) => expect(texts(value)).toEqual(found));
});

describe('the records of a list', () => {
	it.each<[unknown, unknown[]]>([
		[
			[{ a: 1 }, 1, null, [2], 'x', {}],
			[{ a: 1 }, {}],
		],
		[{ a: 1 }, []],
		['x', []],
		[null, []],
	])('are read from %j', (data, found) => expect(records(data)).toEqual(found));

	it.each<[unknown, boolean]>([
		[{}, true],
		[[], false],
		[null, false],
		['x', false],
		[undefined, false],
	])('are records, and nothing else is: %j', (value, is) => expect(isRecord(value)).toBe(is));
});
