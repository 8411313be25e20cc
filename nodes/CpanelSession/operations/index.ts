import { createTempUser } from './createTempUser';
import { createWebmailSessionForMailUser } from './createWebmailSessionForMailUser';
import { createWebmailSessionForMailUserCheckPassword } from './createWebmailSessionForMailUserCheckPassword';
import { createWebmailSessionForSelf } from './createWebmailSessionForSelf';
import { getManyMailboxes } from './getManyMailboxes';
import type { SessionOperation } from './SessionOperation';

/** The operations of the node, in the order of the selector: n8n preselects the first. */
export const operations: SessionOperation[] = [
	createWebmailSessionForMailUser,
	createWebmailSessionForMailUserCheckPassword,
	createWebmailSessionForSelf,
	getManyMailboxes,
	createTempUser,
];
