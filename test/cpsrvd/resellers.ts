import type { Account } from './accounts';

/** Somebody who may sign in to WHM. */
export interface Reseller {
	user: string;
	apiToken: string;
}

/** Who may sign in to WHM: the owner of the server, and a reseller with accounts of their own. */
export const WHM_SEED = {
	root: { user: 'root', apiToken: 'ROOTTOKEN0123456789ABCDEFGHIJKLM' },
	agency: { user: 'agency', apiToken: 'AGENCYTOKEN0123456789ABCDEFGHIJK' },
} as const satisfies Record<string, Reseller>;

/** The user with this token, if it is theirs. */
export function resellerByToken(user: string, apiToken: string): Reseller | undefined {
	return Object.values<Reseller>(WHM_SEED).find(
		(reseller) => reseller.user === user && reseller.apiToken === apiToken,
	);
}

/** Whether an account is among those that somebody may act for. */
export function mayActFor(reseller: Reseller, account: Account): boolean {
	return reseller.user === WHM_SEED.root.user || reseller.user === account.owner;
}
