import { badInput } from '../../errors';
import type { Host } from './host';
import { findDisallowed, trimPasted, cleanPasted } from './characters';
import { parseServer, parseWhmServer } from './host';
import { parseTotpSecret } from './totp';
import { asSwitch, asText } from './values';

/** The credential as n8n stores it; every field may be missing or come out of an expression. */
export interface StoredCpanelCredential {
	server?: unknown;
	username?: unknown;
	authentication?: unknown;
	apiToken?: unknown;
	password?: unknown;
	totpSecret?: unknown;
	allowUnauthorizedCerts?: unknown;
}

/** What the two have in common: who asks, and where. */
interface WhoAsks {
	server: Host;
	username: string;
	allowUnauthorizedCerts: boolean;
}

/** An account that signs in with an API token. */
export interface TokenCredential extends WhoAsks {
	authentication: 'apiToken';
	apiToken: string;
}

/** An account that signs in with its password: on every request, or once for a session. */
export interface PasswordCredential extends WhoAsks {
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
export function readCpanelCredential(stored: StoredCpanelCredential): CpanelCredential {
	const authentication = readAuthentication(stored.authentication);
	const whoAsks: WhoAsks = {
		server: parseServer(asText(stored.server, 'Server')),
		username: readUsername(
			stored.username,
			'In the credential, enter the name of the cPanel account that you sign in to cPanel with.',
		),
		allowUnauthorizedCerts: readCertificateSwitch(stored.allowUnauthorizedCerts),
	};
	if (authentication === 'apiToken') {
		const apiToken = readApiToken(
			stored.apiToken,
			'cPanel',
			'Create a token in cPanel under Security → Manage API Tokens and enter it in the credential.',
		);
		return { ...whoAsks, authentication, apiToken };
	}
	const password = asText(stored.password, 'Password');
	if (password === '') {
		throw badInput(
			'“Password” is empty',
			'In the credential, enter the password of the cPanel account.',
		);
	}
	const totpSecret = parseTotpSecret(asText(stored.totpSecret, 'Two-Factor Secret'));
	return { ...whoAsks, authentication, password, ...(totpSecret && { totpSecret }) };
}

/** A workflow without the field is one of a token, as the form has it by default; another word is none of the three. */
function readAuthentication(value: unknown): CpanelCredential['authentication'] {
	const choice = trimPasted(asText(value, 'Authentication'));
	if (choice === '') return 'apiToken';
	if (choice === 'apiToken' || choice === 'password' || choice === 'session') return choice;
	throw badInput(
		'“Authentication” of the credential has an unknown value',
		'Choose “API Token”, “Password” or “Session Sign-In”; an expression must return apiToken, password or session.',
	);
}

function readCertificateSwitch(value: unknown): boolean {
	return asSwitch(value, 'Ignore SSL Issues') ?? false;
}

/** What names and tokens are made of: what a header can carry as it is, but for the colon that parts the two in it. */
const PLAIN = /[\x21-\x39\x3b-\x7e]/;

/**
 * Reads the name that somebody signs in with.
 *
 * @param hint where the person finds it
 * @throws {CpanelError} of kind `input` when it is empty or could break a header
 */
function readUsername(value: unknown, hint: string): string {
	const username = cleanPasted(asText(value, 'Username'));
	if (username === '') throw badInput('“Username” is empty', hint);
	const odd = findDisallowed(username, PLAIN);
	if (odd !== undefined) {
		throw badInput(
			`“Username” contains ${odd}, which is not allowed in a cPanel or WHM user name`,
			hint,
		);
	}
	return username;
}

/**
 * Reads an API token. A token of cPanel and one of WHM look alike; whoever pastes a whole header tells them apart.
 *
 * @param of the kind that is wanted
 * @param hint where the person finds it
 * @throws {CpanelError} of kind `input`
 */
function readApiToken(value: unknown, of: 'cPanel' | 'WHM', hint: string): string {
	const token = cleanPasted(asText(value, 'API Token'));
	if (token === '') throw badInput('“API Token” is empty', hint);
	const scheme = /^(?:Authorization:\s*)?(cpanel|whm)\s/i.exec(token)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== of.toLowerCase()) {
		throw badInput(
			of === 'WHM' ? '“API Token” contains a cPanel token' : '“API Token” contains a WHM token',
			of === 'WHM'
				? 'Enter a token that was created in WHM, or use this one in a “cPanel API” credential.'
				: 'Enter a token that was created in cPanel, or use this one in a “cPanel WHM API” credential.',
		);
	}
	const hintForToken = `Copy the token again from ${of}: it consists of letters and digits only, without the user name.`;
	if (/[\s:]/.test(token)) throw badInput('“API Token” contains more than a token', hintForToken);
	const odd = findDisallowed(token, PLAIN);
	if (odd !== undefined) throw badInput(`“API Token” contains ${odd}`, hintForToken);
	return token;
}

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
		server: parseWhmServer(asText(stored.server, 'Server')),
		username: readUsername(
			stored.username,
			'In the credential, enter the name that you sign in to WHM with: root or a reseller.',
		),
		apiToken: readApiToken(
			stored.apiToken,
			'WHM',
			'Create a token in WHM under Development → Manage API Tokens and enter it in the credential.',
		),
		allowUnauthorizedCerts: readCertificateSwitch(stored.allowUnauthorizedCerts),
	};
}
