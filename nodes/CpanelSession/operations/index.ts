import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import { createTempUser } from './createTempUser';
import { createWebmailSessionForMailUser } from './createWebmailSessionForMailUser';
import { createWebmailSessionForMailUserCheckPassword } from './createWebmailSessionForMailUserCheckPassword';
import { createWebmailSessionForSelf } from './createWebmailSessionForSelf';
import { getManyMailboxes } from './getManyMailboxes';

/** The operations of the node, in the order of the selector: n8n preselects the first. */
export const operations: Array<Operation<Accounts>> = [
	createWebmailSessionForMailUser,
	createWebmailSessionForMailUserCheckPassword,
	createWebmailSessionForSelf,
	getManyMailboxes,
	createTempUser,
];
