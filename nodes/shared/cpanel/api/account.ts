import type { UapiResult } from './uapi';
import type { Host } from '../input/host';
import type { LoggedInSession } from '../input/sessionUrl';
import type { Channel } from './exchange';
import type { UapiCall } from './uapi';

/**
 * A cPanel account, as whom UAPI is called, whoever signs in for it. Lasts one execution and may be used by several
 * items at once.
 */
export interface Account {
	/** The server that answers, and that Webmail is on where an answer names none. */
	readonly server: Host;
	/**
	 * Calls a function of UAPI as the account. Secret arguments travel in a body.
	 *
	 * @example
	 * const { data } = await account.call(channel, { module: 'DomainInfo', function: 'list_domains' });
	 *
	 * @throws {CpanelError} of kind `refusal` with cPanel's own words, `credential` when whoever signs in is
	 * refused (nothing is tried twice), `answer`, or `connection`
	 */
	call(channel: Channel, call: UapiCall): Promise<UapiResult>;
	/**
	 * Opens a session of the account in which its functions can be called.
	 *
	 * @throws {CpanelError} as `call`
	 */
	openSession(channel: Channel): Promise<LoggedInSession>;
	/** Gives back what is kept at the server, so that no session stays open there. Never rejects. */
	close(channel: Channel): Promise<void>;
}
