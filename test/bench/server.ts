/*
 * The stand-in for cPanel in a process of its own, so that what is measured of the client is the client's
 * alone. The parent reads its address, and then lets it be slow and count.
 */
import { startCpsrvd } from '../cpsrvd';
import type { JournalEntry, Switches } from '../cpsrvd';
import { putAtDistance } from './distance';
import type { Phase, World } from './worlds';

/** What the server tells its parent when it is ready. */
export interface Addresses {
	/** Where it answers from as far away as its world has it. */
	distant: string;
	/** Where it answers from this machine. */
	near: string;
}

/** What the server saw since it was told to begin. */
export interface ServerCounts {
	handshakes: number;
	mostSockets: number;
	meanQueue: number;
	/** When each request came and ended, in seconds, and whether it was turned away. */
	course: Array<[from: number, to: number, turnedAway: boolean]>;
}

/** As many as Linux allows, so that a client that comes with all its connections at once is not turned away. */
const LONGEST_LINE = 4096;

async function main(world: World): Promise<void> {
	const server = await startCpsrvd({ backlog: LONGEST_LINE });
	const { switches, journal, state } = server;
	let distant = server.address;
	if (world.oneWay > 0) {
		// a stand-in chooses no address that ends like this
		distant = server.address.replace(/\d+$/, '255');
		for (const port of [server.cpanelPort, server.webmailPort]) {
			await putAtDistance({ host: distant, port }, { host: server.address, port }, world.oneWay);
		}
	}
	let changes: NodeJS.Timeout[] = [];
	const begin = (): string => {
		state.reset();
		journal.clear();
		const { workers, serviceTime, phases = [] } = world;
		Object.assign(switches, { workers, serviceTime });
		changes = phases.map((phase) =>
			setTimeout(() => Object.assign(switches, during(phase)), phase.from * 1000),
		);
		return 'begun';
	};
	const end = (): ServerCounts => {
		for (const change of changes) clearTimeout(change);
		Object.assign(switches, { workers: 0, serviceTime: 0, busy: null });
		const { connections: handshakes, maxSockets: mostSockets, entries } = journal;
		return { handshakes, mostSockets, ...overTime(entries) };
	};
	process.once('disconnect', () => process.exit());
	process.on('message', (message) => process.send?.(message === 'begin' ? begin() : end()));
	process.send?.({ distant, near: server.address } satisfies Addresses);
}

function during({ workers, serviceTime, retryAfter }: Phase): Partial<Switches> {
	const busy =
		retryAfter === undefined ? null : { status: 429 as const, retryAfter: String(retryAfter) };
	return { workers, serviceTime, busy };
}

function overTime(entries: readonly JournalEntry[]): Pick<ServerCounts, 'meanQueue' | 'course'> {
	const beganAt = entries[0]?.at ?? 0;
	const endedAt = Math.max(...entries.map((entry) => entry.endedAt || entry.at));
	const waited = entries.reduce((sum, entry) => sum + entry.waited, 0);
	return {
		meanQueue: waited / Math.max(1, endedAt - beganAt),
		course: entries.map((entry) => [
			(entry.at - beganAt) / 1000,
			((entry.endedAt || entry.at) - beganAt) / 1000,
			entry.status === 429,
		]),
	};
}

void main(JSON.parse(process.argv[2] ?? '') as World);
