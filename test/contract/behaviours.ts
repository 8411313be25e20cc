import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { answer } from './rawServer';
import type { Responder } from './rawServer';

const JSON_BODY = '{"status":1,"data":{"ä":"😀"}}';
const PAGE = `<html><body>${'x'.repeat(3_000)}</body></html>`;

/** Sends bytes; the connection stays open. */
const bytes =
	(...parts: Array<string | Buffer>): Responder =>
	(connection) =>
		connection.write(Buffer.concat(parts.map((part) => Buffer.from(part))));

/** Sends bytes and takes leave. */
const last =
	(...parts: Array<string | Buffer>): Responder =>
	(connection) =>
		connection.end(Buffer.concat(parts.map((part) => Buffer.from(part))));

const OK = answer(200, { 'Content-Type': 'application/json' }, JSON_BODY);
const head = (lines: string): string => `HTTP/1.1 200 OK\r\n${lines}\r\n`;

function packed(encoding: string, body: Buffer, status = 200): Responder {
	return bytes(answer(status, { 'Content-Encoding': encoding }, body));
}

/** What a server may send to one request, by name. */
export const BEHAVIOURS: Record<string, Responder> = {
	// what comes before the answer
	'100 Continue before the answer': bytes('HTTP/1.1 100 Continue\r\n\r\n', OK),
	'100 Continue with headers': bytes('HTTP/1.1 100 Continue\r\nServer: x\r\nDate: y\r\n\r\n', OK),
	'100 Continue twice': bytes('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n', OK),
	'102 Processing before the answer': bytes('HTTP/1.1 102 Processing\r\n\r\n', OK),
	'103 Early Hints before the answer': bytes('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', OK),
	'100 Continue and then the end': last('HTTP/1.1 100 Continue\r\n\r\n'),
	'101 without Upgrade': bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n', OK),
	'an empty line before the answer': bytes('\r\n', OK),
	'several empty lines before the answer': bytes('\r\n\r\n\r\n', OK),
	// status lines
	'HTTP/1.0': last('HTTP/1.0 200 OK\r\n\r\n', JSON_BODY),
	'HTTP/1.0 with a length': bytes(`HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}`),
	'HTTP/1.0 that stays': bytes(
		`HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}`,
	),
	'HTTP/2.0 as its version': bytes('HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'HTTP/0.9': last(JSON_BODY),
	'HTTP/1.2': bytes('HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'no reason phrase': bytes('HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}'),
	'no reason phrase but its blank': bytes('HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\n{}'),
	'a reason phrase in Latin-1': bytes(
		Buffer.from('HTTP/1.1 200 fünf\r\nContent-Length: 2\r\n\r\n{}', 'latin1'),
	),
	'lower case http': bytes('http/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'a status of two digits': bytes('HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'a status of four digits': bytes('HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'a status beyond 599': bytes('HTTP/1.1 799 Odd\r\nContent-Length: 2\r\n\r\n{}'),
	'status 0': bytes('HTTP/1.1 000 Odd\r\nContent-Length: 2\r\n\r\n{}'),
	'status 520': bytes(answer(520, {}, 'error code: 520')),
	'status 407': bytes(answer(407, {}, 'x')),
	'status 408': last(answer(408, { Connection: 'close' }, 'x')),
	'status 421': bytes(answer(421, {}, 'x')),
	'status 426': bytes(answer(426, { Upgrade: 'h2c', Connection: 'Upgrade' }, 'x')),
	// statuses without a body
	'204 with a body': bytes(answer(204, {}, 'abc')),
	'204 with a length only': bytes('HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n'),
	'204 without a length': bytes('HTTP/1.1 204 No Content\r\n\r\n'),
	'205 with a body': bytes(answer(205, {}, 'abc')),
	'304 with a body': bytes(answer(304, {}, 'abc')),
	'304 with a length only': bytes('HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n'),
	'304 in chunks': bytes(
		'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
	),
	'304 that is packed': packed('gzip', gzipSync(JSON_BODY), 304),
	// lengths
	'no length, and the end': last('HTTP/1.1 200 OK\r\n\r\n', JSON_BODY),
	'two equal lengths': bytes(head('Content-Length: 2\r\nContent-Length: 2\r\n'), '{}'),
	'two lengths': bytes(head('Content-Length: 2\r\nContent-Length: 3\r\n'), '{} '),
	'a list of equal lengths': bytes(head('Content-Length: 2, 2\r\n'), '{}'),
	'a length that is no number': bytes(head('Content-Length: two\r\n'), '{}'),
	'a negative length': bytes(head('Content-Length: -2\r\n'), '{}'),
	'a length with a plus': bytes(head('Content-Length: +2\r\n'), '{}'),
	'a length with blanks': bytes(head('Content-Length:   2  \r\n'), '{}'),
	'a huge length': last(head('Content-Length: 99999999999999999999999\r\n'), '{}'),
	'a length and chunks': last(
		head('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'),
		'2\r\n{}\r\n0\r\n\r\n',
	),
	'more than its length, then the end': last(head('Content-Length: 2\r\n'), '{}EXTRA'),
	'less than its length': last(head('Content-Length: 9\r\n'), '{}'),
	'an empty body with its type': bytes(answer(200, { 'Content-Type': 'application/json' })),
	// chunks
	'chunks in upper case': bytes(
		head('Transfer-Encoding: CHUNKED\r\n'),
		'A\r\n0123456789\r\n0\r\n\r\n',
	),
	'chunks with an extension': bytes(
		head('Transfer-Encoding: chunked\r\n'),
		'2;x=y\r\n{}\r\n0\r\n\r\n',
	),
	'chunks with a trailer': bytes(
		head('Transfer-Encoding: chunked\r\nTrailer: X-Y\r\n'),
		'2\r\n{}\r\n0\r\nX-Y: z\r\n\r\n',
	),
	'chunks with leading zeros': bytes(
		head('Transfer-Encoding: chunked\r\n'),
		'0002\r\n{}\r\n0\r\n\r\n',
	),
	'a chunk of no size': last(head('Transfer-Encoding: chunked\r\n'), 'zz\r\n{}\r\n0\r\n\r\n'),
	'a chunk that is too long': last(head('Transfer-Encoding: chunked\r\n'), '1\r\n{}\r\n0\r\n\r\n'),
	'chunks without their last': last(head('Transfer-Encoding: chunked\r\n'), '2\r\n{}\r\n'),
	'chunks with LF alone': last(head('Transfer-Encoding: chunked\r\n'), '2\n{}\n0\n\n'),
	'gzip as a transfer encoding': last(head('Transfer-Encoding: gzip\r\n'), '{}'),
	'gzip and chunks as transfer encodings': last(
		head('Transfer-Encoding: gzip, chunked\r\n'),
		'2\r\n{}\r\n0\r\n\r\n',
	),
	'identity as a transfer encoding': last(head('Transfer-Encoding: identity\r\n'), '{}'),
	// headers
	'LF alone': last('HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'),
	'CR alone': last('HTTP/1.1 200 OK\rContent-Length: 2\r\r{}'),
	'a header without a colon': last(head('Nonsense\r\nContent-Length: 2\r\n'), '{}'),
	'a header without a name': last(head(': x\r\nContent-Length: 2\r\n'), '{}'),
	'a blank before a colon': last(head('X-One : 1\r\nContent-Length: 2\r\n'), '{}'),
	'a folded header': last(head('X-One: 1\r\n  2\r\nContent-Length: 2\r\n'), '{}'),
	'a control character in a header': last(head('X-One: a\u0001b\r\nContent-Length: 2\r\n'), '{}'),
	'a NUL in a header': last(head('X-One: a\u0000b\r\nContent-Length: 2\r\n'), '{}'),
	'a tab in a header': bytes(head('X-One: a\tb\r\nContent-Length: 2\r\n'), '{}'),
	'Latin-1 in a header': bytes(
		Buffer.from(head('Location: /fünf\r\nContent-Length: 2\r\n'), 'latin1'),
		'{}',
	),
	'UTF-8 in a header': bytes(head('Location: /fünf\r\nContent-Length: 2\r\n'), '{}'),
	'UTF-8 in a cookie': bytes(head('Set-Cookie: x=fünf\r\nContent-Length: 2\r\n'), '{}'),
	'an empty header': bytes(head('X-One:\r\nContent-Type:\r\nContent-Length: 2\r\n'), '{}'),
	'two locations': bytes(answer(302, { Location: ['/one', '/two'] })),
	'two types': bytes(answer(200, { 'Content-Type': ['text/html', 'application/json'] }, '{}')),
	'two pauses': bytes(answer(503, { 'Retry-After': ['3', '5'] })),
	'a pause with blanks': bytes(answer(503, { 'Retry-After': '  3  ' })),
	'names in capitals': bytes(
		head('LOCATION: /x\r\nCONTENT-LENGTH: 2\r\nSET-COOKIE: a=b\r\n'),
		'{}',
	),
	'many cookies': bytes(
		answer(200, { 'Set-Cookie': Array.from({ length: 60 }, (_, n) => `c${n}=1`) }),
	),
	'100 headers': bytes(
		answer(200, Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`X-${n}`, 'y'])), '{}'),
	),
	'2,100 headers': last(
		answer(200, Object.fromEntries(Array.from({ length: 2_100 }, (_, n) => [`X${n}`, 'y'])), '{}'),
	),
	'12 KB of headers': bytes(answer(200, { 'X-One': 'y'.repeat(12_000) }, '{}')),
	'20 KB of headers': last(answer(200, { 'X-One': 'y'.repeat(20_000) }, '{}')),
	'100 KB of headers': last(answer(200, { 'X-One': 'y'.repeat(100_000) }, '{}')),
	'an endless header': last('HTTP/1.1 200 OK\r\nX: ', 'y'.repeat(300_000)),
	__proto__of: bytes(head('__proto__: x\r\nconstructor: y\r\nContent-Length: 2\r\n'), '{}'),
	// what is packed
	gzip: packed('gzip', gzipSync(JSON_BODY)),
	'x-gzip': packed('x-gzip', gzipSync(JSON_BODY)),
	'X-GZIP': packed('X-GZIP', gzipSync(JSON_BODY)),
	deflate: packed('deflate', deflateSync(JSON_BODY)),
	'raw deflate': packed('deflate', deflateRawSync(JSON_BODY)),
	'deflate that is gzip': packed('deflate', gzipSync(JSON_BODY)),
	'gzip that is deflate': packed('gzip', deflateSync(JSON_BODY)),
	br: packed('br', brotliCompressSync(JSON_BODY)),
	BR: packed('BR', brotliCompressSync(JSON_BODY)),
	'br of a page': packed('br', brotliCompressSync(PAGE)),
	compress: packed('compress', gzipSync(JSON_BODY)),
	'x-compress': packed('x-compress', deflateSync(JSON_BODY)),
	identity: packed('identity', Buffer.from(JSON_BODY)),
	'an encoding nobody knows': packed('rot13', Buffer.from(JSON_BODY)),
	'gzip twice, as a list': packed('gzip, gzip', gzipSync(gzipSync(JSON_BODY))),
	'gzip and identity, as a list': packed('gzip, identity', gzipSync(JSON_BODY)),
	'two headers of an encoding': bytes(
		answer(200, { 'Content-Encoding': ['gzip', 'gzip'] }, gzipSync(gzipSync(JSON_BODY))),
	),
	'zstd that is none': packed('zstd', Buffer.from(JSON_BODY)),
	'truncated gzip': packed('gzip', gzipSync(PAGE).subarray(0, -12)),
	'gzip without its checksum': packed('gzip', gzipSync(JSON_BODY).subarray(0, -8)),
	'gzip, nothing but its head': packed('gzip', gzipSync(JSON_BODY).subarray(0, 10)),
	'truncated deflate': packed('deflate', deflateSync(PAGE).subarray(0, -6)),
	'truncated br': packed('br', brotliCompressSync(PAGE).subarray(0, -4)),
	'gzip that is not packed': packed('gzip', Buffer.from(JSON_BODY)),
	'deflate that is not packed': packed('deflate', Buffer.from(JSON_BODY)),
	'br that is not packed': packed('br', Buffer.from(JSON_BODY)),
	'gzip with a wrong checksum': packed(
		'gzip',
		Buffer.concat([gzipSync(JSON_BODY).subarray(0, -8), Buffer.alloc(8, 1)]),
	),
	'gzip with something behind it': packed(
		'gzip',
		Buffer.concat([gzipSync(JSON_BODY), Buffer.from('EXTRA')]),
	),
	'gzip with zeros behind it': packed(
		'gzip',
		Buffer.concat([gzipSync(JSON_BODY), Buffer.alloc(9)]),
	),
	'two members of gzip': packed('gzip', Buffer.concat([gzipSync('{"a":'), gzipSync('1}')])),
	'gzip in chunks': bytes(
		head('Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n'),
		`${gzipSync(JSON_BODY).length.toString(16)}\r\n`,
		gzipSync(JSON_BODY),
		'\r\n0\r\n\r\n',
	),
	'gzip until the end': last(head('Content-Encoding: gzip\r\n'), gzipSync(JSON_BODY)),
	'gzip, empty': packed('gzip', Buffer.alloc(0)),
	'br, empty': packed('br', Buffer.alloc(0)),
	'deflate, empty': packed('deflate', Buffer.alloc(0)),
	'a page that is packed, with 403': packed('gzip', gzipSync(PAGE), 403),
	'a page in br, with 503': packed('br', brotliCompressSync(PAGE), 503),
	'a redirect that is packed': bytes(
		answer(302, { 'Content-Encoding': 'gzip', Location: '/x' }, gzipSync('x')),
	),
	// what is not HTTP
	'an IMAP banner': last('* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n'),
	'an SMTP banner': last('220 mail.example.com ESMTP Exim 4.98\r\n'),
	'an SMTP banner that waits': bytes('220 mail.example.com ESMTP Exim 4.98\r\n'),
	'an SSH banner': last('SSH-2.0-OpenSSH_9.6\r\n'),
	'an FTP banner': last('220---------- Welcome to Pure-FTPd ----------\r\n'),
	'a MySQL greeting': last(Buffer.from([74, 0, 0, 0, 10, 56, 46, 48, 0, 1, 2, 3])),
	'an HTTP/2 frame': last(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100])),
	'JSON without a head': last(JSON_BODY),
	'HTML without a head': last('<html></html>'),
	'ICY 200 OK': last('ICY 200 OK\r\n\r\n{}'),
	'RTSP/1.0 200 OK': last('RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
	'one byte': last('H'),
	'a NUL': last(Buffer.alloc(1)),
	// how it ends
	'nothing, and the end': last(''),
	'a reset': (connection) => connection.reset(),
	'the end within the status': last('HTTP/1.1 2'),
	'the end within a header': last('HTTP/1.1 200 OK\r\nContent-'),
	'the end behind the head': last(head('Content-Length: 9\r\n')),
	// how the connection is kept
	'Connection: close, and none': bytes(answer(200, { Connection: 'close' }, '{}')),
	'Connection: Close, X': last(answer(200, { Connection: 'X, Close' }, '{}')),
	'Keep-Alive: timeout=0': bytes(answer(200, { 'Keep-Alive': 'timeout=0, max=0' }, '{}')),
	'Keep-Alive: nonsense': bytes(answer(200, { 'Keep-Alive': '=,;timeout=x' }, '{}')),
	'a second answer at once': bytes(OK, OK),
	'a second answer at once, and the end': last(OK, OK),
	'nonsense behind the answer': bytes(OK, 'EXTRA'),
	'an empty line behind the answer': bytes(OK, '\r\n'),
};
