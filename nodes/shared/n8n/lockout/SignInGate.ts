import { CpanelError } from '../../errors';
import type { RefusedCredentials } from './recentRefusals';

/**
 * Calls under way at once with one credential. As many as n8n's helper opens connections for without getting in its own
 * way, and more than people click at once.
 */
const MAX_CONCURRENT_CALLS = 10;

/** The calls with one credential. */
interface Queue {
	underWay: number;
	/** Whether the server accepted the credential since it last was idle. */
	accepted: boolean;
	/** Starts a call that waits, or tells it why not. */
	waiting: Set<(refusal?: CpanelError) => void>;
}

/**
 * Keeps clicks from locking n8n out of a server. Nobody chooses how many come at once, so: after a pause the first
 * goes alone, the others once the server has accepted the credential; and a refused credential is remembered for a
 * minute, in which nothing is sent with it.
 */
export class SignInGate {
	private readonly queues = new Map<string, Queue>();

	constructor(private readonly refused: RefusedCredentials) {}

	/**
	 * @param key see `credentialKey`
	 * @param deadline until when the call may wait in the queue
	 * @param call asks the server, once
	 * @throws whatever `call` throws; what an earlier one was refused with; of kind `busy` when the deadline came first
	 */
	async pass<Result>(
		key: string,
		deadline: AbortSignal,
		call: () => Promise<Result>,
	): Promise<Result> {
		const queue = this.queues.get(key) ?? { underWay: 0, accepted: false, waiting: new Set() };
		this.queues.set(key, queue);
		try {
			await this.enter(key, queue, deadline);
			return await this.ask(key, queue, call);
		} finally {
			if (queue.underWay === 0 && queue.waiting.size === 0) this.queues.delete(key);
		}
	}

	private async ask<Result>(
		key: string,
		queue: Queue,
		call: () => Promise<Result>,
	): Promise<Result> {
		const judged = call().catch((error: unknown) => {
			this.judge(key, queue, error);
			throw error;
		});
		try {
			const result = await judged;
			queue.accepted = true;
			return result;
		} finally {
			queue.underWay -= 1;
			startMore(queue);
		}
	}

	/** Comes back as soon as the caller may go on, and then counts as under way. */
	private async enter(key: string, queue: Queue, deadline: AbortSignal): Promise<void> {
		const refusal = this.refused.recall(key);
		if (refusal !== undefined) throw refusal;
		if (hasFreeSlot(queue)) {
			queue.underWay += 1;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const settle = (error?: CpanelError): void => {
				queue.waiting.delete(settle);
				deadline.removeEventListener('abort', giveUp);
				if (error === undefined) resolve();
				else reject(error);
			};
			const giveUp = (): void => settle(queuedTooLong());
			queue.waiting.add(settle);
			deadline.addEventListener('abort', giveUp);
			if (deadline.aborted) giveUp();
		});
	}

	private judge(key: string, queue: Queue, error: unknown): void {
		if (!(error instanceof CpanelError)) return;
		if (error.kind === 'refusal') queue.accepted = true;
		if (error.kind !== 'credential') return;
		queue.accepted = false;
		this.refused.remember(key, error);
		for (const settle of [...queue.waiting]) settle(error);
	}
}

function hasFreeSlot({ underWay, accepted }: Queue): boolean {
	return underWay < (accepted ? MAX_CONCURRENT_CALLS : 1);
}

function startMore(queue: Queue): void {
	for (const settle of [...queue.waiting]) {
		if (!hasFreeSlot(queue)) return;
		queue.underWay += 1;
		settle();
	}
}

function queuedTooLong(): CpanelError {
	return new CpanelError('busy', 'Too many access links for one server were opened at once', {
		hint: 'This link waited for the others until its time was over. Try again.',
	});
}
