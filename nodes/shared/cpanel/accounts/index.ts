import type { Account } from '../calls/account';
import type { CpanelCredential } from '../input/credentials';
import { passwordAccount } from './password';
import { signInAccount } from './signIn';
import { tokenAccount } from './token';

export type { Account } from '../calls/account';
export { whmAccount } from './whm';

/**
 * The account of a cPanel credential, with the way of signing in that the credential says.
 *
 * @example
 * const account = cpanelAccount(readCpanelCredential(stored));
 * const session = await createWebmailSessionForSelf(channel, account, {});
 */
export function cpanelAccount(credential: CpanelCredential): Account {
	switch (credential.authentication) {
		case 'apiToken':
			return tokenAccount(credential);
		case 'password':
			return passwordAccount(credential);
		case 'session':
			return signInAccount(credential);
	}
}
