import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpRequest } from '../../nodes/shared/http/HttpTransport';
import { NEVER } from './deadlines';

/** Longer than a test may take, however busy the machine is. */
export const TIMEOUT = NEVER * 1_000;

export function get(url: string): HttpRequest {
	return { method: 'GET', url, timeout: TIMEOUT };
}

/** The error of an exchange that must not succeed. */
export async function failure(exchange: Promise<unknown>): Promise<HttpTransportError> {
	const error: unknown = await exchange.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof HttpTransportError) return error;
	throw new Error(`Expected the exchange to fail, and got ${inspect(error)}`);
}

/** A port of 127.0.0.1 at which nothing listens. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
