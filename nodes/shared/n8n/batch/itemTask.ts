import { explain } from '../../cpanel/api/explain';
import type { Channel } from '../../cpanel/api/exchange';
import { watchTransport } from '../../http/watchedTransport';
import type { ItemTask } from './ItemPlan';

/** What an item asks for, over a channel that remembers what the item was answered. */
export function itemTask({ run, ...request }: ItemTask<[Channel]>, channel: Channel): ItemTask {
	let transport = watchTransport(channel.transport);
	return {
		...request,
		async run() {
			// what an earlier run was answered does not matter any more
			transport = watchTransport(channel.transport);
			return await run({ ...channel, transport });
		},
		mismatch: () => transport.mismatch && explain(transport.mismatch, channel),
	};
}
