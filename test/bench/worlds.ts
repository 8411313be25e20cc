/** How much a server can do at a time, from a moment on. */
export interface Phase {
	/** Seconds since the first request. */
	from: number;
	/** What the picture says of it. */
	label: string;
	/** Milliseconds that the server needs for each request. */
	serviceTime: number;
	/** How many requests the server works on at a time, while the others wait in line; 0 for any number. */
	workers: number;
	/** Whether it turns everything away, and asks for so many seconds. */
	retryAfter?: number;
}

/** How far away a server is, and how much it can do at a time. */
export interface World {
	title: string;
	/** Milliseconds that a byte is under way, in either direction. */
	oneWay: number;
	serviceTime: number;
	workers: number;
	/** What becomes of the server after a while, where it does not stay as it is. */
	phases?: Phase[];
	/**
	 * The pause that n8n's HTTP Request node makes between two batches of 32, in milliseconds: about as long as the
	 * server takes for a batch, so that the node has as many connections open as a batch has items.
	 */
	batchInterval: number;
}

export const WORLDS = {
	loopback: {
		title: 'A server on the same machine that answers at once',
		oneWay: 0,
		serviceTime: 0,
		workers: 0,
		batchInterval: 50,
	},
	wide: {
		title: '40 ms away (there and back), 20 ms for a request, and any number at a time',
		oneWay: 20,
		serviceTime: 20,
		workers: 0,
		batchInterval: 150,
	},
	ten: {
		title: '40 ms away, 10 workers that need 100 ms for a request; the others wait',
		oneWay: 20,
		serviceTime: 100,
		workers: 10,
		batchInterval: 320,
	},
	twenty: {
		title: '120 ms away, 20 workers that need 60 ms for a request',
		oneWay: 60,
		serviceTime: 60,
		workers: 20,
		batchInterval: 430,
	},
	four: {
		title: '40 ms away, 4 workers that need 150 ms for a request',
		oneWay: 20,
		serviceTime: 150,
		workers: 4,
		batchInterval: 1_200,
	},
	changing: {
		title: '40 ms away, a server that changes',
		oneWay: 20,
		serviceTime: 150,
		workers: 16,
		phases: [
			{ from: 0, label: '16 workers', serviceTime: 150, workers: 16 },
			{ from: 5, label: '4 workers', serviceTime: 150, workers: 4 },
			{ from: 13, label: '429', serviceTime: 150, workers: 4, retryAfter: 2 },
			{ from: 16, label: '16 workers', serviceTime: 150, workers: 16 },
		],
		batchInterval: 0,
	},
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;
