import type { Door } from '../calls/account';
import type { CpanelCredential } from '../input/credentials';
import { passwordDoor } from './password';
import { signInDoor } from './signIn';
import { tokenDoor } from './token';

export type { Door } from '../calls/account';
export { whmDoor } from './whm';

/** The way in that the credential of a cPanel account says. */
export function cpanelDoor(credential: CpanelCredential): Door {
	switch (credential.authentication) {
		case 'apiToken':
			return tokenDoor(credential);
		case 'password':
			return passwordDoor(credential);
		case 'session':
			return signInDoor(credential);
	}
}
