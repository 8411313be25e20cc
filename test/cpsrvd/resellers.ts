import type { Account } from './accounts';

/** Somebody who may sign in to WHM. */
export interface Reseller {
	user: string;
	apiToken: string;
	password: string;
}

/** Who may sign in to WHM: the owner of the server, and a reseller with accounts of their own. */
export const WHM_SEED = {
	root: {
		user: 'root',
		apiToken: 'ROOTTOKEN0123456789ABCDEFGHIJKLM',
		password: 'root: p@ss wörd',
	},
	agency: {
		user: 'agency',
		apiToken: 'AGENCYTOKEN0123456789ABCDEFGHIJK',
		password: 'agency-password-90125',
	},
} as const satisfies Record<string, Reseller>;

/** The user with this token or this password, if it is theirs. */
export function resellerBy(
	kind: 'apiToken' | 'password',
	user: string,
	secret: string,
): Reseller | undefined {
	return Object.values<Reseller>(WHM_SEED).find(
		(reseller) => reseller.user === user && reseller[kind] === secret,
	);
}

/** Whether an account is among those that somebody may act for. */
export function mayActFor(reseller: Reseller, account: Account): boolean {
	return reseller.user === WHM_SEED.root.user || reseller.user === account.owner;
}
