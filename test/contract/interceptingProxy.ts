import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Certificate } from '../cpsrvd/certificate';
import { startConnectProxy } from './connectProxy';

/** A proxy that opens what goes through it, as somebody on the way would who wants to read along. */
export interface InterceptingProxy {
	/** For instance `http://127.0.0.1:54321`. */
	url: string;
	port: number;
	/** The headers of each request that it could read. */
	read: IncomingHttpHeaders[];
	stop(): Promise<void>;
}

/** @param certificate in place of that of the server, whoever issued it */
export async function startInterceptingProxy(certificate: Certificate): Promise<InterceptingProxy> {
	const read: IncomingHttpHeaders[] = [];
	const server = createServer(certificate, ({ headers }, response) => {
		read.push(headers);
		response.setHeader('content-type', 'application/json');
		response.end('{"status":1,"data":[]}');
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const proxy = await startConnectProxy({ host: '127.0.0.1', port });
	return {
		url: proxy.url,
		port: Number(new URL(proxy.url).port),
		read,
		async stop() {
			await proxy.stop();
			server.close();
			server.closeAllConnections();
		},
	};
}
