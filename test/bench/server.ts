/*
 * The stand-in for cPanel in a process of its own, so that what is measured of the client is the client's
 * alone. The parent reads its address, and then lets it be slow and count.
 */
import { startCpsrvd } from '../cpsrvd';
import { putAtDistance } from './distance';
import type { World } from './worlds';

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
	const begin = (): string => {
		state.reset();
		journal.clear();
		Object.assign(switches, { workers: world.workers, serviceTime: world.serviceTime });
		return 'begun';
	};
	const end = (): ServerCounts => {
		Object.assign(switches, { workers: 0, serviceTime: 0 });
		return { handshakes: journal.connections, mostSockets: journal.maxSockets };
	};
	process.once('disconnect', () => process.exit());
	process.on('message', (message) => process.send?.(message === 'begin' ? begin() : end()));
	process.send?.({ distant, near: server.address } satisfies Addresses);
}

void main(JSON.parse(process.argv[2] ?? '') as World);
