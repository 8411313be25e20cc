import { MOST_REFUSED } from '../../nodes/shared/n8n/batch/SignInGuard';
import { VARIANTS } from './jobs';
import type { Row } from './rows';

/**
 * Whether those figures of this package that do not depend on the machine are what they must be: no item is
 * lost, there are hardly more sockets than lanes, and kept connections mean one handshake for each lane.
 *
 * @returns what is not so, in words
 */
export function miscounted(rows: Row[]): string[] {
	return rows.flatMap((row) => {
		const { variant, task, items, lanes, world, failed, handshakes, mostSockets } = row;
		// what becomes of n8n's own node is for the table to show
		if (variant === 'httpRequest' || variant === 'httpRequestBatched') return [];
		const expected = {
			undici: lanesUsed(row),
			pool: Math.min(lanes, items),
			helper: task === 'session' ? items : 2 * items,
			nothing: 0,
		}[variant];
		const complaints = [
			...(failed > 0 ? [`${failed} failed`] : []),
			...(handshakes === expected ? [] : [`${handshakes} handshakes, not ${expected}`]),
			// the next connection of the helper opens while the last one closes
			...(mostSockets > 2 * lanes ? [`${mostSockets} sockets, ${lanes} lanes`] : []),
		];
		const name = `${VARIANTS[variant]}, ${task}, ${items} items, ${world}`;
		return complaints.map((complaint) => `${name}: ${complaint}`);
	});
}

/** The first item goes alone, and the lanes open for the others. */
function lanesUsed({ items, lanes, task }: Row): number {
	const atOnce = Math.max(1, items - 1);
	const logins = task === 'session' ? 0 : Math.min(MOST_REFUSED, atOnce);
	return Math.min(lanes, atOnce) + logins;
}
