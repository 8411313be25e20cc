import { createHash } from 'crypto';

import { CpanelError } from '../../errors';
import { parseUrl } from '../../cpanel/input/host';
import { RecentEvents } from '../../RecentEvents';

/** One minute, in milliseconds. cPanel counts refused sign-ins over several, and locks out after a few. */
const REMEMBERED_FOR = 60_000;

/** Credentials or servers at once: more than an instance is refused with, or by, within a minute. */
const MAX_REMEMBERED = 1000;

type Refusals = RecentEvents<CpanelError>;

/**
 * The credentials that a server refused within the last minute, over all executions of this process: whatever runs
 * next is told so without asking the server again. A credential that was changed is another one.
 */
export class RefusedCredentials {
	private readonly refusals: Refusals;

	/** @param now a clock in milliseconds that never goes back */
	constructor(now?: () => number) {
		this.refusals = new RecentEvents(REMEMBERED_FOR, MAX_REMEMBERED, now);
	}

	/**
	 * @param key see {@link credentialKey}
	 * @returns what the server said, as long as it is remembered
	 */
	recall(key: string): CpanelError | undefined {
		return this.refusals.of(key).at(-1)?.what;
	}

	/** @param error of kind `credential` */
	remember(key: string, error: CpanelError): void {
		this.refusals.add(key, error);
	}

	/** For whoever asks again all the same. */
	forget(key: string): void {
		this.refusals.forget(key);
	}

	/**
	 * Asks a server with a credential, unless it was refused a moment ago.
	 *
	 * @throws whatever `ask` throws, and what is remembered
	 */
	async guard<Result>(key: string, ask: () => Promise<Result>): Promise<Result> {
		const refusal = this.recall(key);
		if (refusal !== undefined) throw notAskedAgain(refusal);
		return await ask().catch((error: unknown) => {
			if (error instanceof CpanelError && error.kind === 'credential') this.remember(key, error);
			throw error;
		});
	}
}

/** Those of this process. */
export const refusedCredentials = new RefusedCredentials();

function notAskedAgain(refusal: CpanelError): CpanelError {
	return refusal.as('credential', {
		hint: `${refusal.hint} The server refused the credential less than a minute ago. n8n sends it again when the minute is over or the credential has changed.`,
	});
}

/**
 * Names a credential by its content, without being of use to anybody who sees the name.
 *
 * @param stored as n8n hands it out
 */
export function credentialKey(stored: object): string {
	const fields = Object.entries(stored).sort(([one], [other]) => (one < other ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex');
}

/**
 * The sign-ins that servers refused within the last minute, over all executions of this process: a loop, or nodes one
 * after another, lock n8n out as well as one long batch does. Keeps no secret.
 */
export class RefusedSignIns {
	private readonly refusals: Refusals;

	/** @param now a clock in milliseconds that never goes back */
	constructor(now?: () => number) {
		this.refusals = new RecentEvents(REMEMBERED_FOR, MAX_REMEMBERED, now);
	}

	/**
	 * @param server its origin; all ports of a host count together, as cPanel counts them
	 * @returns how many there were, and what the server said the last time
	 */
	recent(server: string): { count: number; last?: CpanelError } {
		const refusals = this.refusals.of(hostOf(server));
		return { count: refusals.length, last: refusals.at(-1)?.what };
	}

	/** @param error what the server said */
	note(server: string, error: CpanelError): void {
		this.refusals.add(hostOf(server), error);
	}
}

/** Those of this process. */
export const refusedSignIns = new RefusedSignIns();

function hostOf(server: string): string {
	return parseUrl(server)?.hostname ?? server;
}
