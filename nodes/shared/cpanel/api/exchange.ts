import { HttpTransportError } from '../../http/HttpTransport';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../http/HttpTransport';
import { explain } from './explain';
import type { ConnectionSettings } from './explain';

/** Servers see who asks; a compressed answer would be of no use for the few hundred bytes that come. */
const COMMON_HEADERS = {
	'user-agent': 'n8n-nodes-cpanel-session',
	'accept-encoding': 'identity',
};

export type Exchange = Omit<HttpRequest, 'timeout' | 'newConnection'> & {
	/**
	 * Whether the request may be sent once more when a kept connection dies before it answered, or when the server
	 * answers that it did not wait for the request (HTTP 408, which crosses the request on an idle connection). True
	 * for what is harmless twice: a session that nobody uses expires. Never for a login, which uses one up, nor for
	 * what counts or gives its answer only once.
	 */
	repeatable: boolean;
};

/**
 * Sends one request and returns the answer, whatever its status.
 *
 * @throws {CpanelError} of kind `connection` when no complete answer came
 */
export async function exchange(
	channel: Channel,
	{ repeatable, ...request }: Exchange,
): Promise<HttpResponse> {
	const send = async (newConnection?: HttpRequest['newConnection']) =>
		await channel.transport.send({
			...request,
			headers: { ...COMMON_HEADERS, ...request.headers },
			timeout: channel.timeout,
			newConnection,
		});
	try {
		if (!repeatable) return await send('afterLoss');
		const answer = await send().catch((error: unknown) => {
			if (error instanceof HttpTransportError && error.onKeptConnection) return undefined;
			throw error;
		});
		if (answer !== undefined && answer.status !== REQUEST_TIMEOUT) return answer;
		answer?.pendingMatch?.match({});
		// the other kept connections may have died with this one
		return await send('always');
	} catch (error) {
		throw error instanceof HttpTransportError ? explain(error, channel) : error;
	}
}

/** The server did not get a whole request (RFC 9110, 15.5.9). */
const REQUEST_TIMEOUT = 408;

/** How a node reaches servers; the same for all items but for the timeout. */
export interface Channel extends ConnectionSettings {
	transport: HttpTransport;
}
