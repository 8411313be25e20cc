import { MAX_REFUSED } from '../../nodes/shared/n8n/lockout/SignInGuard';
import { DEFAULT_CONCURRENCY } from '../../nodes/shared/n8n/parameters';
import type { Row } from './rows';
import { whoOf } from './rows';
import { WORLDS } from './worlds';
import type { World } from './worlds';

/**
 * Whether those figures of this package that do not depend on the machine are what they must be: no item is
 * lost, there are hardly more sockets than the concurrency, and kept connections mean one handshake for each concurrent request.
 *
 * @returns what is not so, in words
 */
export function miscounted(rows: Row[]): string[] {
	return rows.flatMap((row) => {
		const { task, items, world } = row;
		const name = `${whoOf(row)}, ${task}, ${items} items, ${world}`;
		return complaintsAbout(row).map((complaint) => `${name}: ${complaint}`);
	});
}

function complaintsAbout(row: Row): string[] {
	const { variant, task, items, failed, handshakes, mostSockets } = row;
	const concurrency = Math.min(row.concurrency ?? DEFAULT_CONCURRENCY, items);
	const { workers, phases }: World = WORLDS[row.world];
	// a server with workers is given less concurrency now and then, and closes what stays idle for five seconds
	const renewed = workers > 0 ? concurrency : 0;
	// so it is after every change; and an answer that turns a request away is the last of its connection
	const renewals = renewed * (phases?.length ?? 1);
	const logins = task === 'session' ? 0 : Math.min(MAX_REFUSED, items);
	switch (variant) {
		// what becomes of n8n's own node is for the table to show
		case 'httpRequest':
		case 'httpRequestBatched':
			return [];
		case 'nothing':
			return complaints(failed > 0 && `${failed} failed`);
		case 'helper':
			return complaints(
				failed > 0 && `${failed} failed`,
				handshakes !== (task === 'session' ? items : 2 * items) && `${handshakes} handshakes`,
				// the next connection opens while the last one closes
				mostSockets > 2 * concurrency &&
					`${mostSockets} sockets for a concurrency of ${concurrency}`,
			);
		default:
			return complaints(
				failed > 0 && `${failed} failed`,
				mostSockets > concurrency + renewed &&
					`${mostSockets} sockets for a concurrency of ${concurrency}`,
				// the second node opens its own when those of the first are closed
				handshakes > mostSockets + logins + renewals &&
					`${handshakes} handshakes for ${mostSockets} concurrent requests`,
			);
	}
}

function complaints(...all: Array<string | false>): string[] {
	return all.filter((complaint) => complaint !== false);
}
