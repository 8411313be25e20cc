import { CpanelError } from '../../errors';
import type { RefusedCredentials } from './refusedCredentials';

/**
 * Calls under way at once with one credential. As many as n8n's helper opens connections for without getting in its own
 * way, and more than clicks come in at once in earnest.
 */
const MAX_CONCURRENT_CALLS = 10;

/** The calls with one credential. */
interface Lanes {
	underWay: number;
	/** Whether the server accepted the credential since it last was idle. */
	accepted: boolean;
	/** Starts the one who waits, or tells them why not. */
	waiting: Set<(refusal?: CpanelError) => void>;
}

/**
 * Keeps clicks from locking n8n out of a server. Nobody chooses how many come at once, so: after a pause the first
 * goes alone, the others once the server has accepted the credential; and a refused credential is remembered for a
 * minute, in which nothing is sent with it.
 */
export class SignInGate {
	private readonly lanesByKey = new Map<string, Lanes>();

	constructor(private readonly refused: RefusedCredentials) {}

	/**
	 * @param key see `credentialKey`
	 * @param deadline until when a turn may be waited for
	 * @param call asks the server, once
	 * @throws whatever `call` throws; what an earlier one was refused with; of kind `busy` when no turn came in time
	 */
	async pass<Result>(
		key: string,
		deadline: AbortSignal,
		call: () => Promise<Result>,
	): Promise<Result> {
		const lanes = this.lanesByKey.get(key) ?? { underWay: 0, accepted: false, waiting: new Set() };
		this.lanesByKey.set(key, lanes);
		try {
			await this.turn(key, lanes, deadline);
			return await this.ask(key, lanes, call);
		} finally {
			if (lanes.underWay === 0 && lanes.waiting.size === 0) this.lanesByKey.delete(key);
		}
	}

	private async ask<Result>(
		key: string,
		lanes: Lanes,
		call: () => Promise<Result>,
	): Promise<Result> {
		const judged = call().catch((error: unknown) => {
			this.judge(key, lanes, error);
			throw error;
		});
		try {
			const result = await judged;
			lanes.accepted = true;
			return result;
		} finally {
			lanes.underWay -= 1;
			startMore(lanes);
		}
	}

	/** Comes back as soon as the caller may go on, and then counts as under way. */
	private async turn(key: string, lanes: Lanes, deadline: AbortSignal): Promise<void> {
		const refusal = this.refused.recall(key);
		if (refusal !== undefined) throw refusal;
		if (hasFree(lanes)) {
			lanes.underWay += 1;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const settle = (error?: CpanelError): void => {
				lanes.waiting.delete(settle);
				deadline.removeEventListener('abort', giveUp);
				if (error === undefined) resolve();
				else reject(error);
			};
			const giveUp = (): void => settle(noTurn());
			lanes.waiting.add(settle);
			deadline.addEventListener('abort', giveUp);
			if (deadline.aborted) giveUp();
		});
	}

	private judge(key: string, lanes: Lanes, error: unknown): void {
		if (!(error instanceof CpanelError)) return;
		if (error.kind === 'refusal') lanes.accepted = true;
		if (error.kind !== 'credential') return;
		lanes.accepted = false;
		this.refused.remember(key, error);
		for (const settle of [...lanes.waiting]) settle(error);
	}
}

function hasFree({ underWay, accepted }: Lanes): boolean {
	return underWay < (accepted ? MAX_CONCURRENT_CALLS : 1);
}

function startMore(lanes: Lanes): void {
	for (const settle of [...lanes.waiting]) {
		if (!hasFree(lanes)) return;
		lanes.underWay += 1;
		settle();
	}
}

function noTurn(): CpanelError {
	return new CpanelError('busy', 'Too many links were opened at once for one server', {
		hint: 'The others went first, and the time was over before it was this one’s turn. Try again.',
	});
}
