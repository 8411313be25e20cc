import { once } from 'node:events';
import { connect } from 'node:tls';

import type { Cpsrvd } from '../cpsrvd';

/** A request as it goes over the wire, but for the headers that every request has. */
export interface RawRequest {
	port: 'cpanel' | 'webmail' | 'whm';
	/** Method and target, such as `POST /login`. */
	line: string;
	headers?: Record<string, string>;
	/** Its length is sent with it. */
	body?: string;
}

/** An answer as it came over the wire. */
export interface RawAnswer {
	status: number;
	/** By their names in lower case; all values of a name, in order. */
	headers: Record<string, string[]>;
	body: string;
}

/** Sends one request on a connection of its own, adds nothing to it, and follows nothing. */
export async function exchange(
	server: Cpsrvd,
	{ port, line, headers, body }: RawRequest,
): Promise<RawAnswer> {
	const { host, port: number } = urlParts(server[`${port}Origin`]);
	const socket = connect({ host, port: number, ca: server.certificate, servername: 'localhost' });
	await once(socket, 'secureConnect');
	const all = {
		Host: `${host}:${number}`,
		Connection: 'close',
		...headers,
		...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
	};
	const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.end(`${line} HTTP/1.1\r\n${head.join('')}\r\n${body ?? ''}`);
	const chunks: Buffer[] = [];
	for await (const chunk of socket) chunks.push(chunk as Buffer);
	return parse(Buffer.concat(chunks).toString());
}

function urlParts(origin: string): { host: string; port: number } {
	const { hostname, port } = new URL(origin);
	return { host: hostname, port: Number(port) };
}

function parse(text: string): RawAnswer {
	const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
	const [first = '', ...lines] = head.split('\r\n');
	const headers: Record<string, string[]> = {};
	for (const line of lines) {
		const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
		(headers[name.toLowerCase()] ??= []).push(value);
	}
	return { status: Number(first.split(' ')[1]), headers, body };
}
