import type { PasswordCredential, TokenCredential, WhmCredential } from '../input/credentials';
import { totpCode } from '../input/totp';

/** The header that tells cPanel who calls, for an API token (protocol.md, 1). */
export function tokenHeaders({ username, apiToken }: TokenCredential): { authorization: string } {
	return { authorization: `cpanel ${username}:${apiToken}` };
}

/** The headers that tell WHM who calls. */
export function whmHeaders({ username, apiToken }: WhmCredential): { authorization: string } {
	return { authorization: `whm ${username}:${apiToken}` };
}

/**
 * The headers that tell cPanel who calls, for a password: HTTP Basic, and the code of the second factor beside it
 * where the credential has its secret (protocol.md, 1 and 1.4).
 *
 * @param now milliseconds since 1970
 */
export function passwordHeaders(
	{ username, password, totpSecret }: PasswordCredential,
	now: number,
): Record<string, string> & { authorization: string } {
	return {
		authorization: `Basic ${basicCredentials({ username, password })}`,
		...(totpSecret && { 'x-cpanel-otp': totpCode(totpSecret, now) }),
	};
}

/** The part of the header that is as secret as the password itself. */
export function basicCredentials({
	username,
	password,
}: Pick<PasswordCredential, 'username' | 'password'>): string {
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}
