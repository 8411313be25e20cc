import { newIncident } from './reasons';

/** In milliseconds. Whoever reads the log learns soon enough, and whoever asks on and on does not fill it. */
const MINUTE = 60_000;

/** Triggers that are remembered at once. Beyond that the one that was quiet longest is forgotten. */
const MAX_TRIGGERS = 1000;

interface Entry {
	since: number;
	incident: string;
	/** Requests since then that got no line of their own. */
	more: number;
}

/** Writes what anybody on the internet can cause to the log: one line a minute for each trigger, with a count. */
export class IncidentLog {
	private readonly entries = new Map<string, Entry>();

	/** @param now a clock in milliseconds that never goes back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * Takes note of a request that could not be served.
	 *
	 * @param trigger names it among those of this process
	 * @param write writes a line, with what is to stand at its end
	 * @returns the incident in the line that tells of this request
	 */
	note(trigger: string, write: (incident: string, count: string) => void): string {
		const now = this.now();
		const entry = this.entries.get(trigger);
		if (entry !== undefined && now - entry.since < MINUTE) {
			entry.more += 1;
			return entry.incident;
		}
		const incident = newIncident();
		this.entries.delete(trigger);
		this.entries.set(trigger, { since: now, incident, more: 0 });
		for (const quiet of this.entries.keys()) {
			if (this.entries.size <= MAX_TRIGGERS) break;
			this.entries.delete(quiet);
		}
		const { more = 0 } = entry ?? {};
		write(incident, more === 0 ? '' : ` (and ${more} more since the last such line)`);
		return incident;
	}
}
