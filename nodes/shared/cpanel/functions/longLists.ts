import { CpanelError } from '../../errors';
import { HttpTransportError } from '../../http/HttpTransport';
import type { Channel } from '../calls/exchange';

/**
 * The same channel for a call that lists things: where the answer is too large, the server sent the whole list at once,
 * which is no reason to look for another server or port. 13,000 mailboxes are more than 1 MiB.
 *
 * @param hint what to do in place of listing
 */
export function forLists(channel: Channel, hint: string): Channel {
	const { transport } = channel;
	return {
		...channel,
		transport: {
			send: async (request) =>
				await transport.send(request).catch((error: unknown) => {
					throw tooLong(error, hint) ?? error;
				}),
			close: async () => await transport.close(),
		},
	};
}

function tooLong(error: unknown, hint: string): CpanelError | undefined {
	if (!(error instanceof HttpTransportError) || error.kind !== 'tooLarge') return undefined;
	return new CpanelError(
		'answer',
		`${error.host} sends its whole list at once, and it is too long`,
		{
			hint,
		},
	);
}
