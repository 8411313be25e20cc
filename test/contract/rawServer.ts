import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

import type { Certificate } from '../cpsrvd/certificate';

/** A server whose bytes the test decides. */
export interface RawServer {
	port: number;
	/** For instance `https://127.0.0.1:54321`. */
	origin: string;
	/** The heads and bodies of the requests that arrived, in order. */
	requests: string[];
	/** How many connections were accepted, whether or not anything came on them. */
	connections: number;
	/** Resolves when no connection is open any more. */
	allClosed(): Promise<void>;
	stop(): Promise<void>;
}

/** Answers one request on its connection; `nth` counts the requests of the server from 0. */
export type Responder = (channel: Channel, nth: number, request: string) => void;

export interface Channel {
	write(bytes: string | Buffer, done?: () => void): void;
	/** Sends what is left, and takes leave as a server does. */
	end(bytes?: string | Buffer): void;
	/** Breaks the connection off, as a server does that crashes. */
	reset(): void;
}

/**
 * Starts a server on a free port of 127.0.0.1.
 *
 * @param certificate without one the server speaks plain TCP
 * @param greeting what the server says before it is asked anything, as those for mail do; one for each connection
 * where it is a list, and nothing when that is over
 */
export async function startRawServer(
	respond: Responder,
	certificate?: Certificate & Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'>,
	greeting?: string | Buffer | string[],
): Promise<RawServer> {
	/** The TCP sockets; those of TLS are on top of them, and know them by the port of the client. */
	const sockets = new Map<number | undefined, Socket>();
	const requests: string[] = [];
	const serve = (socket: Socket): void => {
		let received = '';
		socket.on('error', () => socket.destroy());
		const words = Array.isArray(greeting) ? greeting.shift() : greeting;
		if (words !== undefined) socket.write(words);
		socket.on('data', (chunk: Buffer) => {
			received += chunk.toString('latin1');
			// a server without TLS answers to whatever comes, such as the hello of TLS
			if (certificate && !isComplete(received)) return;
			const request = received;
			requests.push(request);
			received = '';
			const channel: Channel = {
				write: (bytes, done) => void socket.write(bytes, done),
				end: (bytes = '') => void socket.end(bytes),
				reset: () => void sockets.get(socket.remotePort)?.resetAndDestroy(),
			};
			respond(channel, requests.length - 1, request);
		});
	};
	const server = certificate ? createTlsServer(certificate, serve) : createTcpServer(serve);
	server.on('tlsClientError', () => {});
	server.on('connection', (socket: Socket) => {
		raw.connections += 1;
		const { remotePort } = socket;
		sockets.set(remotePort, socket);
		socket.on('error', () => {});
		socket.once('close', () => {
			sockets.delete(remotePort);
			server.emit('gone');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const raw: RawServer = {
		port,
		origin: `https://127.0.0.1:${port}`,
		requests,
		connections: 0,
		async allClosed() {
			while (sockets.size > 0) await once(server, 'gone');
		},
		async stop() {
			for (const socket of sockets.values()) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
	return raw;
}

/** An answer as it goes over the wire. */
export function answer(
	status: number,
	headers: Record<string, string | string[]> = {},
	body: string | Buffer = '',
): Buffer {
	const bytes = Buffer.from(body);
	const lines = Object.entries({ 'Content-Length': String(bytes.length), ...headers }).flatMap(
		([name, values]) => [values].flat().map((value) => `${name}: ${value}\r\n`),
	);
	return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`), bytes]);
}

function isComplete(request: string): boolean {
	const [head = '', body] = request.split(/\r\n\r\n(.*)/s);
	const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
	return body !== undefined && body.length >= length;
}
