import type { IExecuteFunctions } from 'n8n-workflow';

import { openAccounts } from '../../nodes/shared/n8n/accounts';
import type { ParameterReader } from '../../nodes/shared/n8n/parameters';
import { rejectionOf, thrownBy } from './thrown';

const STORED = {
	cpanelApi: { server: 'cpanel.example.com', username: 'alice', apiToken: 'T0KEN' },
	cpanelWhmApi: { server: 'whm.example.com', username: 'root', apiToken: 'T0KEN' },
};

const context = {
	getCredentials: async (type: keyof typeof STORED) => STORED[type],
} as unknown as IExecuteFunctions;

/** An item whose “cPanel Account” says this. */
function itemWith(account: string): ParameterReader {
	return { locator: () => account } as unknown as ParameterReader;
}

describe('the accounts of a credential', () => {
	it('are one with a cPanel credential, whatever the item says', async () => {
		const accounts = await openAccounts(context, 'cpanelAccount');
		const account = accounts.named(itemWith('somebody'));
		expect(account.server.origin).toBe('https://cpanel.example.com:2083');
		expect(accounts.owning('example.com', itemWith(''))).toBe(account);
		expect(accounts.asWhm).toBeUndefined();
	});

	it('with WHM are those that items name, or the owners of domains', async () => {
		const accounts = await openAccounts(context, 'whm');
		expect(await accounts.asWhm?.(async (whm) => whm)).toMatchObject({ username: 'root' });
		const origin = 'https://whm.example.com:2087';
		expect(accounts.named(itemWith('alice')).server.origin).toBe(origin);
		expect(accounts.owning('example.com', itemWith('')).server.origin).toBe(origin);
		expect(accounts.owning('example.com', itemWith('alice')).server.origin).toBe(origin);
	});

	it('with WHM are none where nothing tells', async () => {
		const accounts = await openAccounts(context, 'whm');
		expect(thrownBy(() => accounts.named(itemWith('')))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is empty',
		});
		expect(thrownBy(() => accounts.owning('example.com', itemWith('a b')))).toMatchObject({
			kind: 'input',
			message: '“cPanel Account” is not the name of an account',
		});
	});

	it('are none for a way of signing in that is not offered', async () => {
		expect(await rejectionOf(openAccounts(context, 'other'))).toMatchObject({
			kind: 'input',
			message: '“Authentication” has no such choice',
		});
	});
});
