import { randomCode } from '../../shared/accessLink/accessLink';
import { CpanelError } from '../../shared/errors';
import type { CpanelErrorKind } from '../../shared/errors';
import { isOfExpression } from '../../shared/n8n/openAccounts';

/** Why a link opened nothing, in a word that does not change; see docs/access-links.md. */
export type Reason =
	| 'expired'
	| 'linkRefused'
	| 'mailboxRefused'
	| 'domainNotAllowed'
	| 'cpanelRefused'
	| 'credentialRefused'
	| 'cpanelBusy'
	| 'cpanelUnreachable'
	| 'cpanelUnusable'
	| 'notSetUp'
	| 'unexpected';

/** How a failure is told: to the workflow by its reason, to the browser by its status. */
export interface Failure {
	reason: Reason;
	status: 500 | 503;
}

/**
 * 500 for what another try will not change by itself, 503 for what it may. Never 502, 504 or 520 to 530: Cloudflare, for
 * one, shows a page of its own in place of the body of those, and the visitor never sees the code of the incident.
 */
const FAILURES: Record<CpanelErrorKind, Failure> = {
	input: { reason: 'notSetUp', status: 500 },
	credential: { reason: 'credentialRefused', status: 500 },
	signIn: { reason: 'credentialRefused', status: 500 },
	refusal: { reason: 'cpanelRefused', status: 500 },
	busy: { reason: 'cpanelBusy', status: 503 },
	answer: { reason: 'cpanelUnusable', status: 500 },
	connection: { reason: 'cpanelUnreachable', status: 503 },
};

/** @param error whatever was thrown while a mailbox was to be opened */
export function failureOf(error: unknown): Failure {
	if (error instanceof CpanelError) return FAILURES[error.kind];
	// whoever wrote it can mend it, as they can a value
	return isOfExpression(error) ? FAILURES.input : { reason: 'unexpected', status: 500 };
}

/** A short code that the page and the execution have in common; there are almost a thousand million of them. */
export function newIncident(): string {
	return randomCode(6).toUpperCase();
}
