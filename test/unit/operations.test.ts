import { chosenOperation, operationSubtitle } from '../../nodes/shared/n8n/operations';
import { thrownBy } from './thrown';

const LOG_IN = { option: { name: 'Log In', value: 'logIn' }, id: 1 };
const CREATE_LINK = { option: { name: 'Create "Link" of ä', value: 'createLink' }, id: 2 };
const OPERATIONS = [LOG_IN, CREATE_LINK];

type Context = Parameters<typeof chosenOperation>[0];

function nodeWith(operation: unknown): Context {
	return { getNodeParameter: () => operation } as unknown as Context;
}

describe('the chosen operation', () => {
	it('is found by its value', () => {
		expect(chosenOperation(nodeWith('createLink'), OPERATIONS)).toBe(CREATE_LINK);
	});

	it.each(['', 'Log In', 'toString', undefined, null, 0])('is none for %j', (value) => {
		expect(thrownBy(() => chosenOperation(nodeWith(value), OPERATIONS))).toMatchObject({
			kind: 'input',
			message: '“Operation” has no such choice',
		});
	});

	it.each(OPERATIONS)('shows its name under the node: $option.name', ({ option }) => {
		const subtitle = operationSubtitle(OPERATIONS);
		const [, names = '', rest] = /^=\{\{ \((.*)\)(\[.*\]) \}\}$/.exec(subtitle) ?? [];
		expect(rest).toBe('[$parameter["operation"]]');
		expect(JSON.parse(names)).toHaveProperty([String(option.value)], option.name);
	});
});
