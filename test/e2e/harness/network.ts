import { once } from 'node:events';
import { createServer as createHttpServer, request, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const LOOPBACK = '127.0.0.1';

/** Something that listens on loopback and passes on what it gets. */
export interface Relay {
	readonly port: number;
	stop(): Promise<void>;
}

/**
 * A reverse proxy as it stands in front of an n8n: it tells n8n where each request came from.
 *
 * @param target the origin of n8n
 */
export async function startProxy(target: string): Promise<Relay> {
	const server = createHttpServer((incoming, outgoing) => {
		const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
		const { method } = incoming;
		const passedOn = request(
			new URL(incoming.url ?? '/', target),
			{ method, headers },
			(answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			},
		);
		passedOn.on('error', () => outgoing.destroy());
		incoming.pipe(passedOn);
	});
	return await listen(server);
}

/**
 * Passes TCP connections on from another address, so that the one at the other end seems to be on
 * another network.
 *
 * @param to where the connections go
 * @param from the loopback address they come from
 */
export async function startForwarder(
	to: { host: string; port: number },
	from: string,
): Promise<Relay> {
	const server = createServer((near) => {
		const far = connect({ ...to, localAddress: from });
		near.on('error', () => far.destroy());
		far.on('error', () => near.destroy());
		near.pipe(far).pipe(near);
	});
	return await listen(server);
}

/**
 * The way out of another network, for a browser: a forward proxy whose connections come from another address of
 * loopback. What stands in front of an n8n tells it the public address of such a visitor.
 *
 * @param from the loopback address that connections come from
 * @param publicAddress what that address is called on the internet
 */
export async function startWayOut(from: string, publicAddress: string): Promise<Relay> {
	const server = createHttpServer((incoming, outgoing) => {
		const passedOn = request(
			new URL(incoming.url ?? ''),
			{
				method: incoming.method,
				headers: { ...incoming.headers, 'x-forwarded-for': publicAddress },
				localAddress: from,
			},
			(answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			},
		);
		passedOn.on('error', () => outgoing.destroy());
		incoming.pipe(passedOn);
	});
	// a browser that wants TLS asks for the bare connection
	server.on('connect', ({ url = '' }: IncomingMessage, near: Duplex, first: Buffer) => {
		const { hostname: host, port } = new URL(`tcp://${url}`);
		const far = connect({ host, port: Number(port), localAddress: from }, () => {
			near.write('HTTP/1.1 200 Connection established\r\n\r\n');
			far.write(first);
			near.pipe(far).pipe(near);
		});
		near.on('error', () => far.destroy());
		near.on('close', () => far.destroy());
		far.on('error', () => near.destroy());
	});
	return await listen(server);
}

/** A port of loopback that nobody listens at. */
export async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, LOOPBACK);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function listen(server: Server): Promise<Relay> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(0, LOOPBACK);
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		async stop() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}
