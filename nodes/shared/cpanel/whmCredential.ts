import { readApiToken, readUsername, text } from './credentialFields';
import type { Host } from './host';
import { parseWhmServer } from './server';

/** The credential as n8n stores it; every field may be missing or come out of an expression. */
export interface StoredWhmCredential {
	server?: unknown;
	username?: unknown;
	apiToken?: unknown;
	allowUnauthorizedCerts?: unknown;
}

/** A user of WHM: root, or a reseller. */
export interface WhmCredential {
	server: Host;
	username: string;
	apiToken: string;
	allowUnauthorizedCerts: boolean;
}

/**
 * Reads the stored credential.
 *
 * @throws {CpanelError} of kind `input` when the server is not usable, a field is empty or holds what it cannot
 */
export function readWhmCredential(stored: StoredWhmCredential): WhmCredential {
	return {
		server: parseWhmServer(text(stored.server)),
		username: readUsername(
			stored.username,
			'Enter the name you sign in to WHM with in the credential: root, or that of a reseller.',
		),
		apiToken: readApiToken(
			stored.apiToken,
			'WHM',
			'Create a token in WHM under Development → Manage API Tokens and enter it in the credential.',
		),
		allowUnauthorizedCerts: stored.allowUnauthorizedCerts === true,
	};
}
