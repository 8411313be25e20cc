import {
	chosenOperation,
	operationFields,
	operationSelector,
	operationSubtitle,
	sensitiveFields,
} from '../../nodes/shared/n8n/operations';
import { thrownBy } from './thrown';

const LOG_IN = { option: { name: 'Log In', value: 'logIn' }, id: 1 };
const CREATE_LINK = { option: { name: 'Create "Link" of ä', value: 'createLink' }, id: 2 };
const OPERATIONS = [LOG_IN, CREATE_LINK];

type Context = Parameters<typeof chosenOperation>[0];

function nodeWith(operation: unknown): Context {
	const getNodeParameter = (name: string) => (name === 'operation' ? operation : undefined);
	return { getNodeParameter } as unknown as Context;
}

describe('the chosen operation', () => {
	it('is found by its value', () => {
		expect(chosenOperation(nodeWith('createLink'), OPERATIONS)).toBe(CREATE_LINK);
	});

	it.each(['', 'Log In', 'toString', undefined, null, 0])('is none for %j', (value) => {
		expect(thrownBy(() => chosenOperation(nodeWith(value), OPERATIONS))).toMatchObject({
			kind: 'input',
			message: '“Operation” has an unknown value',
			hint: 'Choose one from the list.',
		});
	});

	it.each(OPERATIONS)('shows its name under the node: $option.name', ({ option }) => {
		const subtitle = operationSubtitle(OPERATIONS);
		const [, names = '', rest] = /^=\{\{ \((.*)\)(\[.*\]) \}\}$/.exec(subtitle) ?? [];
		expect(rest).toBe('[$parameter["operation"]]');
		expect(JSON.parse(names)).toHaveProperty([String(option.value)], option.name);
	});
});

describe('the operations of a node', () => {
	const all: Parameters<typeof operationFields>[0] = [
		{
			...LOG_IN,
			fields: [{ displayName: 'Host', name: 'host', type: 'string', default: '' }],
			sensitiveOutput: ['cookie', 'url'],
		},
		{ ...CREATE_LINK, fields: [], sensitiveOutput: ['url'] },
	];

	it('are chosen from a list, without an expression; the first is preselected', () => {
		expect(operationSelector(all)).toEqual({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [LOG_IN.option, CREATE_LINK.option],
			default: 'logIn',
		});
		expect(operationSelector([])).toMatchObject({ options: [], default: '' });
	});

	it('have fields that show for them only', () => {
		expect(operationFields(all)).toMatchObject([
			{ name: 'host', displayOptions: { show: { operation: ['logIn'] } } },
		]);
	});

	it('have each output field that opens a mailbox once', () => {
		expect(sensitiveFields(all)).toEqual(['cookie', 'url']);
	});
});
