import { CpanelError } from '../../errors';
import { ConcurrencyLimiter, MAX_CONSECUTIVE_PAUSES } from './ConcurrencyLimiter';
import type { StartedRequest } from './ConcurrencyLimiter';
import type { ItemPlan, ItemTask, Outcome } from './ItemPlan';
import { SignInGuard } from '../lockout/SignInGuard';
import type { SignInGuardOptions } from '../lockout/SignInGuard';

/**
 * How often an item is sent that a busy server does not handle. The pauses before the second to fourth try are 1, 2
 * and 4 s at least: who is still refused after that will not be served by insisting.
 */
export const MAX_ATTEMPTS = 4;

/** An item that waits to be run. */
export interface ReadyItem {
	itemIndex: number;
	task: ItemTask;
}

interface WaitingItem extends ReadyItem {
	tries: number;
}

/** What a server made of its items, for those who want to know afterwards. */
export interface ServerReport {
	/** Why the server was sent nothing more. */
	verdict?: CpanelError;
	/** How many items were left then. */
	leftOut: number;
	/** What the server said when it was busy, how often, and for how many milliseconds it was left alone. */
	busy?: { error: CpanelError; answers: number; pausedFor: number };
}

/**
 * The items of one server: those that wait, in the order of the input, and those that wait for another try
 * because the server was busy. Those come last, so that an item is not worn out while the server restarts.
 */
export class ServerQueue {
	private readonly items: Array<WaitingItem> = [];
	private next = 0;
	private readonly again: Array<WaitingItem> = [];
	private readonly guard: SignInGuard;
	private readonly limiter: ConcurrencyLimiter;
	private lastBusy: CpanelError | undefined;
	private leftOut = 0;

	constructor(
		private readonly plan: ItemPlan,
		signIns: Pick<SignInGuardOptions, 'server' | 'batch' | 'memory'>,
	) {
		this.guard = new SignInGuard({ ...plan, ...signIns });
		this.limiter = new ConcurrencyLimiter(this.guard.maxConcurrency, () => performance.now());
	}

	get isEmpty(): boolean {
		return this.next === this.items.length && this.again.length === 0;
	}

	/** Why nothing more is sent; undefined while the batch goes on. */
	get verdict(): CpanelError | undefined {
		return (
			this.guard.stopped ??
			(this.limiter.backoff.gaveUp && this.lastBusy !== undefined
				? givenUp(this.lastBusy)
				: undefined)
		);
	}

	/** For how many milliseconds nothing may be sent. */
	get pause(): number {
		return this.limiter.backoff.pause;
	}

	/** Whether one more request may be in flight. */
	get isBelowLimit(): boolean {
		return this.limiter.inFlight < Math.min(this.guard.limit, this.limiter.limit);
	}

	get report(): ServerReport {
		const { busyAnswers: answers, pausedFor } = this.limiter.backoff;
		return {
			verdict: this.verdict,
			leftOut: this.leftOut,
			...(this.lastBusy && { busy: { error: this.lastBusy, answers, pausedFor } }),
		};
	}

	add(item: ReadyItem): void {
		this.items.push({ ...item, tries: 0 });
	}

	/** Takes out everything that waits. */
	drain(): Array<ReadyItem> {
		const left = [...this.items.splice(this.next), ...this.again.splice(0)];
		this.leftOut += left.length;
		return left;
	}

	/**
	 * Runs the item that waits longest.
	 *
	 * @returns undefined when it waits for another try; never rejects
	 */
	async runNext(): Promise<{ itemIndex: number; outcome: Outcome } | undefined> {
		const item = this.items[this.next];
		if (item !== undefined) this.next += 1;
		return await this.run(item ?? (this.again.shift() as WaitingItem));
	}

	private async run(
		item: WaitingItem,
	): Promise<{ itemIndex: number; outcome: Outcome } | undefined> {
		const { itemIndex, task } = item;
		this.guard.begins();
		const request = this.limiter.onStart();
		item.tries += 1;
		try {
			const answer = await task.run();
			this.guard.succeeded();
			this.limiter.onSuccess(request);
			return { itemIndex, outcome: { answer } };
		} catch (error) {
			const outcome = this.judge(error, item, request);
			return outcome && { itemIndex, outcome };
		} finally {
			this.guard.ends();
		}
	}

	private judge(error: unknown, item: WaitingItem, request: StartedRequest): Outcome | undefined {
		this.guard.failed(error);
		this.tellLimiter(error, request);
		if (!(error instanceof CpanelError) || error.kind !== 'busy') return { error };
		this.lastBusy = error;
		if (!(item.task.repeatable ?? this.plan.repeatable)) return { error };
		if (this.verdict !== undefined) return { error: this.verdict };
		if (item.tries >= MAX_ATTEMPTS) return { error: afterTries(error, item.tries) };
		this.again.push(item);
		return undefined;
	}

	private tellLimiter(error: unknown, request: StartedRequest): void {
		const kind = error instanceof CpanelError ? error.kind : undefined;
		if (kind === 'busy') this.limiter.onDrop(request, (error as CpanelError).retryAfter);
		else if (kind === 'connection') this.limiter.onNoResponse(request);
		else this.limiter.onIgnore(kind === 'refusal' || kind === 'signIn');
	}
}

function afterTries(last: CpanelError, tries: number): CpanelError {
	return last.as('busy', { message: `${last.message}, after ${tries} attempts` });
}

function givenUp(last: CpanelError): CpanelError {
	return last.as('busy', {
		message: `Given up: ${last.message}, ${MAX_CONSECUTIVE_PAUSES} times in a row`,
		hint: `n8n sent no further request to it. ${last.hint}`,
	});
}
