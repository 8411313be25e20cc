/** Things that come over a connection in place of an answer, and break the rules of HTTP each in its own way. */
const BYTES = {
	/** A control character in the value of a header. */
	controlInHeader: head('X-Note: a\u0001b', 'Content-Length: 2') + '{}',
	/** A byte of zero in the value of a header. */
	zeroInHeader: head('X-Note: a\u0000b', 'Content-Length: 2') + '{}',
	/** A blank in the name of a header. */
	blankInHeaderName: head('X Note: a', 'Content-Length: 2') + '{}',
	/** Two lengths that differ. */
	twoLengths: head('Content-Length: 2', 'Content-Length: 3') + '{}\n',
	/** A length and chunks at once. */
	lengthAndChunks: head('Content-Length: 2', 'Transfer-Encoding: chunked') + '2\r\n{}\r\n0\r\n\r\n',
	/** A length that is no number. */
	badLength: head('Content-Length: two') + '{}',
	/** A chunk whose length is no number. */
	badChunk: head('Transfer-Encoding: chunked') + 'zz\r\n{}\r\n0\r\n\r\n',
	/** Lines that end in LF alone. */
	lfAlone: 'HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 2\n\n{}',
	/** Headers of 20 KB, which is more than Node.js and undici take unless told. */
	longHeaders: head(`X-Note: ${'a'.repeat(20 * 1024)}`, 'Content-Length: 2') + '{}',
	/** A version of HTTP that does not exist. */
	badVersion: 'HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}',
	/** A status that is no number. */
	badStatus: 'HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\n{}',
	/** The greeting of an IMAP server. */
	imap: '* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE] Dovecot ready.\r\n',
	/** The greeting of a POP3 server. */
	pop3: '+OK Dovecot ready.\r\n',
	/** The greeting of an SMTP server. */
	smtp: '220-server.example.com ESMTP Exim 4.98 #2\r\n220 We do not authorize the use of this system.\r\n',
	/** The greeting of an SSH server. */
	ssh: 'SSH-2.0-OpenSSH_9.2\r\n',
	/** The greeting of an FTP server. */
	ftp: '220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n',
	/** Bytes without any sense. */
	noise: '\u0002\u0000\u00ff\u0016\u0003\u0001',
} as const;

/** The name of a thing that is not HTTP. */
export type NotHttp = keyof typeof BYTES;

/** All of them. */
export const NOT_HTTP = Object.keys(BYTES) as NotHttp[];

/** The bytes of one of them. */
export function bytesOf(kind: NotHttp): Buffer {
	return Buffer.from(BYTES[kind], 'latin1');
}

function head(...lines: string[]): string {
	return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
}
