import type { Account } from '../api/uapi';
import type { CpanelCredential } from '../input/credentials';
import { passwordAccount } from './passwordAccount';
import { signInAccount } from './sessionAccount';
import { tokenAccount } from './tokenAccount';

export type { Account } from '../api/uapi';
export { whmAccount } from './whmAccount';

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
