import type * as Undici from 'undici';

type Socket = NonNullable<Parameters<Undici.buildConnector.Callback>[1]>;

const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
/** As long as what comes is the beginning of this, it may become one. */
const PREFIX = 'HTTP/1.1 100 ';
/** What is longer is left to the parser, which refuses it. */
const LONGEST_HEAD = 16 * 1024;

/**
 * Takes “100 Continue” out of what a socket receives before an answer. A server may send it to anybody (RFC 9110,
 * 15.2.1); undici takes it for a fault and breaks the connection off, n8n's helper does as the standard says. For
 * a login that would be the difference between done and lost, as it is never sent twice.
 *
 * @param socket undici reads from it by `read()`
 * @returns to be called when a request leaves
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
			held += chunk.toString('latin1');
			held = withoutContinue(held);
			const isUndecided = held.length < LONGEST_HEAD && (CONTINUE.test(held) || isBeginning(held));
			if (isUndecided) continue;
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

function withoutContinue(received: string): string {
	let rest = received;
	for (;;) {
		const end = CONTINUE.test(rest) ? rest.indexOf('\r\n\r\n') : -1;
		if (end < 0) return rest;
		rest = rest.slice(end + 4);
	}
}

function isBeginning(received: string): boolean {
	return PREFIX.startsWith(received) || PREFIX.replace('1.1', '1.0').startsWith(received);
}
