/** How far away a server is, and how much it can do at a time. */
export interface World {
	title: string;
	/** Milliseconds that a byte is under way, in either direction. */
	oneWay: number;
	/** Milliseconds that the server needs for each request. */
	serviceTime: number;
	/** How many requests the server works on at a time, while the others wait in line; 0 for any number. */
	workers: number;
	/**
	 * The pause that n8n's HTTP Request node makes between two batches, in milliseconds: about as long as
	 * the server takes for a batch, so that the node has as many connections open as a batch has items.
	 */
	batchInterval: number;
}

export const WORLDS = {
	loopback: {
		title: 'A server on the same machine that answers at once',
		oneWay: 0,
		serviceTime: 0,
		workers: 0,
		batchInterval: 10,
	},
	distant: {
		title:
			'A server 40 ms away (there and back) that needs 20 ms for a request, and any number at a time',
		oneWay: 20,
		serviceTime: 20,
		workers: 0,
		batchInterval: 150,
	},
	model: {
		title: 'A server 40 ms away with 4 workers that need 150 ms for a request; the others wait',
		oneWay: 20,
		serviceTime: 150,
		workers: 4,
		batchInterval: 190,
	},
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;
