import { HttpTransportError } from '../../http/HttpTransport';
import type {
	HttpRequest,
	HttpResponse,
	HttpTransport,
	ResponseIdentity,
} from '../../http/HttpTransport';
import type { Subject } from '../response/refusal';
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

/** The arguments of a function; those that are undefined are left out. */
export interface Arguments {
	arguments?: Record<string, string | undefined>;
	/** Arguments that must appear in no URL: with them, the call is a form POST and no longer a GET. */
	secretArguments?: Record<string, string>;
	/**
	 * Whether the call is harmless twice.
	 *
	 * @default true
	 */
	repeatable?: boolean;
	/**
	 * Looks for whose answer it is in the data that a call brought.
	 *
	 * @param account the name of the account that was called as, where it is known
	 */
	identify?: (data: unknown, account?: string) => ResponseIdentity;
}

/**
 * Sends a call of any of cPanel's APIs: a GET with a query, or a form POST as soon as an argument is secret
 * (protocol.md, 1). A call whose kept connection died is sent once more if it is harmless twice.
 *
 * @throws {CpanelError} of kind `connection`
 */
export async function sendCall(
	channel: Channel,
	url: string,
	headers: Record<string, string>,
	call: Arguments,
): Promise<HttpResponse> {
	const plain = present(call.arguments ?? {});
	const query = new URLSearchParams(plain).toString();
	const common = {
		headers: { accept: 'application/json', ...headers },
		repeatable: call.repeatable ?? true,
		awaitsMatch: call.identify !== undefined,
	};
	if (call.secretArguments === undefined) {
		return await exchange(channel, {
			...common,
			method: 'GET',
			url: query === '' ? url : `${url}?${query}`,
		});
	}
	const form = new URLSearchParams({ ...plain, ...call.secretArguments });
	return await exchange(channel, { ...common, method: 'POST', url, form });
}

function present(fields: Record<string, string | undefined>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
	);
}

/** What a call is about, as its arguments say, so that a refusal can name it. */
export function subjectOf({ arguments: fields = {} }: Pick<Arguments, 'arguments'>): Subject {
	const { domain, login } = fields;
	return {
		...(domain !== undefined && { domain }),
		...(domain !== undefined && login !== undefined && { email: `${login}@${domain}` }),
	};
}

/**
 * Reads an answer and matches it to its request by what it tells: a kept connection cannot know that itself. An answer
 * that cannot be read tells nothing, so its connection ends.
 *
 * @param read what the answer means; throws what it throws
 * @param identify looks for whose it is in what was read
 * @throws {CpanelError} of kind `connection` for an answer that may be another request's
 */
export function readMatchedResponse<Result>(
	channel: Channel,
	response: HttpResponse,
	url: string,
	read: () => Result,
	identify: (result: Result) => ResponseIdentity,
): Result {
	const reading = attempt(read);
	const identity = 'result' in reading ? identify(reading.result) : {};
	let mismatch = response.pendingMatch?.match(identity);
	// also on a connection of its own: what is before the server may have mixed answers up
	if (identity.isOwn === false)
		mismatch ??= new HttpTransportError('mismatched', new URL(url).host);
	if (mismatch !== undefined) throw explain(mismatch, channel);
	if (!('result' in reading)) throw reading.error;
	return reading.result;
}

function attempt<Result>(read: () => Result): { result: Result } | { error: unknown } {
	try {
		return { result: read() };
	} catch (error) {
		return { error };
	}
}
