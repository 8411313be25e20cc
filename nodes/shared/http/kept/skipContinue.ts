import type * as Undici from 'undici';

type Socket = NonNullable<Parameters<Undici.buildConnector.Callback>[1]>;

/** As long as what comes begins like this, or this begins like what comes, it may be or become one. */
const CONTINUE = ['HTTP/1.1 100', 'HTTP/1.0 100'];
const WHOLE_HEADS = /^(?:HTTP\/1\.[01] 100[ \r][^]*?\r\n\r\n)+/;
/** What is longer is left to the parser, which refuses it. */
const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Takes “100 Continue” out of what a socket receives before an answer. A server may send it to anybody (RFC 9110,
 * 15.2.1); undici takes it for a fault and breaks the connection off, n8n's helper does as the standard says. For
 * a login that would be the difference between done and lost, as it is never sent twice.
 *
 * @param socket undici reads from it by `read()`
 * @returns to be called when a later request leaves
 */
export function skipContinue(socket: Socket): () => void {
	const read = socket.read.bind(socket);
	let isBeforeAnswer = true;
	let held = '';
	socket.read = (size?: number): unknown => {
		for (;;) {
			const chunk = read(size) as Buffer | null;
			if (chunk === null || !isBeforeAnswer) return chunk;
			// Latin-1 maps every byte to one character and back
			held = (held + chunk.toString('latin1')).replace(WHOLE_HEADS, '');
			const isUndecided = CONTINUE.some((head) => held.startsWith(head) || head.startsWith(held));
			if (isUndecided && held.length < MAX_HEAD_BYTES) continue;
			isBeforeAnswer = false;
			const answer = Buffer.from(held, 'latin1');
			held = '';
			return answer;
		}
	};
	return () => {
		isBeforeAnswer = true;
	};
}
