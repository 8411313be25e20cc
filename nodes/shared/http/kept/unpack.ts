import type * as Undici from 'undici';

import { HttpTransportError, MAX_ANSWER_BYTES } from '../HttpTransport';

/**
 * Undoes a compression that nobody asked for, as n8n's helper does: by what the body is rather than by its name, and
 * as far as it goes where it was cut off. What is cut off fails where it is read, as it does with the helper.
 *
 * undici does it, for an answer that is played to it: to put it before all answers would have it warn of an experiment
 * in the log of every n8n.
 *
 * @param encoding the `Content-Encoding` header as it came; one that came twice is a list, which nobody undoes
 * @throws {HttpTransportError} `garbled` for what is not packed as the header says, `tooLarge`
 */
export async function unpack(
	undici: typeof Undici,
	bytes: Buffer,
	encoding: string,
	host: string,
): Promise<Buffer> {
	const packed = packedAs(encoding.toLowerCase(), bytes);
	// an empty body is not packed, whatever its header says
	if (packed === undefined || bytes.length === 0) return bytes;
	const unpacked: Buffer[] = [];
	let size = 0;
	return await new Promise<Buffer>((resolve, reject) => {
		const finish = (): void => resolve(Buffer.concat(unpacked));
		const fail = (error: unknown): void => {
			if (size > MAX_ANSWER_BYTES) reject(new HttpTransportError('tooLarge', host));
			else if ((error as { code?: unknown }).code === 'Z_BUF_ERROR') finish();
			else reject(new HttpTransportError('garbled', host));
		};
		const controller = {
			paused: false,
			aborted: false,
			reason: null,
			pause() {},
			resume() {},
			abort: fail,
		} as unknown as Undici.Dispatcher.DispatchController;
		const dispatch = undici.interceptors.decompress({ skipErrorResponses: false })(
			(_options, handler) => {
				handler.onRequestStart?.(controller, {});
				handler.onResponseStart?.(controller, 200, { 'content-encoding': packed.name }, '');
				handler.onResponseData?.(controller, packed.bytes);
				handler.onResponseEnd?.(controller, {});
				return true;
			},
		);
		dispatch(
			{ path: '/', method: 'GET' },
			{
				onRequestStart() {},
				onResponseStart() {},
				onResponseData(decompressing, chunk) {
					size += chunk.length;
					if (size > MAX_ANSWER_BYTES) decompressing.abort(new Error('too large'));
					else unpacked.push(chunk);
				},
				onResponseEnd: finish,
				onResponseError: (_controller, error) => fail(error),
			},
		);
	});
}

/** The head that “deflate” has by the standard (RFC 1950), and that some servers leave out. */
const ZLIB_HEAD = Buffer.from([0x78, 0x9c]);

/** @returns the body as undici can unpack it; undefined where nobody does */
function packedAs(encoding: string, bytes: Buffer): { name: string; bytes: Buffer } | undefined {
	switch (encoding) {
		case 'gzip':
		case 'x-gzip':
		case 'compress':
		case 'x-compress':
			return { name: bytes[0] === 0x1f && bytes[1] === 0x8b ? 'gzip' : 'deflate', bytes };
		case 'deflate':
			if (bytes[0] === ZLIB_HEAD[0]) return { name: encoding, bytes };
			return { name: encoding, bytes: Buffer.concat([ZLIB_HEAD, bytes]) };
		case 'br':
		case 'zstd':
			return { name: encoding, bytes };
		default:
			return undefined;
	}
}
