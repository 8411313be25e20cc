import type { Finding, HttpResponse } from '../../http/HttpTransport';
import { exchange } from './exchange';
import type { Channel } from './exchange';

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
	findOwner?: (data: unknown, account?: string) => Finding;
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
		settles: call.findOwner !== undefined,
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
