import { HttpTransportError } from '../../http/HttpTransport';
import type { Finding, HttpResponse } from '../../http/HttpTransport';
import { explain } from './explain';
import type { Channel } from './exchange';

/**
 * Reads an answer and says what was found of whose it is: a kept connection cannot know that itself. An answer that
 * cannot be read tells nothing, so its connection ends.
 *
 * @param read what the answer means; throws what it throws
 * @param find looks for whose it is in what was read
 * @throws {CpanelError} of kind `connection` for an answer that is another request's
 */
export function readOwn<Result>(
	channel: Channel,
	response: HttpResponse,
	url: string,
	read: () => Result,
	find: (result: Result) => Finding,
): Result {
	const reading = attempt(read);
	const finding = 'result' in reading ? find(reading.result) : {};
	const { receipt } = response;
	let doubt = receipt?.settle(finding);
	// also where the connection is not to blame: what is before the server may have mixed them up
	if (receipt !== undefined && finding.isOwn === false) {
		doubt ??= new HttpTransportError('misplaced', new URL(url).host);
	}
	if (doubt !== undefined) throw explain(doubt, channel);
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
