import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { cpanelDoor, whmDoor } from '../shared/cpanel/accounts';
import type { Door } from '../shared/cpanel/accounts';
import { domainOwners } from '../shared/cpanel/accounts/domainOwners';
import type { Connection } from '../shared/cpanel/calls/exchange';
import { noAccount, parseAccount } from '../shared/cpanel/input/account';
import { readCredential, readWhmCredential } from '../shared/cpanel/input/credentials';
import type { WhmCredential } from '../shared/cpanel/input/credentials';
import { badInput } from '../shared/errors';

/** Whose cPanel account something is about: the owner's of a domain, one that must be named, or nobody's. */
export type Concern = { domain: string } | 'account' | 'nothing';

/** The credential that the node signs in with, for one execution, and the doors it opens. */
export interface Entrance {
	allowUnauthorizedCerts: boolean;
	/** Where the user finds the switch that accepts unverified certificates. */
	certificateSwitch: string;
	/** The user of WHM, where that is who signs in. */
	whm?: WhmCredential;
	/**
	 * The door for an item. Sends nothing.
	 *
	 * @param account reads what “cPanel Account” says, a field that is there with WHM only
	 * @throws {CpanelError} of kind `input` when nothing tells which account the item is about
	 */
	doorFor(concern: Concern, account: () => string): Door;
	/** Gives back what the doors keep at the server. Never rejects. */
	close(connection: Connection): Promise<void>;
}

/**
 * Reads the credential that belongs to the choice under “Authentication”. Sends nothing.
 *
 * @throws {CpanelError} of kind `input` for a credential that is not usable
 */
export async function openEntrance(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	authentication: unknown,
): Promise<Entrance> {
	if (authentication === 'whm') {
		return whmEntrance(readWhmCredential(await context.getCredentials('cpanelWhmApi')));
	}
	if (authentication !== 'cpanelAccount') {
		throw badInput('“Authentication” has no such choice', 'Choose one from the list.');
	}
	const credential = readCredential(await context.getCredentials('cpanelApi'));
	const door = cpanelDoor(credential);
	return {
		allowUnauthorizedCerts: credential.allowUnauthorizedCerts,
		certificateSwitch: 'in the cPanel credential',
		doorFor: () => door,
		close: async (connection) => await door.close(connection),
	};
}

function whmEntrance(credential: WhmCredential): Entrance {
	const findOwner = domainOwners(credential);
	return {
		allowUnauthorizedCerts: credential.allowUnauthorizedCerts,
		certificateSwitch: 'in the WHM credential',
		whm: credential,
		doorFor(concern, account) {
			if (concern === 'nothing') return whmDoor(credential, undefined, findOwner);
			const user = parseAccount(account());
			if (user !== undefined) return whmDoor(credential, { user }, findOwner);
			if (concern === 'account') throw noAccount();
			return whmDoor(credential, concern, findOwner);
		},
		async close() {},
	};
}
