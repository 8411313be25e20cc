import { inspect } from 'node:util';
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { CpanelError } from '../../nodes/shared/errors';
import type { CpanelErrorKind } from '../../nodes/shared/errors';
import { toItemText, toNodeError } from '../../nodes/shared/n8n/nodeErrors';

const NODE: INode = {
	id: '1',
	name: 'cPanel Session',
	type: 'cpanelSession',
	typeVersion: 1,
	position: [0, 0],
	parameters: { password: 'SECRET' },
};

describe('an error for n8n', () => {
	it.each<[CpanelErrorKind, typeof NodeApiError | typeof NodeOperationError]>([
		['input', NodeOperationError],
		['credential', NodeApiError],
		['signIn', NodeApiError],
		['refusal', NodeApiError],
		['answer', NodeApiError],
		['connection', NodeApiError],
	])('is of n8n’s own kind for: %s', (kind, type) => {
		const error = toNodeError(new CpanelError(kind, 'It failed', { hint: 'Do this.' }), NODE, 3);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({
			message: 'It failed',
			description: 'Do this. [Item 3]',
			context: { itemIndex: 3 },
			node: { name: 'cPanel Session' },
		});
	});

	it.each([
		[401, '401'],
		[undefined, null],
	])('has the status of the answer: %p', (httpStatus, httpCode) => {
		const error = new CpanelError('answer', 'x', { hint: 'y', httpStatus });
		expect(toNodeError(error, NODE)).toMatchObject({ httpCode });
	});

	it('has a plain hint where no item is concerned', () => {
		const error = toNodeError(new CpanelError('refusal', 'x', { hint: 'Do this.' }), NODE);
		expect(error.description).toBe('Do this.');
	});

	it('is left as it is when n8n made it, but for the item', () => {
		const own = new NodeOperationError(NODE, 'x', { itemIndex: 7 });
		expect(toNodeError(own, NODE, 3)).toBe(own);
		expect(own.context.itemIndex).toBe(7);
		const unnumbered = new NodeApiError(NODE, {}, { message: 'x' });
		expect(toNodeError(unnumbered, NODE, 3)).toBe(unnumbered);
		expect(unnumbered.context.itemIndex).toBe(3);
	});

	it('tells what is wrong with an expression', () => {
		const error = toNodeError(new ExpressionError('Referenced node is unexecuted'), NODE, 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('Referenced node is unexecuted');
		expect(error.description).toMatch(/^Check the expressions/);
	});

	it.each<[string, unknown, string]>([
		['an error', new TypeError('SECRET'), 'TypeError'],
		['a text', 'SECRET', 'string'],
		['an object', { SECRET: 'SECRET' }, 'object'],
		['nothing', undefined, 'undefined'],
		[
			'an error with a request on it',
			Object.assign(new Error('SECRET', { cause: 'SECRET' }), { config: { data: 'SECRET' } }),
			'Error',
		],
	])('tells only the kind of what nobody expected: %s', (_case, thrown, kind) => {
		const error = toNodeError(thrown, NODE, 0);
		expect(error.message).toBe(`The node came across something it does not expect (${kind})`);
		expect(error.description).toMatch(/^Please report this/);
		expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('SECRET');
		expect(toItemText(thrown)).not.toContain('SECRET');
	});

	it.each<CpanelErrorKind>(['input', 'refusal'])(
		'carries nothing that was typed into the node: %s',
		(kind) => {
			const error = toNodeError(new CpanelError(kind, 'x', { hint: 'y' }), NODE, 0);
			expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('SECRET');
			expect(NODE.parameters).toEqual({ password: 'SECRET' });
		},
	);
});

describe('an error as a text', () => {
	it('says what happened and what to do', () => {
		const error = new CpanelError('refusal', 'It failed', { hint: 'Do this.' });
		expect(toItemText(error)).toBe('It failed. Do this.');
	});

	it('is the message of any other error', () => {
		expect(toItemText(new NodeOperationError(NODE, 'Other'))).toBe('Other');
	});
});
