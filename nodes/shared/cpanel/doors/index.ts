import type { CpanelCredential } from '../credential';
import type { Door } from './Door';
import { passwordDoor } from './passwordDoor';
import { signInDoor } from './signInDoor';
import { tokenDoor } from './tokenDoor';

export type { Door } from './Door';
export { whmDoor } from './whmDoor';

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
