import type * as Undici from 'undici';

import { HttpTransportError, MAX_ANSWER_BYTES } from '../HttpTransport';
import { readBody } from '../readBody';

/** Bytes that gzip begins with, and the usual first one of zlib's format. */
const GZIP = [0x1f, 0x8b] as const;
const ZLIB = 0x78;

/**
 * Undoes a compression that nobody asked for, as n8n's helper does: by what the body is rather than by its name, and
 * as far as it goes where it was cut off. What is cut off fails where it is read, as it does with the helper.
 *
 * @param encoding the `Content-Encoding` header as it came; one that came twice is a list, which nobody undoes
 * @throws {HttpTransportError} `garbled` for what is not packed as the header says, `tooLarge`
 */
export async function unpack(
	undici: typeof Undici,
	bytes: Buffer,
	encoding: string | undefined,
	host: string,
	signal: AbortSignal,
): Promise<Buffer> {
	// an empty body is not packed, whatever its header says
	if (bytes.length === 0) return bytes;
	switch (encoding?.toLowerCase()) {
		case 'gzip':
		case 'x-gzip':
		case 'compress':
		case 'x-compress':
			return await inflate(bytes, isGzip(bytes) ? 'gzip' : 'deflate', host, signal);
		case 'deflate':
			return await inflate(bytes, bytes[0] === ZLIB ? 'deflate' : 'deflate-raw', host, signal);
		case 'br':
		case 'zstd':
			return await replay(undici, bytes, encoding.toLowerCase(), host);
		default:
			return bytes;
	}
}

function isGzip(bytes: Buffer): boolean {
	return GZIP.every((byte, index) => bytes[index] === byte);
}

async function inflate(
	bytes: Buffer,
	format: 'gzip' | 'deflate' | 'deflate-raw',
	host: string,
	signal: AbortSignal,
): Promise<Buffer> {
	const unpacked: Uint8Array[] = [];
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
	const kept = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of stream) {
			unpacked.push(chunk as Uint8Array);
			yield chunk as Uint8Array;
		}
	};
	return await readBody(kept(), host, signal).catch((error: unknown) => {
		if (error instanceof HttpTransportError) throw error;
		if (isCutOff(error)) return Buffer.concat(unpacked);
		throw new HttpTransportError('garbled', host);
	});
}

function isCutOff(error: unknown): boolean {
	const { code, cause } = error as { code?: unknown; cause?: unknown };
	return code === 'Z_BUF_ERROR' || (cause instanceof Error && isCutOff(cause));
}

/** Brotli and Zstandard are nothing the language knows in every Node.js; undici does, for answers of its own. */
async function replay(
	undici: typeof Undici,
	bytes: Buffer,
	encoding: string,
	host: string,
): Promise<Buffer> {
	const unpacked: Buffer[] = [];
	let size = 0;
	return await new Promise<Buffer>((resolve, reject) => {
		const finish = (): void => resolve(Buffer.concat(unpacked));
		const fail = (error: unknown): void => {
			if (size > MAX_ANSWER_BYTES) reject(new HttpTransportError('tooLarge', host));
			else if (isCutOffBrotli(error)) finish();
			else reject(new HttpTransportError('garbled', host));
		};
		const dispatch = undici.interceptors.decompress({ skipErrorResponses: false })(
			(_options, handler) => {
				const controller = {
					paused: false,
					aborted: false,
					reason: null,
					pause() {},
					resume() {},
					abort: fail,
				} as unknown as Undici.Dispatcher.DispatchController;
				handler.onRequestStart?.(controller, {});
				handler.onResponseStart?.(controller, 200, { 'content-encoding': encoding }, '');
				handler.onResponseData?.(controller, bytes);
				handler.onResponseEnd?.(controller, {});
				return true;
			},
		);
		dispatch(
			{ path: '/', method: 'GET' },
			{
				onRequestStart() {},
				onResponseStart() {},
				onResponseData(controller, chunk) {
					size += chunk.length;
					if (size > MAX_ANSWER_BYTES) controller.abort(new Error('too large'));
					else unpacked.push(chunk);
				},
				onResponseEnd: finish,
				onResponseError: (_controller, error) => fail(error),
			},
		);
	});
}

function isCutOffBrotli(error: unknown): boolean {
	return (error as { code?: unknown }).code === 'Z_BUF_ERROR';
}
