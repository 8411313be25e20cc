import { badInput } from './errors';

/** The value of a credential's field: nothing but text counts. */
export function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/**
 * Reads the name that somebody signs in with.
 *
 * @param hint where the person finds it
 * @throws {CpanelError} of kind `input` when it is empty or could break a header
 */
export function readUsername(value: unknown, hint: string): string {
	const username = text(value).trim();
	if (username === '') throw badInput('“Username” is empty', hint);
	if (/[:\s\p{Cc}]/u.test(username)) {
		throw badInput('“Username” holds a character that no user of cPanel or WHM has', hint);
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
export function readApiToken(value: unknown, of: 'cPanel' | 'WHM', hint: string): string {
	const token = text(value).trim();
	if (token === '') throw badInput('“API Token” is empty', hint);
	const scheme = /^(?:Authorization:\s*)?(cpanel|whm)\s/i.exec(token)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== of.toLowerCase()) {
		throw badInput(
			of === 'WHM' ? '“API Token” holds a token of cPanel' : '“API Token” holds a token of WHM',
			of === 'WHM'
				? 'Enter a token that was created in WHM, or use this one in a “cPanel API” credential.'
				: 'Enter a token that was created in cPanel, or use this one in a “cPanel WHM API” credential.',
		);
	}
	if (/[\s\p{Cc}:]/u.test(token)) {
		throw badInput(
			'“API Token” holds more than a token',
			`Copy the token again from ${of}: it is one run of letters and digits, without the user name.`,
		);
	}
	return token;
}
