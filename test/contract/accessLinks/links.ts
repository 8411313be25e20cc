import { signAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import type { AccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../../nodes/shared/accessLink/keys';

export const LINK_SECRET = 'a secret of the tests, long enough to be one';
/** What a visitor's proxy says: an address for documentation, which counts as public. */
export const VISITOR = '203.0.113.7';

const DAY = 24 * 60 * 60;
const now = (): number => Math.floor(Date.now() / 1000);

let links = 0;

/** The token of a link to `anna@example.com` that is good for a day, each with an id of its own. */
export function tokenOf(changes: Partial<AccessLink> = {}, secret = LINK_SECRET): string {
	const id = `link${String((links += 1)).padStart(8, '0')}`;
	const link = { mailbox: 'anna@example.com', id, issuedAt: now(), expiresAt: now() + DAY };
	return signAccessLink({ ...link, ...changes }, readKeyring({ secret }).current);
}

/** The token of a link that was good until yesterday. */
export function expiredToken(changes: Partial<AccessLink> = {}): string {
	return tokenOf({ issuedAt: now() - 2 * DAY, expiresAt: now() - DAY, ...changes });
}
