import { readApiToken, readUsername, text } from './credentialFields';
import { badInput } from './errors';
import type { Host } from './host';
import { parseServer } from './server';
import { parseTotpSecret } from './totp';

/** The credential as n8n stores it; every field may be missing or come out of an expression. */
export interface StoredCredential {
	server?: unknown;
	username?: unknown;
	authentication?: unknown;
	apiToken?: unknown;
	password?: unknown;
	totpSecret?: unknown;
	allowUnauthorizedCerts?: unknown;
}

/** Who asks, and where. */
interface Account {
	server: Host;
	username: string;
	allowUnauthorizedCerts: boolean;
}

/** An account that signs in with an API token. */
export interface TokenCredential extends Account {
	authentication: 'apiToken';
	apiToken: string;
}

/** An account that signs in with its password: on every request, or once for a session. */
export interface PasswordCredential extends Account {
	authentication: 'password' | 'session';
	password: string;
	/** What the codes of the second factor are made from, if the account has one. */
	totpSecret?: Buffer;
}

export type CpanelCredential = TokenCredential | PasswordCredential;

/**
 * Reads the stored credential.
 *
 * @throws {CpanelError} of kind `input` when the server is not usable, a field is empty or holds what it cannot
 */
export function readCredential(stored: StoredCredential): CpanelCredential {
	const { authentication } = stored;
	const account: Account = {
		server: parseServer(text(stored.server)),
		username: readUsername(
			stored.username,
			'Enter the name of the cPanel account in the credential, the one you sign in to cPanel with.',
		),
		allowUnauthorizedCerts: stored.allowUnauthorizedCerts === true,
	};
	if (authentication !== 'password' && authentication !== 'session') {
		const apiToken = readApiToken(
			stored.apiToken,
			'cPanel',
			'Create a token in cPanel under Security → Manage API Tokens and enter it in the credential.',
		);
		return { ...account, authentication: 'apiToken', apiToken };
	}
	const password = text(stored.password);
	if (password === '') {
		throw badInput(
			'“Password” is empty',
			'Enter the password of the cPanel account in the credential.',
		);
	}
	const totpSecret = parseTotpSecret(text(stored.totpSecret));
	return { ...account, authentication, password, ...(totpSecret && { totpSecret }) };
}
