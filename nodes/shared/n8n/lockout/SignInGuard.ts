import { CpanelError, sentence } from '../../errors';
import type { RefusedSignIns } from './recentRefusals';

/** Below the five after which cPanel's brute force protection locks out, and with room for somebody's typo. */
export const MAX_REFUSED = 3;

/**
 * The same for all servers of a batch together: names do not tell which of them are one server, and cPanel locks the
 * address of n8n out after five.
 */
export const MAX_REFUSED_IN_ALL = 4;

/** Requests that fail before any is accepted: enough to tell a bad moment from a server that does not work. */
const MAX_FAILED_AT_FIRST = 3;

/** What the guards of one batch share. */
export class BatchSignIns {
	/** Sign-ins with secrets of the items that were refused. */
	refused = 0;
	/** Those under way. */
	underWay = 0;
	/** The refusal after which none is sent any more. */
	verdict: CpanelError | undefined;
}

export interface SignInGuardOptions {
	/** Origin of the server. */
	server: string;
	/** Most requests in flight at once. */
	maxConcurrency: number;
	/** Whether each item signs in with a secret of its own. */
	itemsCarrySecrets: boolean;
	/** What this process was refused a moment ago. */
	memory: RefusedSignIns;
	batch: BatchSignIns;
}

/**
 * Keeps a batch from locking its own server out. cPanel locks an account, or the address of n8n, after a few refused
 * sign-ins, whatever is accepted in between (protocol.md, 1.2).
 *
 * - The first request goes alone; the others follow once a server has accepted who is asking.
 * - A refused credential ends the batch: every further request would be refused as well.
 * - Secrets that come with the items (sessions, mailbox passwords) may be wrong one by one. After
 *   {@link MAX_REFUSED} refusals within a minute by a server, in this batch or before it, or
 *   {@link MAX_REFUSED_IN_ALL} in the batch, the rest is not sent. No more requests are in flight than refusals are
 *   left, so that this holds with concurrent requests and several servers, too.
 * - As long as no request was accepted, {@link MAX_FAILED_AT_FIRST} failures in a row end the batch, whatever they
 *   look like: the server counts an unrecognized refusal all the same, and a server that does not work costs a few
 *   requests only.
 */
export class SignInGuard {
	private accepted = false;
	private failedAtFirst = 0;
	private underWay = 0;
	private verdict: CpanelError | undefined;

	constructor(private readonly options: SignInGuardOptions) {}

	/** Why nothing more is sent; undefined while the batch goes on. */
	get stopped(): CpanelError | undefined {
		const { itemsCarrySecrets, batch } = this.options;
		this.verdict ??= itemsCarrySecrets ? (batch.verdict ?? this.refusedBefore()) : undefined;
		return this.verdict;
	}

	/** How many requests may be in flight while nothing is refused. */
	get maxConcurrency(): number {
		const { itemsCarrySecrets, maxConcurrency } = this.options;
		return itemsCarrySecrets ? Math.min(maxConcurrency, MAX_REFUSED) : maxConcurrency;
	}

	/** How many requests of this server may be in flight now. */
	get limit(): number {
		const { itemsCarrySecrets, batch, server, memory, maxConcurrency } = this.options;
		const limit = this.accepted ? maxConcurrency : 1;
		if (!itemsCarrySecrets) return limit;
		const leftHere = MAX_REFUSED - memory.recent(server).count;
		const leftInAll = MAX_REFUSED_IN_ALL - batch.refused - batch.underWay;
		return Math.min(limit, leftHere, this.underWay + Math.max(0, leftInAll));
	}

	begins(): void {
		this.underWay += 1;
		this.options.batch.underWay += 1;
	}

	ends(): void {
		this.underWay -= 1;
		this.options.batch.underWay -= 1;
	}

	succeeded(): void {
		this.accepted = true;
	}

	failed(error: unknown): void {
		if (!(error instanceof CpanelError)) return;
		if (error.stopsBatch) {
			if (this.options.itemsCarrySecrets) this.note(error);
			this.verdict ??= error;
		} else if (error.kind === 'refusal') {
			this.accepted = true;
		} else if (error.kind === 'signIn') {
			this.refuse(error);
		}
		const mayBeARefusal = ['answer', 'connection', 'signIn'].includes(error.kind);
		if (!this.accepted && mayBeARefusal) this.fail(error);
	}

	private refuse(error: CpanelError): void {
		const { batch } = this.options;
		this.note(error);
		batch.refused += 1;
		if (batch.refused >= MAX_REFUSED_IN_ALL) {
			batch.verdict ??= tooManyRefused(error, `${MAX_REFUSED_IN_ALL} sign-ins were refused`);
		}
	}

	private fail(error: CpanelError): void {
		this.failedAtFirst += 1;
		if (this.failedAtFirst < MAX_FAILED_AT_FIRST) return;
		this.verdict ??= this.stopped ?? nothingAccepted(error);
	}

	private note(error: CpanelError): void {
		this.options.memory.note(this.options.server, error);
	}

	private refusedBefore(): CpanelError | undefined {
		const { memory, server } = this.options;
		const { count, last } = memory.recent(server);
		if (count < MAX_REFUSED || last === undefined) return undefined;
		return tooManyRefused(last, `this server refused ${MAX_REFUSED} sign-ins within a minute`);
	}
}

function tooManyRefused(last: CpanelError, what: string): CpanelError {
	return last.as('signIn', {
		message: `Not sent: ${what}`,
		hint: `More refusals would lock n8n out. If strangers can try passwords, put a captcha or a rate limit in front of the form. Wait a minute before you run the missing items again. The last error: ${sentence(last.message)} ${last.hint}`,
	});
}

function nothingAccepted(last: CpanelError): CpanelError {
	return last.as(last.kind, {
		message: `Not sent: ${MAX_FAILED_AT_FIRST} requests failed before any was accepted`,
		hint: `The server accepted no request with this credential, and more failures could lock n8n out. The last error: ${sentence(last.message)} ${last.hint}`,
	});
}
