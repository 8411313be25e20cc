import { badInput } from './errors';
import type { Host } from './host';
import { parseServer } from './server';

/** The credential as n8n stores it; every field may be missing or come out of an expression. */
export interface StoredCredential {
	server?: unknown;
	username?: unknown;
	authentication?: unknown;
	apiToken?: unknown;
	password?: unknown;
	allowUnauthorizedCerts?: unknown;
}

/** Who asks, and where. */
export interface CpanelCredential {
	server: Host;
	username: string;
	/** Value of the `Authorization` header: `cpanel USER:TOKEN`, or HTTP Basic. */
	authorization: string;
	allowUnauthorizedCerts: boolean;
	/** Every form in which the credential's secret travels, to keep it out of messages. */
	secrets: string[];
}

/**
 * Reads the stored credential.
 *
 * @throws {CpanelError} of kind `input` when the server is not usable or a field is empty
 */
export function readCredential(stored: StoredCredential): CpanelCredential {
	const server = parseServer(text(stored.server));
	const username = text(stored.username).trim();
	if (username === '' || /[:\s\p{Cc}]/u.test(username)) {
		throw badInput(
			username === ''
				? '“Username” is empty'
				: '“Username” holds a character that no cPanel account has',
			'Enter the name of the cPanel account in the credential, the one you sign in to cPanel with.',
		);
	}
	const usesPassword = stored.authentication === 'password';
	const secret = usesPassword ? text(stored.password) : text(stored.apiToken).trim();
	if (secret === '') {
		throw badInput(
			usesPassword ? '“Password” is empty' : '“API Token” is empty',
			usesPassword
				? 'Enter the password of the cPanel account in the credential.'
				: 'Create a token in cPanel under Security → Manage API Tokens and enter it in the credential.',
		);
	}
	if (!usesPassword && /[\s\p{Cc}]/u.test(secret)) {
		throw badInput(
			'“API Token” holds a space or a line break',
			'Copy the token again from cPanel: it is one run of letters and digits.',
		);
	}
	const basic = Buffer.from(`${username}:${secret}`, 'utf8').toString('base64');
	return {
		server,
		username,
		authorization: usesPassword ? `Basic ${basic}` : `cpanel ${username}:${secret}`,
		allowUnauthorizedCerts: stored.allowUnauthorizedCerts === true,
		secrets: usesPassword ? [secret, basic] : [secret],
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
