import type { IncomingHttpHeaders } from 'node:http';

/** One request as it was received, and the status it was answered with. */
export interface JournalEntry {
	/** The listener it came in at. */
	readonly port: 'cpanel' | 'webmail' | 'whm';
	/** The address it came in at: that of the server, or of its mail node. */
	readonly address: string;
	readonly method: string;
	/** The path as sent, without the query. */
	readonly path: string;
	readonly query: Record<string, string>;
	/** The request target, untouched. */
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	/** The fields of the body, whether urlencoded, multipart or JSON. */
	readonly form: Record<string, string>;
	readonly rawBody: string;
	/** The status answered; 0 as long as nothing was answered. */
	status: number;
	/** When its answer was complete or its connection closed, by the clock of the server; 0 before. */
	endedAt: number;
	/** How long it waited in line for a worker, in milliseconds. */
	waited: number;
	/** Which TLS connection it came on; the numbers run through the life of the server. */
	readonly connection: number;
	/** When it came, by the clock of the server. */
	readonly at: number;
	/** How many requests were under way when it came, itself included. */
	readonly inFlight: number;
}

/** Everything the server received, in order, and what it cost in connections. */
export class Journal {
	private received: JournalEntry[] = [];
	private accepted = 0;
	private underWay = 0;
	private mostInFlight = 0;
	private open = 0;
	private mostOpen = 0;

	/** The requests received since the last `clear`, in order. */
	get entries(): readonly JournalEntry[] {
		return this.received;
	}

	/** The TLS connections accepted since the last `clear`. */
	get connections(): number {
		return this.accepted;
	}

	/** The most requests that were under way at the same time since the last `clear`. */
	get maxConcurrent(): number {
		return this.mostInFlight;
	}

	/** The requests that are under way. */
	get inFlight(): number {
		return this.underWay;
	}

	/** The most sockets that were open at the same time since the last `clear`. */
	get maxSockets(): number {
		return this.mostOpen;
	}

	/** Forgets what was received so far. */
	clear(): void {
		this.received = [];
		this.accepted = 0;
		this.mostInFlight = this.underWay;
		this.mostOpen = this.open;
	}

	/** Writes down a request that has arrived completely. */
	record(entry: JournalEntry): void {
		this.received.push(entry);
	}

	/** Counts a socket that is open from now on. */
	opened(): void {
		this.open += 1;
		this.mostOpen = Math.max(this.mostOpen, this.open);
	}

	/** Counts a socket that is not open any more. */
	closed(): void {
		this.open -= 1;
	}

	/** Counts a connection whose handshake is done. */
	connected(): void {
		this.accepted += 1;
	}

	/** Counts a request that begins. */
	began(): void {
		this.underWay += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.underWay);
	}

	/** Counts a request that is over, answered or not. */
	ended(): void {
		this.underWay -= 1;
	}
}
