import { CpanelError, sentence } from '../../errors';

/**
 * Keeps a batch from locking its own server out. cPanel locks an account, or the address of n8n, after a
 * few refused sign-ins.
 *
 * - The first request goes alone; the others follow once a server has accepted who is asking.
 * - A refused credential ends the batch: every further request would be refused as well.
 * - Secrets that come with the items (sessions, mailbox passwords) may be wrong one by one; after
 *   {@link MOST_REFUSED_IN_A_ROW} refusals in a row the rest is not sent. No more requests are in flight than
 *   refusals are left, so that this holds with several lanes, too.
 */
export class SignInGuard {
	private accepted = false;
	private refusedInARow = 0;
	private verdict: CpanelError | undefined;

	/**
	 * @param lanes most requests in flight at once
	 * @param itemsCarrySecrets whether each item signs in with a secret of its own
	 */
	constructor(
		private readonly lanes: number,
		private readonly itemsCarrySecrets: boolean,
	) {}

	/** Why nothing more is sent; undefined while the batch goes on. */
	get stopped(): CpanelError | undefined {
		return this.verdict;
	}

	/** How many requests may be in flight while nothing is refused. */
	get mostLanes(): number {
		return this.itemsCarrySecrets ? Math.min(this.lanes, MOST_REFUSED_IN_A_ROW) : this.lanes;
	}

	/** How many requests may be in flight now. */
	get openLanes(): number {
		if (!this.accepted) return 1;
		return this.itemsCarrySecrets
			? Math.min(this.lanes, MOST_REFUSED_IN_A_ROW - this.refusedInARow)
			: this.lanes;
	}

	succeeded(): void {
		this.accepted = true;
		this.refusedInARow = 0;
	}

	failed(error: unknown): void {
		if (!(error instanceof CpanelError)) return;
		if (error.stopsBatch) {
			this.verdict ??= error;
		} else if (error.kind === 'refusal') {
			this.accepted = true;
		} else if (error.kind === 'signIn') {
			this.refusedInARow += 1;
			if (this.refusedInARow >= MOST_REFUSED_IN_A_ROW) this.verdict ??= tooManyRefused(error);
		}
	}
}

/** Below the five after which cPanel's brute force protection locks out, and with room for somebody's typo. */
export const MOST_REFUSED_IN_A_ROW = 3;

function tooManyRefused(last: CpanelError): CpanelError {
	return new CpanelError(
		'signIn',
		`Not sent: ${MOST_REFUSED_IN_A_ROW} sign-ins in a row were refused by this server`,
		{
			hint: `More of them would lock n8n out. The last one: ${sentence(last.message)} ${last.hint}`,
			httpStatus: last.httpStatus,
		},
	);
}
