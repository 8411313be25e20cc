import { exchange } from '../../nodes/shared/cpanel/api/send';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpTransportErrorKind } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport } from './fakeTransport';
import { rejectionOf } from './thrown';

const HOST = 'cpanel.example.com:2083';
const REQUEST = { method: 'GET', url: `https://${HOST}/execute/x?session=SECRET` } as const;

const KINDS: Record<HttpTransportErrorKind, string> = {
	refused: 'No server accepts connections',
	unreachable: 'no network route',
	reset: 'closed before the response was complete',
	timeout: 'did not send a complete response within 30 seconds',
	unknownHost: 'cannot be resolved',
	certificate: 'could not be verified',
	notTls: 'does not speak TLS',
	oldTls: 'too old for n8n',
	tlsRefused: 'ended the TLS handshake',
	notHttp: 'not HTTP',
	brokenHttp: 'violates HTTP',
	largeHead: 'headers that are larger',
	garbled: 'n8n cannot decode',
	mismatched: 'could not be matched to its request',
	proxy: 'The proxy of this n8n instance refused to connect',
	proxyDown: 'cannot connect to the proxy',
	tooLarge: 'more than 1 MiB',
	blocked: 'network policy',
	cancelled: 'was stopped',
	unknown: 'did not complete',
};

describe('an exchange', () => {
	it('sends what it was given, says who asks, and passes the deadline on', async () => {
		const transport = fakeTransport({ status: 200, body: 'x' });
		const form = new URLSearchParams({ a: '1' });
		const headers = { accept: 'text/html', authorization: 'cpanel alice:T' };
		const answer = await exchange(connectionTo(transport), {
			method: 'POST',
			url: REQUEST.url,
			headers,
			form,
			repeatable: false,
		});
		expect(answer).toMatchObject({ status: 200, body: 'x' });
		expect(transport.requests).toEqual([
			{
				method: 'POST',
				url: REQUEST.url,
				form,
				timeout: 30_000,
				newConnection: 'afterLoss',
				headers: {
					...headers,
					'user-agent': 'n8n-nodes-cpanel-session',
					'accept-encoding': 'identity',
				},
			},
		]);
		expect(headers).toEqual({ accept: 'text/html', authorization: 'cpanel alice:T' });
	});

	it.each([200, 302, 401, 404, 500])(
		'takes any status for an answer, such as %i',
		async (status) => {
			const transport = fakeTransport({ status });
			const answer = await exchange(connectionTo(transport), { ...REQUEST, repeatable: true });
			expect(answer.status).toBe(status);
		},
	);
});

describe('an exchange that brings no answer', () => {
	it.each(Object.entries(KINDS))('explains: %s', async (kind, message) => {
		const transport = fakeTransport(new HttpTransportError(kind as HttpTransportErrorKind, HOST));
		const error = await rejectionOf(
			exchange(connectionTo(transport), { ...REQUEST, repeatable: true }),
		);
		expect(error).toMatchObject({
			kind: 'connection',
			httpStatus: undefined,
			stopsBatch: false,
			message: expect.stringContaining(message),
		});
		if (kind !== 'cancelled') expect(error.message).toContain(HOST);
		expect(error.hint).not.toBe('');
		expect(error.message + error.hint).not.toContain('SECRET');
		expect(error.cause).toBeUndefined();
		expect(transport.requests).toHaveLength(1);
	});

	it('has a message of its own for each kind', async () => {
		const kinds = Object.keys(KINDS) as HttpTransportErrorKind[];
		const messages = await Promise.all(
			kinds.map(async (kind) => {
				const transport = fakeTransport(new HttpTransportError(kind, HOST));
				const sent = exchange(connectionTo(transport), { ...REQUEST, repeatable: true });
				return (await rejectionOf(sent)).message;
			}),
		);
		expect(new Set(messages).size).toBe(kinds.length);
	});

	it('passes on what is no matter of the network', async () => {
		const bug = new TypeError('x');
		const sent = exchange(connectionTo(fakeTransport(bug)), { ...REQUEST, repeatable: true });
		await expect(sent).rejects.toBe(bug);
	});
});

describe('a request whose connection died', () => {
	const onKept = new HttpTransportError('reset', HOST, 'ECONNRESET', true);
	const onNew = new HttpTransportError('reset', HOST, 'ECONNRESET', false);

	it('is sent once more if the connection was kept and twice does no harm', async () => {
		const transport = fakeTransport(onKept, { status: 200 });
		const answer = await exchange(connectionTo(transport), { ...REQUEST, repeatable: true });
		expect(answer.status).toBe(200);
		expect(transport.requests).toHaveLength(2);
		const [first, second] = transport.requests;
		expect(first?.newConnection).toBeUndefined();
		expect(second).toEqual({ ...first, newConnection: 'always' });
	});

	it.each([
		['it must not be sent twice', false, onKept],
		['the connection was new', true, onNew],
		['the connection was new, and it must not be sent twice', false, onNew],
		['it took too long', true, new HttpTransportError('timeout', HOST)],
	])('is not sent again if %s', async (_case, repeatable, error) => {
		const transport = fakeTransport(error, { status: 200 });
		const sent = exchange(connectionTo(transport), { ...REQUEST, repeatable });
		expect((await rejectionOf(sent)).kind).toBe('connection');
		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		['dies again', onKept],
		['is refused', new HttpTransportError('refused', HOST)],
	])('is not sent a third time if the second %s', async (_case, error) => {
		const transport = fakeTransport(onKept, error, { status: 200 });
		const sent = exchange(connectionTo(transport), { ...REQUEST, repeatable: true });
		expect((await rejectionOf(sent)).kind).toBe('connection');
		expect(transport.requests).toHaveLength(2);
	});
});
