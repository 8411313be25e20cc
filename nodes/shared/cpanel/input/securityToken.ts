import { badInput } from '../../errors';
import { undressAll } from './characters';

const SECURITY_TOKEN = /^\/cpsess\d{1,20}$/;

/** @returns the token with its leading slash, or undefined when it is not one */
export function normalizeSecurityToken(text: string): string | undefined {
	const trimmed = text.trim();
	const token = trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
	return SECURITY_TOKEN.test(token) ? token : undefined;
}

/** @throws {CpanelError} of kind `input` when the field “Token” holds something else */
export function parseSecurityToken(text: string): string {
	const bare = undressAll(text);
	const token = normalizeSecurityToken(bare);
	if (token === undefined) {
		throw badInput(
			bare === '' ? '“Token” is empty' : '“Token” is not a security token of cPanel',
			'It is the field “token” that the cPanel Session node returns: /cpsess and a number.',
		);
	}
	return token;
}

/** @returns the token at the start of a path such as `/cpsess123/webmail/…`, or undefined */
export function securityTokenOf(path: string): string | undefined {
	return /^(\/cpsess\d{1,20})(?=[/?#]|$)/.exec(path)?.[1];
}
