import { explain } from '../../cpanel/api/explain';
import type { Channel } from '../../cpanel/api/exchange';
import type { HttpTransport, PendingMatch } from '../../http/HttpTransport';
import type { ItemTask } from './ItemPlan';

/** What an item asks for, over a channel that remembers what the item was answered. */
export function itemTask({ run, ...request }: ItemTask<[Channel]>, channel: Channel): ItemTask {
	let matches: PendingMatch[] = [];
	const transport: HttpTransport = {
		async send(sent) {
			const answer = await channel.transport.send(sent);
			if (answer.pendingMatch !== undefined) matches.push(answer.pendingMatch);
			return answer;
		},
		// closing stays with whoever opened it
		async close() {},
	};
	return {
		...request,
		async run() {
			// what an earlier run was answered does not matter any more
			matches = [];
			return await run({ ...channel, transport });
		},
		mismatch() {
			const mismatch = matches.find((match) => match.mismatch !== undefined)?.mismatch;
			return mismatch && explain(mismatch, channel);
		},
	};
}
