import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { VISITOR } from './links';

/** An answer as it came, with nothing followed, unpacked or put together. */
export interface RawAnswer {
	status: number;
	/** By their names in lower case, each with all that came under it. */
	headers: Record<string, string[]>;
	body: string;
}

/** A request to the address that links lead to. */
export interface LinkQuestion {
	method: 'GET' | 'HEAD' | 'POST';
	/** In the address for GET and HEAD, in a form for POST: as the button sends it. */
	token: string;
	headers?: Record<string, string>;
}

/** Asks as a browser does whose visitor comes through a proxy. Each request has a connection of its own. */
export async function ask(url: string, question: LinkQuestion): Promise<RawAnswer> {
	const { method, token } = question;
	const form = method === 'POST' ? new URLSearchParams({ t: token }).toString() : undefined;
	const address = new URL(url);
	address.search = form === undefined ? new URLSearchParams({ t: token }).toString() : '';
	const sent = request(address, {
		method,
		agent: false,
		headers: {
			'x-forwarded-for': VISITOR,
			'user-agent': 'A browser',
			...(form !== undefined && {
				'content-type': 'application/x-www-form-urlencoded',
				'content-length': Buffer.byteLength(form),
			}),
			...question.headers,
		},
	});
	sent.end(form);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	return {
		status: answer.statusCode ?? 0,
		headers: headersOf(answer.rawHeaders),
		body: Buffer.concat(chunks).toString('utf8'),
	};
}

function headersOf(raw: string[]): RawAnswer['headers'] {
	const headers: RawAnswer['headers'] = {};
	for (let at = 0; at < raw.length; at += 2) {
		const [name = '', value = ''] = raw.slice(at, at + 2);
		(headers[name.toLowerCase()] ??= []).push(value);
	}
	return headers;
}
