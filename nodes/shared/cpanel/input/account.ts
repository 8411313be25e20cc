import { badInput } from '../../errors';
import type { CpanelError } from '../../errors';
import { findDisallowed, cleanPasted } from './characters';

/** Whatever can be typed on a plain keyboard, but for what only domains, addresses and paths have. */
const ACCOUNT_CHARACTER = /[\x21-\x7e](?<![:/@.,;])/;

/**
 * Reads the name of a cPanel account.
 *
 * @returns undefined for an empty text: the domain of the item decides
 * @throws {CpanelError} of kind `input`
 */
export function parseAccountName(text: string): string | undefined {
	const account = cleanPasted(text);
	if (account === '') return undefined;
	const odd = findDisallowed(account, ACCOUNT_CHARACTER);
	if (odd !== undefined) {
		throw badInput(
			'“cPanel Account” is not the name of an account',
			`It contains ${odd}. Enter the user name of the account, not its domain. If you leave it empty, the node looks up the owner of the domain.`,
		);
	}
	return account;
}

/** What an item is refused with before anything is sent: nothing tells which account it is about. */
export function noAccount(): CpanelError {
	return badInput(
		'“cPanel Account” is empty',
		'Choose the account that WHM acts for. You can leave it empty only if you enter a domain.',
	);
}
