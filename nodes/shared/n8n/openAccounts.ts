import { NodeOperationError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { cpanelAccount, whmAccount } from '../cpanel/accounts';
import type { Account } from '../cpanel/accounts';
import { domainOwners } from '../cpanel/accounts/whmAccount';
import type { Channel } from '../cpanel/api/send';
import { noAccount, parseAccountName } from '../cpanel/input/account';
import { readCpanelCredential, readWhmCredential } from '../cpanel/input/credentials';
import type { CpanelCredential, WhmCredential } from '../cpanel/input/credentials';
import { badInput } from '../errors';
import type { CpanelError } from '../errors';
import { credentialKey, refusedCredentials } from './lockout/recentRefusals';
import type { ParameterReader } from './parameters';

/** The accounts that the credential of a node leads to, for one execution. */
export interface Accounts {
	/** Names the credential, see `credentialKey`. */
	credentialKey: string;
	allowUnauthorizedCerts: boolean;
	/** Where the user finds the switch that accepts unverified certificates. */
	certificateSwitch: string;
	/** Does something as the user of WHM, where that is who signs in. */
	asWhm?: <Result>(act: (whm: WhmCredential) => Promise<Result>) => Promise<Result>;
	/**
	 * The account of the credential; with WHM, the one that “cPanel Account” names. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input` where the field is empty or names none
	 */
	byName(item: ParameterReader): Account;
	/** As {@link byName}; with WHM and an empty “cPanel Account”, the owner of the domain. Sends nothing. */
	owning(domain: string, item: ParameterReader): Account;
	/** Gives back what the accounts keep at the server. Never rejects. */
	close(channel: Channel): Promise<void>;
}

/** Asks a server with the credential of a node. */
type Guard = <Result>(ask: () => Promise<Result>) => Promise<Result>;

/**
 * Reads the credential that belongs to the choice under “Authentication”, once. Sends nothing. A credential that a
 * server refused a moment ago is not shown to it again: whatever is asked of its accounts is told so.
 *
 * @param authentication what the field holds
 * @param options.isGuarded false for a caller that has a guard of its own over the same memory: a `SignInGate`
 * @throws {CpanelError} of kind `input` for a credential that is not usable
 */
export async function openAccounts(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	authentication: unknown,
	{ isGuarded = true } = {},
): Promise<Accounts> {
	if (authentication !== 'whm' && authentication !== 'cpanelAccount') {
		throw badInput('“Authentication” has an unknown value', 'Choose one from the list.');
	}
	const isWhm = authentication === 'whm';
	const stored = await storedCredential(context, isWhm ? 'cpanelWhmApi' : 'cpanelApi');
	const key = credentialKey(stored);
	const guard: Guard = async (ask) =>
		isGuarded ? await refusedCredentials.guard(key, ask) : await ask();
	const accounts = isWhm
		? whmAccounts(readWhmCredential(stored), guard)
		: cpanelAccounts(readCpanelCredential(stored), guard);
	return { credentialKey: key, ...accounts };
}

type UnnamedAccounts = Omit<Accounts, 'credentialKey'>;

function cpanelAccounts(credential: CpanelCredential, guard: Guard): UnnamedAccounts {
	const account = guarded(cpanelAccount(credential), guard);
	return {
		allowUnauthorizedCerts: credential.allowUnauthorizedCerts,
		certificateSwitch: 'in the cPanel credential',
		byName: () => account,
		owning: () => account,
		close: async (channel) => await account.close(channel),
	};
}

function whmAccounts(credential: WhmCredential, guard: Guard): UnnamedAccounts {
	const lookUpOwner = domainOwners(credential);
	const chosen = (item: ParameterReader): Account | undefined => {
		const user = parseAccountName(item.locator('account'));
		return user === undefined ? undefined : whmAccount(credential, { user }, lookUpOwner);
	};
	return {
		allowUnauthorizedCerts: credential.allowUnauthorizedCerts,
		certificateSwitch: 'in the WHM credential',
		asWhm: async (act) => await guard(async () => await act(credential)),
		byName(item) {
			const account = chosen(item);
			if (account === undefined) throw noAccount();
			return guarded(account, guard);
		},
		owning(domain, item) {
			return guarded(chosen(item) ?? whmAccount(credential, { domain }, lookUpOwner), guard);
		},
		async close() {},
	};
}

/** The same account, asked by way of the guard. */
function guarded(account: Account, guard: Guard): Account {
	return {
		server: account.server,
		call: async (channel, wanted) => await guard(async () => await account.call(channel, wanted)),
		openSession: async (channel) => await guard(async () => await account.openSession(channel)),
		close: async (channel) => await account.close(channel),
	};
}

/**
 * Reads a credential of the node as n8n stores it. Why n8n has none is told in our own words: its own error carries
 * the node along, with what was typed into it.
 *
 * @param type its name in n8n
 * @throws {CpanelError} of kind `input` where there is none that can be read, and n8n's error for an expression
 */
export async function storedCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(type);
	} catch (error) {
		throw isOfExpression(error) ? error : missing(error);
	}
}

function missing(error: unknown): CpanelError {
	const words = error instanceof Error ? error.message : '';
	if (/does not exist/i.test(words)) {
		return badInput(
			'The credential of this node no longer exists',
			'It was deleted, or the workflow comes from another n8n instance. Choose another one under “Credential”, or create it.',
		);
	}
	return error instanceof NodeOperationError
		? badInput('This node has no credential', 'Choose one under “Credential”, or create it.')
		: badInput(
				'n8n could not read the credential of this node',
				'Open the credential, enter its secrets once more and save it. If that does not help, ask the administrator of this n8n instance to look at its log.',
			);
}

/** Whether an expression of the user's is what went wrong; n8n says how. */
export function isOfExpression(error: unknown): boolean {
	return error instanceof Error && error.name === 'ExpressionError';
}
