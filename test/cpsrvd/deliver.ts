import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answer';
import type { Switches } from './switches';

const MEBIBYTE = 1024 * 1024;
const DRIPS = 10;

/**
 * Sends an answer, with everything that the switches do to its bytes on the way. `finishing` is
 * called right before the last bytes leave: no client can know of the end of an answer any earlier.
 */
export async function deliver(
	response: ServerResponse,
	answer: Answer,
	switches: Readonly<Switches>,
	signal: AbortSignal,
	finishing: () => void,
): Promise<void> {
	const body = shapeBody(answer, switches);
	response.writeHead(answer.status, answer.reason, shapeHeaders(answer, body, switches));
	if (switches.reset === 'mid-answer') {
		response.write(body.subarray(0, body.length / 2), () => response.destroy());
		return;
	}
	let sent = 0;
	if (switches.drip > 0) {
		response.flushHeaders();
		const size = Math.max(1, Math.ceil(body.length / DRIPS));
		for (; sent + size < body.length; sent += size) {
			await wait(switches.drip / DRIPS, undefined, { signal });
			response.write(body.subarray(sent, sent + size));
		}
		await wait(switches.drip / DRIPS, undefined, { signal });
	}
	finishing();
	response.end(body.subarray(sent));
}

function shapeBody(answer: Answer, switches: Readonly<Switches>): Buffer {
	if (switches.emptyBody) return Buffer.alloc(0);
	let body = Buffer.from(answer.body);
	if (switches.truncatedJson && isJson(answer)) body = body.subarray(0, body.length / 2);
	if (switches.bom) body = Buffer.concat([Buffer.from('\uFEFF'), body]);
	const blanks = Math.max(switches.hugeBody, switches.gzipBomb) * MEBIBYTE;
	if (blanks > 0) body = Buffer.concat([body, Buffer.alloc(blanks, ' ')]);
	return switches.gzipBomb > 0 ? gzipSync(body) : body;
}

function shapeHeaders(
	answer: Answer,
	body: Buffer,
	switches: Readonly<Switches>,
): Answer['headers'] {
	const headers: Answer['headers'] = {
		Server: 'cpsrvd',
		...answer.headers,
		'Content-Length': String(body.length),
	};
	if (switches.contentType === '') delete headers['Content-Type'];
	else if (switches.contentType !== null) headers['Content-Type'] = switches.contentType;
	if (switches.gzipBomb > 0 && !switches.emptyBody) headers['Content-Encoding'] = 'gzip';
	return headers;
}

function isJson({ headers }: Answer): boolean {
	return String(headers['Content-Type']).startsWith('application/json');
}
