import type { CpanelError } from '../../errors';
import { parseUrl } from '../../cpanel/input/url';

/** One minute, in milliseconds. cPanel counts refused sign-ins over several, and locks out after a few. */
const REMEMBERED_FOR = 60_000;

/** Servers that are remembered at once: more than an instance is refused by at the same time. */
const MAX_REMEMBERED = 1000;

/** What became of the sign-ins at one server within the last minute. */
export interface RecentRefusals {
	count: number;
	/** What the server said the last time. */
	last?: CpanelError;
}

/**
 * The sign-ins that servers refused a moment ago, over all executions of this process: a loop, or nodes one after
 * another, lock n8n out as well as one long batch does. Keeps no secret.
 */
export class RefusedSignIns {
	private readonly byServer = new Map<string, Array<{ error: CpanelError; until: number }>>();

	/** @param now a clock in milliseconds that never goes back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/** @param server its origin; all ports of a host count together, as cPanel counts them */
	recent(server: string): RecentRefusals {
		const refusals = this.fresh(server);
		return { count: refusals.length, last: refusals.at(-1)?.error };
	}

	/** @param error what the server said */
	note(server: string, error: CpanelError): void {
		const host = hostOf(server);
		const refusals = [...this.fresh(server), { error, until: this.now() + REMEMBERED_FOR }];
		this.byServer.delete(host);
		this.byServer.set(host, refusals);
		for (const oldest of this.byServer.keys()) {
			if (this.byServer.size <= MAX_REMEMBERED) break;
			this.byServer.delete(oldest);
		}
	}

	private fresh(server: string): Array<{ error: CpanelError; until: number }> {
		const refusals = this.byServer.get(hostOf(server)) ?? [];
		return refusals.filter(({ until }) => until > this.now());
	}
}

/** Those of this process. */
export const refusedSignIns = new RefusedSignIns();

function hostOf(server: string): string {
	return parseUrl(server)?.hostname ?? server;
}
