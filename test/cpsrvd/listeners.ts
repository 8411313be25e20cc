import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A listener, and the port that it is to have. */
export interface Wish {
	server: Server;
	port: number;
	/** How many connections may wait to be accepted; 511 unless given. */
	backlog?: number;
}

const ATTEMPTS = 20;

/**
 * Makes all servers listen at one address, and says which: the given one, or a random loopback
 * address at which all ports are free. Where 127.0.0.1 is the only one there is (macOS), that one.
 */
export async function listenTogether(wishes: Wish[], address?: string): Promise<string> {
	if (address !== undefined) return await listenAt(wishes, address);
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await listenAt(wishes, randomLoopback());
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code;
			if (code === 'EADDRNOTAVAIL') return await listenAt(wishes, '127.0.0.1');
			if (code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
		}
	}
}

/** The port at which a server listens. */
export function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

/** Stops listening; connections that are open are none of its business. */
export async function stopListening(server: Server): Promise<void> {
	if (server.listening) await new Promise((resolve) => server.close(resolve));
}

async function listenAt(wishes: Wish[], address: string): Promise<string> {
	try {
		for (const { server, port, backlog } of wishes) {
			server.listen({ host: address, port, backlog });
			await once(server, 'listening');
		}
		return address;
	} catch (error) {
		await Promise.all(wishes.map(({ server }) => stopListening(server)));
		throw error;
	}
}

function randomLoopback(): string {
	return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}
