import { inspect } from 'node:util';
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CpanelError } from '../../nodes/shared/errors';
import type { CpanelErrorKind } from '../../nodes/shared/errors';
import {
	toCause,
	toItemMessage,
	toItemText,
	toListError,
	toNodeError,
} from '../../nodes/shared/n8n/nodeErrors';
import { NODE } from './node';

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
			description: 'Do this.',
			context: { itemIndex: 3 },
			node: { name: 'cPanel Session' },
		});
	});

	it.each([
		[401, '401'],
		[300, '300'],
		[200, null],
		[undefined, null],
	])('has the status of the answer: %p', (httpStatus, httpCode) => {
		const error = new CpanelError('answer', 'x', { hint: 'y', httpStatus });
		expect(toNodeError(error, NODE)).toMatchObject({ httpCode });
	});

	it('has no blanks for what it does not say', () => {
		const error = new CpanelError('refusal', 'x', { hint: '', details: 'Words' });
		expect(toNodeError(error, NODE, 0).description).toBe('Words.');
		expect(toNodeError(error, NODE, 0, '').description).toBe('Words.');
	});

	it('has a plain hint where no item is concerned', () => {
		const error = toNodeError(new CpanelError('refusal', 'x', { hint: 'Do this.' }), NODE);
		expect(error.description).toBe('Do this.');
	});

	it('says its words again when n8n made it, without what hangs on it', () => {
		const own = new NodeOperationError(NODE, 'x', { itemIndex: 7, description: 'y' });
		expect(toNodeError(own, NODE, 3)).toMatchObject({
			message: 'x',
			description: 'y',
			context: { itemIndex: 7 },
		});
		expect(toNodeError(new NodeOperationError(NODE, 'x'), NODE, 3).description).toBeUndefined();
		const unnumbered = new NodeApiError(NODE, { SECRET: 'SECRET' }, { message: 'x' });
		const error = toNodeError(unnumbered, NODE, 3);
		expect(error).toMatchObject({ message: 'x', context: { itemIndex: 3 } });
		for (const made of [error, toNodeError(own, NODE, 3)]) {
			expect(inspect(made, { depth: 20, showHidden: true })).not.toContain('SECRET');
		}
	});

	it('says what became of a credential that was deleted', () => {
		const gone = Object.assign(new Error('Credential with ID "1" …'), {
			name: 'CredentialNotFoundError',
		});
		expect(toNodeError(gone, NODE, 0)).toMatchObject({
			message: 'The credential that this node names does not exist',
			description: expect.stringContaining('Choose another credential'),
		});
	});

	it('has the server’s own words below, and in the details that the editor unfolds', () => {
		const details = 'cPanel refused x::y: No. Error ID: abc123';
		const error = new CpanelError('refusal', 'It failed', { hint: 'Do this.', details });
		const made = toNodeError(error, NODE, 0, 'Note.');
		expect(made.description).toBe(`Do this. Note. ${details}.`);
		expect(made.messages).toEqual([details]);
		expect(toItemText(error)).toBe(`It failed. Do this. ${details}.`);
	});

	it.each([
		['a tag', 'a <b>bold</b> word'],
		['a tag inside a tag', 'x <a<b> href="https://evil.example">Sign in</a<b>>'],
		['a half of one', 'x <img src=x onerror=alert(1)'],
		['a reference that is decoded', 'x > y < z'],
		['marks of direction', 'x \u202Egpj.exe\u202C \u2066y\u2069'],
		['what does not show', 'x\u200By\u00ADz\uFEFF'],
	])('shows nobody %s', (_case, text) => {
		const error = new CpanelError('refusal', text, { hint: text, details: text });
		const made = toNodeError(error, NODE, 0, text);
		const shown = [made.message, made.description, ...made.messages, toItemText(error)].join('');
		expect(shown).not.toMatch(/[<>\p{Cf}\p{Cc}]/u);
	});

	it('is short, whatever it is made of', () => {
		const error = new CpanelError('refusal', 'x'.repeat(1e6), { hint: 'y'.repeat(1e6) });
		const made = toNodeError(error, NODE, 0);
		expect(made.message.length + (made.description?.length ?? 0)).toBeLessThan(5_000);
		expect(toItemText(error).length).toBeLessThan(5_000);
	});

	it('has its remedy with it where n8n shows the message alone', () => {
		const error = new CpanelError('refusal', 'It failed', { hint: 'Do this.' });
		expect(toListError(error, NODE).message).toBe('It failed. Do this.');
		expect(toListError(new NodeOperationError(NODE, 'Other'), NODE).message).toBe('Other');
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
		expect(error.message).toBe(`The node encountered an unexpected error (${kind})`);
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
		expect(toItemText(new NodeApiError(NODE, {}, { message: 'Other' }))).toBe('Other');
	});

	it('is repeated as it is where it came in with the item', () => {
		expect(toItemText(new CpanelError('input', 'No such user', { hint: '' }))).toBe('No such user');
	});

	it('says what happened alone where the next step stands elsewhere', () => {
		const error = new CpanelError('refusal', 'It failed for <anna>', {
			hint: 'Do this.',
			summary: 'It <failed>',
		});
		expect(toItemMessage(error)).toBe('It failed for anna');
		expect(toCause(error)).toBe('It failed');
		expect(toCause(new NodeOperationError(NODE, 'Other'))).toBe('Other');
	});
});
