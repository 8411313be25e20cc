import { ExpressionError, NodeOperationError, UserError } from 'n8n-workflow';

import { storedCredential } from '../../nodes/shared/n8n/openAccounts';
import { NODE } from './node';

const reading = async (error: Error): Promise<unknown> =>
	await storedCredential({ getCredentials: async () => await Promise.reject(error) }, 'cpanelApi');

it('is handed out as it is stored', async () => {
	const stored = { server: 'cpanel.example.com' };
	const context = { getCredentials: async <T extends object>() => stored as T };
	expect(await storedCredential(context, 'cpanelApi')).toBe(stored);
});

it.each<[string, Error, RegExp, RegExp]>([
	[
		'was deleted',
		new UserError('Credential with ID "7" does not exist for type "cpanelApi".'),
		/no longer exists/,
		/Choose another one/,
	],
	[
		'was not chosen',
		new NodeOperationError(NODE, 'Node does not have any credentials set'),
		/has no credential/,
		/Choose one/,
	],
	[
		'cannot be decrypted',
		new Error('Credentials could not be decrypted: secret-of-the-key'),
		/could not read the credential/,
		/save it/,
	],
])('that %s is told of in our own words', async (_, error, message, hint) => {
	const told: unknown = await reading(error).catch((thrown: unknown) => thrown);
	expect(told).toMatchObject({
		kind: 'input',
		message: expect.stringMatching(message),
		hint: expect.stringMatching(hint),
	});
	expect(JSON.stringify(told)).not.toMatch(/SECRET|secret-of-the-key/);
});

it('whose expression cannot be resolved says so itself', async () => {
	const error = new ExpressionError('no path back');
	await expect(reading(error)).rejects.toBe(error);
});
