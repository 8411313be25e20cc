import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Answer } from './answer';
import type { Switches } from './switches';

const MEBIBYTE = 1024 * 1024;
const DRIPS = 10;

/**
 * Sends an answer, with everything that the switches do to its bytes on the way. `finishing` is
 * called with the whole body right before its last bytes leave: no client can know of the end of an answer
 * any earlier.
 */
export async function deliver(
	response: ServerResponse,
	answer: Answer,
	switches: Readonly<Switches>,
	signal: AbortSignal,
	finishing: (body: Buffer) => void,
): Promise<void> {
	const body = shapeBody(answer, switches);
	for (const [name, value] of Object.entries(shapeHeaders(answer, body, switches))) {
		response.setHeader(name, value);
	}
	response.writeHead(answer.status, answer.reason);
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
	finishing(body);
	response.end(body.subarray(sent));
}

function shapeBody(answer: Answer, switches: Readonly<Switches>): Buffer {
	if (switches.emptyBody) return Buffer.alloc(0);
	let body = Buffer.from(answer.body);
	if (switches.truncatedJson && isJson(answer)) body = body.subarray(0, body.length / 2);
	if (switches.bom) body = Buffer.concat([Buffer.from('\uFEFF'), body]);
	const blanks = Math.max(switches.hugeBody, switches.gzipBomb) * MEBIBYTE;
	if (blanks > 0) body = Buffer.concat([body, Buffer.alloc(blanks, ' ')]);
	const packing = packingOf(switches);
	return packing === null ? body : PACKINGS[packing].pack(body);
}

const PACKINGS: Record<
	NonNullable<Switches['packed']>,
	{ encoding: string; pack: (body: Buffer) => Buffer }
> = {
	gzip: { encoding: 'gzip', pack: (body) => gzipSync(body) },
	'x-gzip': { encoding: 'x-gzip', pack: (body) => gzipSync(body) },
	deflate: { encoding: 'deflate', pack: (body) => deflateSync(body) },
	// what the name of the encoding says and its definition does not
	rawDeflate: { encoding: 'deflate', pack: (body) => deflateRawSync(body) },
	br: { encoding: 'br', pack: (body) => brotliCompressSync(body) },
	notAtAll: { encoding: 'gzip', pack: (body) => body },
};

function packingOf({ gzipBomb, packed }: Readonly<Switches>): Switches['packed'] {
	return gzipBomb > 0 ? 'gzip' : packed;
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
	const packing = packingOf(switches);
	if (packing !== null && !switches.emptyBody) {
		headers['Content-Encoding'] = PACKINGS[packing].encoding;
	}
	return headers;
}

function isJson({ headers }: Answer): boolean {
	return String(headers['Content-Type']).startsWith('application/json');
}
