import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Answers that come twice. */
export interface Duplicate {
	/**
	 * When the second copy comes: so many milliseconds after the first, or when the next request on the
	 * connection has arrived. From then on that connection lags behind by one: each answer waits for the request
	 * after its own. The latter does not depend on how fast a machine is.
	 */
	after: number | 'next-request';
	/** So many answers, and no more; counts down. Every answer unless given. */
	times?: number;
}

/** Sends answers once more, on the connection they came on. */
export class Duplicates {
	/** The bytes that wait for the next request of a connection. */
	private readonly waiting = new WeakMap<Socket, Buffer>();
	/** The connections that lag behind, and what is called when their next request arrives. */
	private readonly lagging = new WeakMap<Socket, () => void>();

	/**
	 * A request has arrived: what was kept for it is sent.
	 *
	 * @returns when its own answer may be sent: at once, or once the next request has arrived
	 */
	async arrived(socket: Socket): Promise<void> {
		const bytes = this.waiting.get(socket);
		this.waiting.delete(socket);
		if (bytes) socket.write(bytes);
		const next = this.lagging.get(socket);
		next?.();
		if (!bytes && !next) return;
		await new Promise<void>((resolve) => this.lagging.set(socket, resolve));
	}

	/** Keeps or sends a second copy of an answer that is about to be sent. */
	repeat(
		socket: Socket,
		response: ServerResponse,
		duplicate: Duplicate | null,
		body: Buffer,
	): void {
		if (duplicate === null || (duplicate.times ?? 1) <= 0) return;
		if (duplicate.times !== undefined) duplicate.times -= 1;
		const { after } = duplicate;
		response.once('finish', () => {
			const bytes = Buffer.concat([Buffer.from(headOf(response), 'latin1'), body]);
			if (after === 'next-request') this.waiting.set(socket, bytes);
			else void sendLater(socket, bytes, after);
		});
	}
}

async function sendLater(socket: Socket, bytes: Buffer, after: number): Promise<void> {
	if (after > 0) await wait(after, undefined, { ref: false });
	if (socket.writable) socket.write(bytes);
}

/** The head as it was sent, but for the headers that Node.js adds by itself. */
function headOf(response: ServerResponse): string {
	const lines = Object.entries(response.getHeaders()).flatMap(([name, values]) =>
		[values].flat().map((value) => `${name}: ${String(value)}\r\n`),
	);
	return `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${lines.join('')}\r\n`;
}
