import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Switches } from './switches';

/** A connection, and how many requests have come on it. */
interface Known {
	id: number;
	requests: number;
}

type KeepAlive = Pick<
	Switches,
	'connectionClose' | 'keepAliveMax' | 'keepAliveTimeout' | 'keepAliveSilent'
>;

/** Numbers the connections, counts the requests of each, and ends them as the switches say. */
export class Connections {
	private readonly known = new WeakMap<Socket, Known>();
	private last = 0;
	private answers = 0;

	count(socket: Socket): Known {
		const connection = this.known.get(socket) ?? { id: (this.last += 1), requests: 0 };
		connection.requests += 1;
		this.known.set(socket, connection);
		return { ...connection };
	}

	/** Says in the head of an answer how long its connection is kept, and ends it when that is over. */
	keep(socket: Socket, response: ServerResponse, keepAlive: KeepAlive): void {
		const { connectionClose, keepAliveMax, keepAliveTimeout, keepAliveSilent } = keepAlive;
		const { requests = 0 } = this.known.get(socket) ?? {};
		this.answers += 1;
		if (connectionClose > 0 && this.answers % connectionClose === 0) {
			response.setHeader('Connection', 'close');
		}
		const left = keepAliveMax > 0 ? keepAliveMax - requests : Infinity;
		if (!keepAliveSilent && left <= 0) response.setHeader('Connection', 'close');
		else if (!keepAliveSilent && (left < Infinity || keepAliveTimeout > 0)) {
			response.setHeader('Connection', 'keep-alive');
			response.setHeader('Keep-Alive', promise(keepAliveTimeout, left));
		}
		if (left <= 0) response.once('finish', () => socket.destroySoon());
		if (keepAliveTimeout > 0) {
			response.once('finish', () => void this.endWhenIdle(socket, requests, keepAliveTimeout));
		}
	}

	private async endWhenIdle(socket: Socket, requests: number, timeout: number): Promise<void> {
		await wait(timeout, undefined, { ref: false });
		if (this.known.get(socket)?.requests === requests) socket.destroySoon();
	}
}

function promise(timeout: number, left: number): string {
	return [
		...(timeout > 0 ? [`timeout=${Math.floor(timeout / 1000)}`] : []),
		...(left < Infinity ? [`max=${left}`] : []),
	].join(', ');
}
