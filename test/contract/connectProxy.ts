import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import type { Certificate } from '../cpsrvd/certificate';

/** A proxy for TLS connections, as the variable HTTPS_PROXY names one. */
export interface ConnectProxy {
	/** For instance `http://127.0.0.1:54321`. */
	url: string;
	/** The hosts and ports that clients asked for, in order. */
	targets: string[];
	stop(): Promise<void>;
}

/**
 * Starts a proxy on a free port of 127.0.0.1.
 *
 * @param destination where every tunnel leads, whatever a client asks for; a status is all that a proxy answers which
 * opens none
 * @param certificate for a proxy that is itself spoken to over TLS
 */
export async function startConnectProxy(
	destination: { host: string; port: number } | { refuses: number },
	certificate?: Certificate,
): Promise<ConnectProxy> {
	const targets: string[] = [];
	const sockets = new Set<Socket>();
	const track = (socket: Socket): void => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	};
	const server = certificate ? createTlsServer(certificate) : createServer();
	server.on('tlsClientError', () => {});
	server.on(certificate ? 'secureConnection' : 'connection', track);
	server.on('connect', ({ url }, client: Socket) => {
		targets.push(url ?? '');
		if ('refuses' in destination) {
			client.end(`HTTP/1.1 ${destination.refuses} X\r\nContent-Length: 6\r\n\r\n<html>`);
			return;
		}
		const tunnel = connect(destination);
		track(tunnel);
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		client.pipe(tunnel).pipe(client);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		targets,
		async stop() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
