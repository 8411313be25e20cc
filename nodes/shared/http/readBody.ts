import { HttpTransportError, MAX_ANSWER_BYTES } from './HttpTransport';

/** A body as it arrives, that can be given up. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
	destroy?(): unknown;
}

/**
 * Reads a body to its end.
 *
 * @param body the chunks as they arrive
 * @param host host and port, for the error
 * @param signal gives the body up, however slowly it drips
 * @throws {HttpTransportError} `tooLarge` beyond {@link MAX_ANSWER_BYTES}
 */
export async function readBody(
	body: BodyStream,
	host: string,
	signal: AbortSignal,
): Promise<Buffer> {
	const giveUp = () => body.destroy?.();
	signal.addEventListener('abort', giveUp, { once: true });
	try {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of body) {
			size += chunk.byteLength;
			if (size > MAX_ANSWER_BYTES) throw new HttpTransportError('tooLarge', host);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		signal.removeEventListener('abort', giveUp);
		giveUp();
	}
}

/** Decodes UTF-8; a byte order mark stays, and what is no UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Buffer): string {
	return UTF8.decode(bytes);
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
